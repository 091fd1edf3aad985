import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CellEdit, EditPreview } from '../../../shared/contract/data-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { reversed, type StagedEdits } from './staged-edits.ts';

interface EditsDialogProps {
  readonly database: string;
  readonly table: string;
  readonly edits: StagedEdits;
  readonly onClose: () => void;
  readonly onApplied: () => void;
}

/** The SQL of the staged edits before it runs, and why it may not. The edits are kept whatever happens. */
export function EditsDialog({ database, table, edits, onClose, onApplied }: EditsDialogProps) {
  const { api, notify } = useStudio();
  const [preview, setPreview] = useState<EditPreview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [applying, setApplying] = useState(false);
  useEffect(() => {
    api
      .call('database.previewEdits', { database, table, edits: [...edits.values()] })
      .then(setPreview, (error: unknown) => {
        setFailure(failureOf(error).message);
      });
  }, [api, database, table, edits]);

  const apply = async (): Promise<void> => {
    setApplying(true);
    setFailure(null);
    try {
      const applied = [...edits.values()];
      const { changed } = await api.call('database.applyEdits', { database, table, edits: applied });
      notify({
        kind: 'done',
        title: changed === 1 ? 'Changed 1 row' : `Changed ${changed} rows`,
        action: { label: 'Undo', onChoose: () => void takeBack(applied) },
      });
      onApplied();
    } catch (error) {
      setFailure(failureOf(error).message);
      setApplying(false);
    }
  };
  /** Refused like any edit when somebody has changed the values since. */
  const takeBack = (applied: readonly CellEdit[]): Promise<void> =>
    attempt(notify, 'The edits were not taken back', async () => {
      await api.call('database.applyEdits', { database, table, edits: reversed(applied) });
    });
  const refused = preview === null || preview.problems.length > 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${table}`}
      description="One transaction; every old value is compared first, so that nobody else’s change is overwritten."
      width="medium"
      foot={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button kind="primary" disabled={refused} busy={applying} onClick={() => void apply()}>
            Apply
          </Button>
        </>
      }
    >
      <EditsPreview preview={preview} failure={failure} />
    </Dialog>
  );
}

interface EditsPreviewProps {
  /** null while it is made. */
  readonly preview: EditPreview | null;
  readonly failure: string | null;
}

function EditsPreview({ preview, failure }: EditsPreviewProps) {
  return (
    <div className="edits-dialog">
      {failure !== null && (
        <Banner inset tone="danger">
          {failure}
        </Banner>
      )}
      {preview === null && failure === null && <Spinner />}
      {preview !== null && preview.problems.length > 0 && (
        <ul className="edits-problems" aria-label="Why this can’t be applied">
          {preview.problems.map((problem) => (
            <li key={problem}>
              <CircleAlert size={14} aria-hidden /> {problem}
            </li>
          ))}
        </ul>
      )}
      {preview !== null && (
        <CodeBlock wrap label="SQL of the edits" text={preview.sql.join('\n\n')} maxHeight={320} />
      )}
    </div>
  );
}
