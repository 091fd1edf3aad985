import { Plus } from 'lucide-react';
import type { ModelFacts, ProjectSnapshot } from '../../../../../shared/django/project-model.ts';
import { CommandButton } from '../../../../commands/command-button.tsx';
import { ProposalProblem } from '../../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../../stores/use-proposal.ts';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { Button } from '../../../../ui/button.tsx';
import { FieldList } from '../field-list.tsx';
import { InspectorSection } from '../inspector-section.tsx';
import { QuickAdd } from '../quick-add.tsx';

interface FieldsSectionProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** The fields of a model in their order, and the ways to add one. */
export function FieldsSection({ snapshot, model }: FieldsSectionProps) {
  const { designer } = useStudio();
  const proposal = useProposal();
  const { propose } = proposal;
  return (
    <InspectorSection
      title="Fields"
      count={model.fields.length}
      atFirst
      actions={
        <CommandButton command="models.addField" kind="quiet" small icon={Plus}>
          Add field
        </CommandButton>
      }
    >
      <ProposalProblem of={proposal} />
      <FieldList
        model={model}
        onOpen={(name) => {
          designer.inspect({ kind: 'field', name });
        }}
        onMove={(field, after) => {
          void propose([{ kind: 'field.reorder', model: model.id, field, after }]);
        }}
      />
      {!model.stale && !model.proxy && (
        <>
          <QuickAdd snapshot={snapshot} model={model} />
          {!model.abstract && (
            <div className="inspector-actions">
              <Button
                small
                kind="quiet"
                onClick={() => {
                  designer.open({ kind: 'model-form', form: 'through', model: model.id, field: null });
                }}
              >
                Relation with a model between…
              </Button>
            </div>
          )}
        </>
      )}
    </InspectorSection>
  );
}
