import { Copy, History } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { DatabaseCopy } from '../../../shared/contract/migration-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** The copies of the SQLite file that were made before migrations, and putting one back. */
export function CopiesPane() {
  const { api, notify } = useStudio();
  const [copies, setCopies] = useState<readonly DatabaseCopy[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const look = useCallback(() => {
    api.call('migrations.copies', {}).then(
      (found) => {
        setCopies(found);
        setProblem(null);
      },
      (error: unknown) => {
        setProblem(failureOf(error).message);
      },
    );
  }, [api]);
  useEffect(look, [look]);
  useEffect(() => api.subscribe('migrations.changed', look), [api, look]);
  const doing = (failed: string, work: () => Promise<void>): void => {
    setBusy(true);
    void attempt(notify, failed, work).finally(() => {
      setBusy(false);
      look();
    });
  };
  const copyNow = (): void => {
    doing('The database was not copied', async () => {
      const copy = await api.call('migrations.copy', {});
      notify({ kind: 'done', title: 'Copied the database', description: byteSize(copy.bytes) });
    });
  };
  const restore = ({ name }: DatabaseCopy): void => {
    doing('The copy was not put back', async () => {
      await api.call('migrations.restore', { name });
      notify({
        kind: 'done',
        title: 'The database is as it was then',
        description: 'What it held until now was copied first, and can be put back like any other.',
      });
    });
  };
  return (
    <Pane
      title="Copies of the database"
      detail="made before a migration can lose rows; the last ten are kept"
      actions={
        <Button small icon={Copy} disabled={busy} onClick={copyNow}>
          Copy now
        </Button>
      }
    >
      {problem !== null && <Banner tone="warning">{problem}</Banner>}
      {copies === null && problem === null && <Spinner />}
      {copies?.length === 0 && (
        <EmptyState icon={History} title="No copy yet">
          One is made before the first migration, and before each that can lose rows.
        </EmptyState>
      )}
      <ul className="database-copies" aria-label="Copies">
        {copies?.map((copy) => (
          <li key={copy.name}>
            <div>
              <strong>{copy.reason}</strong>
              <span>
                <TimeAgo time={Date.parse(copy.madeAt)} /> · {byteSize(copy.bytes)}
              </span>
            </div>
            <Button
              small
              disabled={busy}
              onClick={() => {
                restore(copy);
              }}
            >
              Put back
            </Button>
          </li>
        ))}
      </ul>
    </Pane>
  );
}
