import { CodeXml, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { ProposalProblem } from '../../../fields/proposal-problem.tsx';
import { attempt } from '../../../stores/notices.ts';
import { useProposal, type Proposal } from '../../../stores/use-proposal.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Pane } from '../../../ui/pane.tsx';
import { modelMenu } from '../model-menu.ts';
import { RenameForm } from './rename-form.tsx';
import { AdminSection } from './sections/admin-section.tsx';
import { ChoicesSection } from './sections/choices-section.tsx';
import { ClassSection } from './sections/class-section.tsx';
import { FieldsSection } from './sections/fields-section.tsx';
import { ConstraintsSection, MetaSection } from './sections/meta-section.tsx';
import { MethodsSection } from './sections/methods-section.tsx';
import { SerializersSection } from './sections/serializers-section.tsx';
import { StaleBanner } from './stale-banner.tsx';

interface ModelInspectorProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** Everything of one model: its fields, what its class and its Meta say, and how admin and API show it. */
export function ModelInspector({ snapshot, model }: ModelInspectorProps) {
  const proposal = useProposal();
  const [renaming, setRenaming] = useState(false);
  const kind = model.abstract ? 'abstract' : model.proxy ? 'proxy' : null;
  return (
    <Pane
      side
      label={`Model ${model.id}`}
      title={model.name}
      detail={kind === null ? model.app : `${model.app} · ${kind}`}
      actions={
        <ModelActions
          model={model}
          proposal={proposal}
          onRename={() => {
            setRenaming(true);
          }}
        />
      }
    >
      {model.stale && <StaleBanner model={model} />}
      <ProposalProblem of={proposal} wide />
      {renaming && (
        <ModelRenaming
          model={model}
          proposal={proposal}
          onEnd={() => {
            setRenaming(false);
          }}
        />
      )}
      {model.docstring !== null && <p className="inspector-docstring">{model.docstring}</p>}
      <FieldsSection snapshot={snapshot} model={model} />
      <ClassSection model={model} />
      <MetaSection model={model} />
      {!model.abstract && <ConstraintsSection model={model} />}
      <ChoicesSection snapshot={snapshot} model={model} />
      <MethodsSection model={model} />
      {!model.abstract && <AdminSection snapshot={snapshot} model={model} />}
      {!model.abstract && <SerializersSection snapshot={snapshot} model={model} />}
    </Pane>
  );
}

interface ModelPartProps {
  readonly model: ModelFacts;
  readonly proposal: Proposal;
}

function ModelActions({ model, proposal, onRename }: ModelPartProps & { readonly onRename: () => void }) {
  const studio = useStudio();
  const show = (): Promise<void> => studio.editor.reveal(model.place);
  return (
    <>
      <IconButton
        icon={CodeXml}
        label="Show in code"
        onClick={() => void attempt(studio.notify, 'The code can’t be shown', show)}
      />
      <IconButton
        icon={Pencil}
        label="Rename model"
        shortcut="F2"
        disabled={model.stale}
        onClick={onRename}
      />
      <IconButton
        icon={Trash2}
        label="Delete model"
        shortcut="Delete"
        disabled={model.stale}
        onClick={() => void proposal.propose([{ kind: 'model.remove', model: model.id }])}
      />
      <Menu
        align="end"
        entries={modelMenu(studio, model, onRename)}
        trigger={<IconButton icon={Ellipsis} label="More" />}
      />
    </>
  );
}

function ModelRenaming({ model, proposal, onEnd }: ModelPartProps & { readonly onEnd: () => void }) {
  const { designer } = useStudio();
  const rename = async (name: string): Promise<void> => {
    if (!(await proposal.propose([{ kind: 'model.rename', model: model.id, name }]))) return;
    designer.select([`${model.app}.${name}`]);
    onEnd();
  };
  return (
    <div className="inspector-rename">
      <RenameForm
        label="New name of the model"
        name={model.name}
        onCancel={onEnd}
        onRename={(name) => void rename(name)}
      />
    </div>
  );
}
