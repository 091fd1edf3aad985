import { CircleAlert, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { EditConflict, EditPreview } from '../../../shared/contract/database-changes.ts';
import type { FailureValue } from '../../../shared/contract/failure.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { ConflictTable } from './conflict-table.tsx';
import { changesInput, countChanges, settleConflicts, type StagedChanges } from './staged-changes.ts';

interface ChangesDialogProps {
  readonly database: string;
  readonly table: string;
  readonly changes: StagedChanges;
  readonly onChange: (changes: StagedChanges) => void;
  readonly onClose: () => void;
  readonly onApplied: (changed: number, undo: string | null) => void;
}

/** The SQL of the staged changes before it runs, and why it may not. The changes are kept whatever happens. */
export function ChangesDialog(props: ChangesDialogProps) {
  const { database, table, changes, onClose } = props;
  const { preview, problem } = usePreview(database, table, changes);
  const applying = useApplying(props, preview);
  const { failure, waiting, busy } = applying;
  const conflicts = (failure?.detail?.['conflicts'] ?? null) as readonly EditConflict[] | null;
  const settle = (keep: 'mine' | 'theirs'): void => {
    const left = settleConflicts(changes, conflicts ?? [], keep);
    applying.reset();
    props.onChange(left);
    if (countChanges(left) === 0) onClose();
  };
  const refused = preview === null || preview.problems.length > 0 || conflicts !== null;
  const deletes = changes.deletes.size > 0;
  return (
    <Dialog
      open
      onClose={() => {
        applying.stop();
        onClose();
      }}
      title={`Change ${table}`}
      description="One transaction; every old value is compared first, so that nobody else’s change is overwritten."
      width="medium"
      foot={
        <>
          <Button
            onClick={() => {
              applying.stop();
              onClose();
            }}
          >
            Keep editing
          </Button>
          <Button
            kind={deletes ? 'danger' : 'primary'}
            disabled={refused}
            busy={busy}
            onClick={() => void applying.apply()}
          >
            Apply
          </Button>
        </>
      }
    >
      <div className="edits-dialog">
        {waiting !== null && (
          <Banner inset tone="warning">
            Another program is writing to this database. Your changes are kept; trying again… ({waiting})
          </Banner>
        )}
        {(problem ?? failure) !== null && conflicts === null && waiting === null && (
          <Banner inset tone="danger">
            {problem ?? failure?.message}
          </Banner>
        )}
        {conflicts !== null && <ConflictTable {...{ conflicts, changes }} onSettle={settle} />}
        {preview === null && problem === null && <Spinner />}
        {preview !== null && <Preview preview={preview} />}
      </div>
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: EditPreview }) {
  return (
    <>
      {preview.problems.length > 0 && (
        <ul className="edits-problems" aria-label="Why this can’t be applied">
          {preview.problems.map((problem) => (
            <li key={problem}>
              <CircleAlert size={14} aria-hidden /> {problem}
            </li>
          ))}
        </ul>
      )}
      {preview.cascade.length > 0 && (
        <section className="edits-cascade" aria-label="What goes with the deleted rows">
          <h3>
            {preview.cascadeBy === 'django'
              ? 'Django deletes or changes with them:'
              : 'By the foreign keys of the database, with them:'}
          </h3>
          <ul>
            {preview.cascade.map(({ kind, table, title, values, set }) => (
              <li key={`${kind} ${table} ${set?.column ?? ''}`}>
                {kind === 'delete' && <Trash2 size={13} aria-hidden />}
                <strong>{values.length.toLocaleString()}</strong> {title}
                {title !== table && <code>{table}</code>}
                {set !== null && (
                  <span>
                    {set.column} becomes {set.value.kind === 'null' ? 'NULL' : 'another value'}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <CodeBlock wrap label="SQL of the edits" text={preview.sql.join('\n\n')} maxHeight={320} />
    </>
  );
}

function usePreview(database: string, table: string, changes: StagedChanges) {
  const { api } = useStudio();
  const [state, setState] = useState<{
    readonly of: StagedChanges;
    readonly preview: EditPreview | null;
    readonly problem: string | null;
  } | null>(null);
  useEffect(() => {
    let current = true;
    api.call('database.previewEdits', { database, table, ...changesInput(changes) }).then(
      (preview) => {
        if (current) setState({ of: changes, preview, problem: null });
      },
      (error: unknown) => {
        if (current) setState({ of: changes, preview: null, problem: failureOf(error).message });
      },
    );
    return () => {
      current = false;
    };
  }, [api, database, table, changes]);
  const known = state?.of === changes ? state : null;
  return { preview: known?.preview ?? null, problem: known?.problem ?? null };
}

/** Applies, and again while another program writes: until it is done, refused, or stopped by the person. */
function useApplying(
  { database, table, changes, onApplied }: ChangesDialogProps,
  preview: EditPreview | null,
) {
  const { api } = useStudio();
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState<number | null>(null);
  const [failure, setFailure] = useState<FailureValue | null>(null);
  const stopped = useRef(false);
  const isStopped = (): boolean => stopped.current;
  const apply = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    stopped.current = false;
    const input = { database, table, ...changesInput(changes), cascade: [...(preview?.cascade ?? [])] };
    for (let round = 1; ; round += 1) {
      try {
        const { changed, undo } = await api.call('database.applyEdits', input);
        onApplied(changed, undo);
        return;
      } catch (error) {
        const found = failureOf(error);
        const sqlite = found.detail?.['sqlite'];
        const locked = typeof sqlite === 'string' && sqlite.startsWith('SQLITE_BUSY');
        if (locked && !isStopped()) {
          setWaiting(round); // each round waits for some seconds already
          continue;
        }
        setFailure(found);
        setWaiting(null);
        setBusy(false);
        return;
      }
    }
  };
  return {
    ...{ busy, waiting, failure, apply },
    stop: () => {
      stopped.current = true;
    },
    reset: () => {
      setFailure(null);
    },
  };
}
