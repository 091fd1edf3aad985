import { CodeXml, Pencil, Plug, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { CommandButton } from '../../../commands/command-button.tsx';
import type { ModelFacts, OptionFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Pane } from '../../../ui/pane.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useProposal } from '../../../stores/use-proposal.ts';
import { FieldList } from './field-list.tsx';
import { QuickAdd } from './quick-add.tsx';
import { readString } from '../../../../shared/python/string-code.ts';

interface ModelInspectorProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** Everything of one model: its fields, and what its class and its Meta say. */
export function ModelInspector({ snapshot, model }: ModelInspectorProps) {
  const { designer, editor } = useStudio();
  const { propose, problem } = useProposal();
  const [renaming, setRenaming] = useState(false);
  const kind = model.abstract ? 'abstract' : model.proxy ? 'proxy' : null;
  return (
    <Pane
      side
      label={`Model ${model.id}`}
      title={model.name}
      detail={kind === null ? model.app : `${model.app} · ${kind}`}
      actions={
        <>
          <IconButton
            icon={CodeXml}
            label="Show in code"
            onClick={() => void editor.reveal(model.place).catch(reportError)}
          />
          <IconButton
            icon={Pencil}
            label="Rename model"
            shortcut="F2"
            disabled={model.stale}
            onClick={() => setRenaming(true)}
          />
          <IconButton
            icon={Trash2}
            label="Delete model"
            shortcut="Delete"
            disabled={model.stale}
            onClick={() => void propose([{ kind: 'model.remove', model: model.id }])}
          />
        </>
      }
    >
      {model.stale && <StaleBanner model={model} />}
      {problem !== null && <Banner tone="danger">{problem}</Banner>}
      {renaming && (
        <RenameModel
          model={model}
          onDone={() => {
            setRenaming(false);
          }}
        />
      )}
      {model.docstring !== null && <p className="inspector-docstring">{model.docstring}</p>}
      <section className="inspector-section" aria-label="Fields">
        <header>
          <h3>Fields</h3>
          <CommandButton command="models.addField" kind="quiet" small icon={Plus}>
            Add field
          </CommandButton>
        </header>
        <FieldList
          model={model}
          onOpen={(name) => {
            designer.inspect({ kind: 'field', name });
          }}
        />
        {!model.stale && !model.proxy && <QuickAdd snapshot={snapshot} model={model} />}
      </section>
      {!model.abstract && (
        <section className="inspector-section" aria-label="API">
          <header>
            <h3>API</h3>
          </header>
          <CommandButton command="models.addApi" small icon={Plug}>
            Add an API for this model…
          </CommandButton>
        </section>
      )}
      <ModelFactsList model={model} />
    </Pane>
  );
}

function RenameModel({ model, onDone }: { readonly model: ModelFacts; readonly onDone: () => void }) {
  const [name, setName] = useState(model.name);
  const { designer } = useStudio();
  const { propose, problem } = useProposal();
  return (
    <form
      className="inspector-rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === model.name) onDone();
        else {
          void propose([{ kind: 'model.rename', model: model.id, name }]).then((written) => {
            if (!written) return;
            designer.select([`${model.app}.${name}`]);
            onDone();
          });
        }
      }}
    >
      <TextField
        code
        autoFocus
        aria-label="New name of the model"
        value={name}
        onChange={setName}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      <Button type="submit" kind="primary">
        Rename…
      </Button>
      <Button kind="quiet" onClick={onDone}>
        Cancel
      </Button>
      {problem !== null && (
        <p className="option-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

/** What the class says beside its fields, read only. */
function ModelFactsList({ model }: { readonly model: ModelFacts }) {
  const { editor } = useStudio();
  return (
    <section className="inspector-section" aria-label="Model">
      <header>
        <h3>Model</h3>
      </header>
      <dl className="inspector-facts">
        <dt>Bases</dt>
        <dd>
          <code>{model.bases.join(', ') || '–'}</code>
        </dd>
        {!model.abstract && (
          <>
            <dt>Table</dt>
            <dd>
              <code>{tableOf(model)}</code>
            </dd>
          </>
        )}
        {model.meta.map((option) => (
          <MetaFact
            key={option.name}
            option={option}
            onOpen={() => void editor.reveal(option.place).catch(reportError)}
          />
        ))}
        {model.methods.length > 0 && (
          <>
            <dt>Methods</dt>
            <dd>
              <code>{model.methods.join(', ')}</code>
            </dd>
          </>
        )}
        <dt>Source</dt>
        <dd>
          <button
            type="button"
            className="link-button"
            onClick={() => void editor.reveal(model.place).catch(reportError)}
          >
            {model.place.file}:{String(model.place.line)}
          </button>
        </dd>
      </dl>
    </section>
  );
}

function MetaFact({ option, onOpen }: { readonly option: OptionFacts; readonly onOpen: () => void }) {
  return (
    <>
      <dt>{option.name}</dt>
      <dd>
        <button type="button" className="link-button" title="Show in code" onClick={onOpen}>
          <code>{option.code}</code>
        </button>
      </dd>
    </>
  );
}

/** https://docs.djangoproject.com/en/5.2/ref/models/options/#table-names */
function tableOf(model: ModelFacts): string {
  const given = model.meta.find((option) => option.name === 'db_table');
  if (given !== undefined) return readString(given.code) ?? given.code;
  return `${model.app}_${model.name.toLowerCase()}`;
}
