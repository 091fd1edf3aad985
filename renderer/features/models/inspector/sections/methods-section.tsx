import type { ModelFacts } from '../../../../../shared/django/project-model.ts';
import type { ModelForm } from '../../../../stores/designer-store.ts';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { Button } from '../../../../ui/button.tsx';
import { InspectorSection } from '../inspector-section.tsx';

const FORMS: readonly { readonly form: ModelForm; readonly label: string }[] = [
  { form: 'str', label: '__str__' },
  { form: 'absolute-url', label: 'get_absolute_url' },
  { form: 'manager', label: 'Manager' },
];

/** The methods of a model by name, and those that a pattern writes. */
export function MethodsSection({ model }: { readonly model: ModelFacts }) {
  const { designer } = useStudio();
  return (
    <InspectorSection title="Methods" count={model.methods.length}>
      {model.methods.length > 0 && (
        <p className="method-names">
          {model.methods.map((name) => (
            <code key={name}>{name}()</code>
          ))}
        </p>
      )}
      {!model.stale && (
        <div className="inspector-actions">
          {FORMS.map(({ form, label }) => (
            <Button
              key={form}
              small
              onClick={() => {
                designer.open({ kind: 'model-form', form, model: model.id, field: null });
              }}
            >
              {label}…
            </Button>
          ))}
        </div>
      )}
    </InspectorSection>
  );
}
