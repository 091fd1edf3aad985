import type { MemberFacts, ModelFacts } from '../../../../../shared/django/project-model.ts';
import { attempt } from '../../../../stores/notices.ts';
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
  const count = model.members?.length ?? model.methods.length;
  return (
    <InspectorSection title="Methods" count={count}>
      <MemberNames members={model.members ?? []} />
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

/** Methods, properties and managers by name; a press shows one in the code. */
function MemberNames({ members }: { readonly members: readonly MemberFacts[] }) {
  const { editor, notify } = useStudio();
  if (members.length === 0) return null;
  return (
    <ul className="method-names">
      {members.map(({ kind, name, place }) => (
        <li key={`${kind} ${name}`}>
          <button
            type="button"
            className="link-button"
            title={`${kind.replace('-', ' ')}, line ${String(place.line)}`}
            onClick={() => void attempt(notify, 'The code can’t be shown', () => editor.reveal(place))}
          >
            <code>{kind === 'manager' || kind === 'property' ? name : `${name}()`}</code>
          </button>
        </li>
      ))}
    </ul>
  );
}
