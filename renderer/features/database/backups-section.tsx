import { Archive, RotateCcw, Shrink } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { DatabaseBackup } from '../../../shared/contract/database-transfer-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { byteSize } from '../../ui/byte-size.ts';

type Question = { readonly kind: 'restore'; readonly backup: DatabaseBackup } | { readonly kind: 'vacuum' };

/** The kept copies of a database: made, put back, and the free pages given back. */
export function BackupsSection({ database, onChanged }: BackupsSectionProps) {
  const { api, notify } = useStudio();
  const [backups, setBackups] = useState<readonly DatabaseBackup[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const load = useCallback(() => {
    api.call('database.backups', { database }).then(setBackups, (error: unknown) => {
      setProblem(failureOf(error).message);
    });
  }, [api, database]);
  useEffect(load, [load]);
  const work = async (title: string, run: () => Promise<string>): Promise<void> => {
    setBusy(true);
    await attempt(notify, title, async () => {
      notify({ kind: 'done', title: await run() });
      onChanged();
    });
    load();
    setBusy(false);
  };
  const answer = (): void => {
    const asked = question;
    setQuestion(null);
    if (asked?.kind === 'restore') {
      void work('The copy was not put back', async () => {
        await api.call('database.restore', { database, path: asked.backup.path });
        return 'The copy was put back; what was there before is kept as a copy too';
      });
    } else if (asked?.kind === 'vacuum') {
      void work('The file was not rewritten', async () => {
        const { before, after } = await api.call('database.vacuum', { database });
        return `${byteSize(before)} became ${byteSize(after)}`;
      });
    }
  };
  const backUp = (): void => {
    void work('The copy was not made', async () => {
      const { bytes } = await api.call('database.backup', { database, path: null });
      return `Copied ${byteSize(bytes)}`;
    });
  };
  return (
    <section className="backups" aria-label="Copies">
      <header>
        <h3>Copies</h3>
        <Button small icon={Archive} busy={busy} onClick={backUp}>
          Back up now
        </Button>
        <Button
          small
          icon={Shrink}
          disabled={busy}
          onClick={() => {
            setQuestion({ kind: 'vacuum' });
          }}
        >
          Vacuum…
        </Button>
      </header>
      {problem !== null && <Banner tone="danger">{problem}</Banner>}
      {backups.length === 0 && <p>No copy was made yet. A copy is made while your server goes on.</p>}
      <ul>
        {backups.map((backup) => (
          <li key={backup.path} title={backup.path}>
            <span>{new Date(backup.madeAt).toLocaleString()}</span>
            <span>{backup.reason}</span>
            <span>{byteSize(backup.bytes)}</span>
            <Button
              small
              kind="quiet"
              icon={RotateCcw}
              disabled={busy}
              onClick={() => {
                setQuestion({ kind: 'restore', backup });
              }}
            >
              Put back…
            </Button>
          </li>
        ))}
      </ul>
      {question !== null && (
        <Sure
          question={question}
          onAnswer={answer}
          onClose={() => {
            setQuestion(null);
          }}
        />
      )}
    </section>
  );
}

interface BackupsSectionProps {
  readonly database: string;
  readonly onChanged: () => void;
}

interface SureProps {
  readonly question: Question;
  readonly onAnswer: () => void;
  readonly onClose: () => void;
}

function Sure({ question, onAnswer, onClose }: SureProps) {
  const restore = question.kind === 'restore';
  return (
    <AlertDialog
      open
      title={restore ? 'Put this copy in the place of the database?' : 'Rewrite the file?'}
      description={
        restore
          ? 'Everything that was written since is gone from the database. A copy of what is there now is made first.'
          : 'VACUUM gives free pages back. Your server can’t write while it runs. A copy of what is there is made first.'
      }
      cancel={{ label: 'Cancel', onChoose: onClose }}
      answers={[
        restore
          ? { label: 'Put back', kind: 'danger', onChoose: onAnswer }
          : { label: 'Vacuum', kind: 'primary', onChoose: onAnswer },
      ]}
    />
  );
}
