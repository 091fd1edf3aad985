import { ListPlus, Trash2 } from 'lucide-react';
import { adminOptions } from '../../../../../shared/django/catalogue/class-options.ts';
import type { AdminFacts } from '../../../../../shared/django/component-model.ts';
import type { ModelFacts, ProjectSnapshot } from '../../../../../shared/django/project-model.ts';
import { OptionsEditor } from '../../../../fields/options-editor.tsx';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { ProposalProblem } from '../../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../../stores/use-proposal.ts';
import { Button } from '../../../../ui/button.tsx';
import { fieldNameChoices } from '../model-choices.ts';
import { InspectorSection } from '../inspector-section.tsx';

interface AdminSectionProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** How the admin shows a model: registered or not, and every option of its admin class. */
export function AdminSection({ snapshot, model }: AdminSectionProps) {
  const { designer } = useStudio();
  const proposal = useProposal();
  const { propose } = proposal;
  const admin = adminOf(snapshot, model.id);
  const names = [
    { value: '__str__', label: '__str__', detail: 'as it is written' },
    ...fieldNameChoices(model),
    ...model.methods
      .filter((name) => !name.startsWith('_'))
      .map((name) => ({ value: name, label: name, detail: 'method' })),
  ];
  return (
    <InspectorSection title="Admin" {...(admin === null ? {} : { count: admin.options.length })}>
      <ProposalProblem of={proposal} />
      {admin === null ? (
        <div className="inspector-actions">
          <p className="inspector-hint">Not in the admin.</p>
          <Button
            small
            disabled={model.stale}
            onClick={() => void propose([{ kind: 'admin.register', model: model.id }])}
          >
            Register…
          </Button>
        </div>
      ) : (
        <>
          <OptionsEditor
            label={`Admin of ${model.name}`}
            options={admin.options}
            known={adminOptions}
            names={names}
            disabled={admin.stale}
            empty="As Django shows every model: one column, no filters."
            operation={(option, code) => ({ kind: 'admin.set', model: model.id, option, code })}
          />
          <div className="inspector-actions">
            <Button
              small
              icon={ListPlus}
              onClick={() => {
                designer.open({ kind: 'model-form', form: 'inline', model: model.id, field: null });
              }}
            >
              Related rows…
            </Button>
            <Button
              small
              kind="quiet"
              icon={Trash2}
              onClick={() => void propose([{ kind: 'admin.unregister', model: model.id }])}
            >
              Take out of the admin…
            </Button>
          </div>
        </>
      )}
    </InspectorSection>
  );
}

/** The admin class that is registered for a model. */
export function adminOf(snapshot: ProjectSnapshot, model: string): AdminFacts | null {
  return (
    snapshot.admin.find(
      ({ kind, models, registrations }) =>
        kind === 'model-admin' && models.includes(model) && registrations.length > 0,
    ) ?? null
  );
}
