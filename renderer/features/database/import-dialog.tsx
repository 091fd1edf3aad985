import { useState } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { ImportOutcome, ImportPreview } from '../../../shared/contract/database-transfer-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useJobs, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ImportDialogProps {
  readonly database: string;
  readonly table: DatabaseTable;
  readonly onClose: () => void;
}

const LEFT_OUT = '–';

/** Rows of a file into a table: which column is which, tried first, all or none. */
export function ImportDialog({ database, table, onClose }: ImportDialogProps) {
  const folder = useWorkspace((state) => state.workspace?.path ?? '');
  const [path, setPath] = useState(`${folder}/`);
  const [patient, setPatient] = useState(false);
  const work = useImport(database, table, path);
  const { preview, mapping, outcome, failure, running, tried } = work;
  return (
    <Dialog
      open
      keepOpen={running}
      onClose={onClose}
      title={`Import into ${table.name}`}
      description="CSV or JSON. One transaction: a row that does not fit keeps all of them out."
      width="wide"
      foot={
        <>
          <Button onClick={onClose}>{outcome !== null && outcome.inserted > 0 ? 'Done' : 'Cancel'}</Button>
          <Button
            disabled={preview === null}
            busy={running && tried}
            onClick={() => void work.run(true, patient)}
          >
            Try it
          </Button>
          <Button
            kind="primary"
            disabled={preview === null || mapping.every((name) => name === null)}
            busy={running && !tried}
            onClick={() => void work.run(false, patient)}
          >
            Import
          </Button>
        </>
      }
    >
      <div className="transfer-form">
        <form
          className="transfer-file"
          onSubmit={(event) => {
            event.preventDefault();
            void work.read();
          }}
        >
          <TextField code aria-label="File" value={path} onChange={setPath} />
          <Button type="submit">Read the file</Button>
        </form>
        {failure !== null && (
          <Banner inset tone="danger">
            {failure}
          </Banner>
        )}
        {preview !== null && <Mapping {...{ preview, mapping, table }} onChange={work.setMapping} />}
        <Checkbox
          label="Take more than four seconds of writing, although the server has to wait"
          checked={patient}
          onChange={setPatient}
        />
        {outcome !== null && <Outcome {...{ outcome, tried }} />}
      </div>
    </Dialog>
  );
}

interface MappingProps {
  readonly preview: ImportPreview;
  readonly mapping: readonly (string | null)[];
  readonly table: DatabaseTable;
  readonly onChange: (mapping: readonly (string | null)[]) => void;
}

function Mapping({ preview, mapping, table, onChange }: MappingProps) {
  return (
    <div className="transfer-preview">
      <table>
        <thead>
          <tr>
            {preview.names.map((name, place) => (
              <th key={`${name} ${String(place)}`}>
                <span>{name}</span>
                <Select
                  small
                  label={`Column for ${name}`}
                  value={mapping[place] ?? LEFT_OUT}
                  onChange={(column) => {
                    onChange(mapping.with(place, column === LEFT_OUT ? null : column));
                  }}
                  choices={[
                    { value: LEFT_OUT, label: 'leave out' },
                    ...table.columns.map((column) => ({ value: column.name, label: column.name })),
                  ]}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, 8).map((row, line) => (
            <tr key={line}>
              {preview.names.map((name, place) => (
                <td key={`${name} ${String(place)}`}>{row[place] ?? <em>NULL</em>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ outcome, tried }: { readonly outcome: ImportOutcome; readonly tried: boolean }) {
  const { rows, inserted, errors, hasMoreErrors } = outcome;
  const count = `${rows.toLocaleString()} ${rows === 1 ? 'row' : 'rows'}`;
  if (errors.length === 0) {
    return (
      <Banner inset tone="info">
        {tried
          ? `All ${count} fit; nothing was written yet.`
          : `${inserted.toLocaleString()} of ${count} were imported.`}
      </Banner>
    );
  }
  return (
    <div className="transfer-errors">
      <Banner inset tone="danger">
        {hasMoreErrors ? `More than ${String(errors.length)}` : String(errors.length)} of {count} do not fit;
        nothing was written.
      </Banner>
      <ul aria-label="Rows that do not fit">
        {errors.map(({ row, problem }) => (
          <li key={row}>
            <strong>Row {row.toLocaleString()}</strong> {problem}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useImport(database: string, table: DatabaseTable, path: string) {
  const { api } = useStudio();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [mapping, setMapping] = useState<readonly (string | null)[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [started, setStarted] = useState<{ readonly jobId: string; readonly dryRun: boolean } | null>(null);
  const job = useJobs((state) => state.jobs.find(({ id }) => id === started?.jobId));
  const format = path.toLowerCase().endsWith('.json') ? 'json' : 'csv';
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return {
    ...{ preview, mapping, setMapping },
    failure: failure ?? job?.failure?.message ?? null,
    running: job?.state === 'running',
    tried: started?.dryRun === true,
    outcome: job?.state === 'succeeded' ? (job.value as ImportOutcome) : null,
    read: () =>
      attempt(async () => {
        const found = await api.call('database.previewImport', { path, format });
        setPreview(found);
        setStarted(null);
        setMapping(found.names.map((name) => columnFor(name, table)));
      }),
    run: (dryRun: boolean, patient: boolean) =>
      attempt(async () => {
        const input = { database, table: table.name, path, format, dryRun, patient } as const;
        const { jobId } = await api.call('database.import', { ...input, mapping: [...mapping] });
        setStarted({ jobId, dryRun });
      }),
  };
}

/** The column of the same name, whatever its case and spaces. */
function columnFor(name: string, table: DatabaseTable): string | null {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '');
  return table.columns.find((column) => plain(column.name) === plain(name))?.name ?? null;
}
