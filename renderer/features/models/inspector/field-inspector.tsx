import { ArrowLeft, CodeXml, Ellipsis, Trash2 } from 'lucide-react';
import type { FieldFacts, ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Pane } from '../../../ui/pane.tsx';
import { ProposalProblem } from '../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../stores/use-proposal.ts';
import { fieldMenu } from '../field-menu.ts';
import { codeOf } from './field-draft.ts';
import { FieldForm } from './field-form.tsx';
import { StaleBanner } from './stale-banner.tsx';

interface FieldInspectorProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  /** null: a new field. */
  readonly field: FieldFacts | null;
}

/** One field of a model, or the form of a new one, in the place of the model. */
export function FieldInspector({ snapshot, model, field }: FieldInspectorProps) {
  const studio = useStudio();
  const { designer, editor } = studio;
  const proposal = useProposal();
  const { propose } = proposal;
  const back = (): void => {
    designer.inspect(null);
  };
  return (
    <Pane
      side
      label={field === null ? `New field of ${model.name}` : `Field ${field.name} of ${model.name}`}
      title={
        <span className="inspector-path">
          <IconButton icon={ArrowLeft} label={`Back to ${model.name}`} shortcut="Escape" onClick={back} />
          {field?.name ?? 'New field'}
        </span>
      }
      detail={model.name}
      actions={
        field !== null && (
          <>
            <IconButton
              icon={CodeXml}
              label="Show in code"
              onClick={() => void editor.reveal(field.place).catch(reportError)}
            />
            {field.inheritedFrom === null && (
              <IconButton
                icon={Trash2}
                label="Delete field"
                shortcut="Delete"
                onClick={() => {
                  void propose([{ kind: 'field.remove', model: model.id, field: field.name }]).then(
                    (written) => {
                      if (written) back();
                    },
                  );
                }}
              />
            )}
            <Menu
              align="end"
              entries={fieldMenu(studio, model, field).filter(({ id }) => id !== 'change')}
              trigger={<IconButton icon={Ellipsis} label="More" />}
            />
          </>
        )
      }
    >
      {model.stale && <StaleBanner model={model} />}
      <ProposalProblem of={proposal} wide />
      {field === null || field.inheritedFrom === null ? (
        <FieldForm
          // Another field, or the same one as somebody else wrote it meanwhile, is another form.
          key={field === null ? `${model.id}+` : `${model.id}.${field.name}:${codeOf(field)}`}
          snapshot={snapshot}
          model={model}
          field={field}
          onCancel={back}
          onWritten={(name) => {
            designer.inspect(field === null ? null : { kind: 'field', name });
          }}
        />
      ) : (
        <Inherited model={model} base={field.inheritedFrom} name={field.name} />
      )}
    </Pane>
  );
}

function Inherited({
  model,
  base,
  name,
}: {
  readonly model: ModelFacts;
  readonly base: string;
  readonly name: string;
}) {
  const { designer } = useStudio();
  return (
    <div className="inspector-note">
      <p>
        {model.name} inherits {name} from {base}: it is changed there, for all models that inherit it.
      </p>
      <Button
        small
        onClick={() => {
          designer.reveal(base, name);
        }}
      >
        Go to {base}
      </Button>
    </div>
  );
}
