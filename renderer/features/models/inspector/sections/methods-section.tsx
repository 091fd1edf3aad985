import type { ModelFacts } from '../../../../../shared/django/project-model.ts';
import type { ModelForm } from '../../../../stores/designer-store.ts';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { Button } from '../../../../ui/button.tsx';
import { InspectorSection } from '../inspector-section.tsx';

const FORMS: readonly { readonly form: ModelForm; readonly method: string | null; readonly label: string }[] =
  [
    { form: 'str', method: '__str__', label: 'How it is written' },
    { form: 'absolute-url', method: 'get_absolute_url', label: 'Its address' },
    { form: 'manager', method: null, label: 'A manager' },
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
          {FORMS.map(({ form, method, label }) => (
            <Button
              key={form}
              small
              onClick={() => {
                designer.open({ kind: 'model-form', form, model: model.id, field: null });
              }}
            >
              {label}
              {method !== null && model.methods.includes(method) ? ' anew…' : '…'}
            </Button>
          ))}
        </div>
      )}
    </InspectorSection>
  );
}
