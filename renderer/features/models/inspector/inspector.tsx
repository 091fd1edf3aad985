import { Boxes } from 'lucide-react';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { CommandButton } from '../../../commands/command-button.tsx';
import { chosenModel } from '../../../stores/designer-store.ts';
import { useDesigner, useStudio } from '../../../stores/studio-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { Pane } from '../../../ui/pane.tsx';
import { FieldInspector } from './field-inspector.tsx';
import { ModelInspector } from './model-inspector.tsx';

/** The right pane of the model designer: what is chosen, and everything that can be done with it. */
export function Inspector({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const selected = useDesigner((state) => state.selected);
  const inspected = useDesigner((state) => state.field);
  const model = chosenModel({ selected }, snapshot);
  if (model !== null && inspected !== null) {
    const field =
      inspected.kind === 'new' ? null : model.fields.find((candidate) => candidate.name === inspected.name);
    if (field !== undefined)
      return <FieldInspector key={model.id} snapshot={snapshot} model={model} field={field} />;
  }
  if (model !== null) return <ModelInspector key={model.id} snapshot={snapshot} model={model} />;
  const [only] = selected;
  if (selected.size === 1 && only !== undefined)
    return only.includes('.') ? <OutsideModel id={only} /> : <CollapsedApp app={only} />;
  return selected.size > 1 ? <SeveralModels ids={[...selected]} /> : <NothingChosen snapshot={snapshot} />;
}

function CollapsedApp({ app }: { readonly app: string }) {
  return (
    <Pane side label={`App ${app}`} title={app} detail="collapsed">
      <p className="inspector-note">
        All models of the app are one box on the canvas. A double click, or C, shows them again where they
        stood.
      </p>
    </Pane>
  );
}

function OutsideModel({ id }: { readonly id: string }) {
  const [app = '', name = id] = id.split('.');
  return (
    <Pane side label={`Model ${id}`} title={name} detail={app}>
      <p className="inspector-note">
        {id} is part of another package. Models of this project lead to it; it is changed where it comes from.
      </p>
    </Pane>
  );
}

function SeveralModels({ ids }: { readonly ids: readonly string[] }) {
  const { designer } = useStudio();
  return (
    <Pane side label="Chosen models" title={`${String(ids.length)} models`}>
      <ul className="field-list">
        {[...ids].sort().map((id) => (
          <li key={id}>
            <Button
              kind="quiet"
              small
              onClick={() => {
                designer.reveal(id);
              }}
            >
              {id}
            </Button>
          </li>
        ))}
      </ul>
    </Pane>
  );
}

const KEYS: readonly (readonly [string, string])[] = [
  ['←→', 'Go to the next model in a direction'],
  ['Enter', 'Work on the chosen model'],
  ['A', 'Add a field'],
  ['F2', 'Rename'],
  ['Delete', 'Delete'],
  ['0', 'Show all models'],
];

function NothingChosen({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const apps = new Set(snapshot.models.map((model) => model.app)).size;
  const fields = snapshot.models.reduce((sum, model) => sum + model.fields.length, 0);
  return (
    <Pane side label="Inspector" title="Models">
      <div className="inspector-summary">
        <dl className="inspector-facts">
          <dt>Apps</dt>
          <dd>{apps}</dd>
          <dt>Models</dt>
          <dd>{snapshot.models.length}</dd>
          <dt>Fields</dt>
          <dd>{fields}</dd>
        </dl>
        <div className="inspector-actions">
          <CommandButton command="models.addModel" small icon={Boxes} />
          <CommandButton command="models.addApp" small />
        </div>
        <h3>On the canvas</h3>
        <dl className="inspector-keys">
          {KEYS.map(([key, what]) => (
            <div key={key}>
              <dt>
                <KeyHint shortcut={key} />
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
          <div>
            <dt>Double click</dt>
            <dd>Rename a model; on free space add one</dd>
          </div>
          <div>
            <dt>Shift and drag</dt>
            <dd>Choose the models in a rectangle</dd>
          </div>
          <div>
            <dt>Alt and drag</dt>
            <dd>Take a field to another place, or onto a model to relate the two</dd>
          </div>
        </dl>
      </div>
    </Pane>
  );
}
