import { useState } from 'react';
import type { Operation } from '../../../../shared/django/operations.ts';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { useSource } from '../../../stores/studio-context.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';

interface MoveModelDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly onClose: () => void;
  /** Called with the id it has then. */
  readonly onWritten: (model: string) => void;
}

type Where = 'module' | 'app';

/** Moves a model to another module of its app, or to another app with the migrations that keep its table. */
export function MoveModelDialog({ snapshot, model, onClose, onWritten }: MoveModelDialogProps) {
  const [where, setWhere] = useState<Where>('module');
  const modules = useModules(snapshot, model);
  const [file, setFile] = useState('');
  const apps = snapshot.apps.filter(({ folder, label }) => folder !== null && label !== model.app);
  const [app, setApp] = useState(apps[0]?.label ?? null);
  const operation = moveOperation(model, where, file.trim(), app);
  return (
    <ProposalDialog
      title={`Move ${model.name}`}
      description={
        where === 'module'
          ? 'Its table, its migrations and its name stay as they are; imports follow.'
          : 'The table and its rows stay: the migrations only tell Django where the model lives now.'
      }
      operations={operation === null ? null : [operation]}
      touched={file !== ''}
      onClose={onClose}
      onWritten={() => {
        onWritten(where === 'app' && app !== null ? `${app}.${model.name}` : model.id);
      }}
    >
      <Segmented
        label="Where to"
        value={where}
        onChange={setWhere}
        choices={[
          { value: 'module', label: 'Another module' },
          { value: 'app', label: 'Another app' },
        ]}
      />
      {where === 'module' ? (
        <FormField label="Module" help={`Now in ${model.place.file}. A file that is not there yet is made.`}>
          {(control) => (
            <SuggestField
              aria-describedby={control['aria-describedby']}
              code
              label="Module"
              placeholder={modules.example}
              suggestions={modules.choices}
              value={file}
              onChange={setFile}
              onChoose={setFile}
            />
          )}
        </FormField>
      ) : (
        <FormField label="App" problem={apps.length === 0 ? 'There is no other app: add one first.' : null}>
          {(control) => (
            <Select
              {...control}
              choices={apps.map(({ label, name }) => ({ value: label, label, detail: name }))}
              value={app}
              onChange={setApp}
            />
          )}
        </FormField>
      )}
    </ProposalDialog>
  );
}

function moveOperation(model: ModelFacts, where: Where, file: string, app: string | null): Operation | null {
  if (where === 'app') return app === null ? null : { kind: 'model.moveToApp', model: model.id, app };
  return file.endsWith('.py') && file !== model.place.file
    ? { kind: 'model.move', model: model.id, file }
    : null;
}

/** Modules of the app that have models or could have them. */
function useModules(snapshot: ProjectSnapshot, model: ModelFacts) {
  const files = useSource((state) => state.files);
  const folder = snapshot.apps.find(({ label }) => label === model.app)?.folder ?? '';
  const inApp = folder === '' ? '' : `${folder}/`;
  // `models.py` becomes a package for it.
  const isPackage = files.some(({ path }) => path === `${inApp}models` || path === `${inApp}models.py`);
  const choices = files
    .filter(({ kind, path }) => kind === 'file' && path.startsWith(inApp) && path.endsWith('.py'))
    .filter(
      ({ path }) =>
        !/\/(migrations|tests?|management)\/|\/(__init__|admin|apps|tests|urls|views)\.py$/.test(path),
    )
    .filter(({ path }) => path !== model.place.file)
    .map(({ path }) => ({ value: path, label: path }));
  const name = model.name.toLowerCase();
  return { choices, example: isPackage ? `${inApp}models/${name}.py` : `${inApp}${name}_models.py` };
}
