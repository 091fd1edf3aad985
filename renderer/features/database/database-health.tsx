import { ShieldCheck } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { DatabaseSummary } from '../../../shared/contract/data-calls.ts';
import type { DatabaseCheck, DatabaseHealth } from '../../../shared/contract/query-calls.ts';
import type { FailureValue } from '../../../shared/contract/failure.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { BackupsSection } from './backups-section.tsx';
import { PaneHeader } from '../../ui/pane.tsx';

/** How the file is made, and whether it is sound. */
export function DatabaseHealthView({ database }: { readonly database: DatabaseSummary }) {
  const { api } = useStudio();
  const { id } = database;
  const [health, setHealth] = useState<DatabaseHealth | null>(null);
  const [checked, setChecked] = useState<DatabaseCheck | null>(null);
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<FailureValue | null>(null);
  const fail = (error: unknown): void => {
    setFailure(failureOf(error));
  };
  const readHealth = useCallback(() => {
    api.call('database.health', { database: id }).then(setHealth, fail);
  }, [api, id]);
  useEffect(readHealth, [readHealth]);
  const check = (): void => {
    setFailure(null);
    setChecking(true);
    api
      .call('database.check', { database: id })
      .then(setChecked, fail)
      .finally(() => {
        setChecking(false);
      });
  };
  return (
    <div className="health">
      <PaneHeader
        title="Health"
        detail={database.file ?? undefined}
        actions={
          checking ? (
            <Button small onClick={() => void api.call('database.cancel', {})}>
              Cancel
            </Button>
          ) : (
            <Button small kind="primary" icon={ShieldCheck} onClick={check}>
              Check the file
            </Button>
          )
        }
      />
      {failure !== null && failure.code !== 'cancelled' && <Banner tone="danger">{failure.message}</Banner>}
      {checking && <Banner tone="info">Every page of the file is read…</Banner>}
      {checked !== null && !checking && <CheckResult checked={checked} />}
      {health !== null && <Facts health={health} />}
      <BackupsSection database={id} onChanged={readHealth} />
    </div>
  );
}

function Facts({ health }: { readonly health: DatabaseHealth }) {
  const free = health.freePages * health.pageSize;
  const facts: readonly (readonly [string, string])[] = [
    [
      'Size',
      `${byteSize(health.bytes)} in ${health.pages.toLocaleString()} pages of ${byteSize(health.pageSize)}`,
    ],
    ['Free', free === 0 ? 'nothing' : `${byteSize(free)} that VACUUM would give back`],
    [
      'Journal',
      health.journalMode === 'wal'
        ? 'WAL: readers and writers do not wait for one another'
        : health.journalMode,
    ],
    ['Encoding', health.encoding],
    ['SQLite of the studio', health.sqlite],
  ];
  return (
    <dl className="health-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function CheckResult({ checked }: { readonly checked: DatabaseCheck }) {
  const { damage, dangling, hasMoreDangling } = checked;
  if (damage.length > 0) {
    return (
      <>
        <Banner tone="danger">
          The file is damaged. Restore it from a backup, or make it anew by migrating.
        </Banner>
        <div className="health-list">
          <CodeBlock wrap label="What integrity_check found" text={damage.join('\n')} maxHeight={320} />
        </div>
      </>
    );
  }
  if (dangling.length === 0)
    return <Banner tone="info">The file is sound, and no row points to nothing.</Banner>;
  const count = hasMoreDangling
    ? `More than ${String(dangling.length)} rows point`
    : `${String(dangling.length)} rows point`;
  return (
    <>
      <Banner tone="warning">The file is sound, but {count.toLowerCase()} to nothing.</Banner>
      <div className="health-list">
        <CodeBlock
          label="Rows that point to nothing"
          text={dangling
            .map(({ table, rowid, toTable }) => `${table} ${rowid ?? ''} → ${toTable}`)
            .join('\n')}
          maxHeight={320}
        />
      </div>
    </>
  );
}
