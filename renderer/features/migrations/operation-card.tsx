import { OctagonX, TriangleAlert, Undo2 } from 'lucide-react';
import type { MigrationOperation, TableLock } from '../../../shared/contract/migration-calls.ts';
import { useMigrations, useStudio } from '../../stores/studio-context.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';

const holds: Readonly<Record<TableLock['hold'], { readonly word: string; readonly tone: Tone }>> = {
  none: { word: 'no lock', tone: 'success' },
  brief: { word: 'a moment’s lock', tone: 'success' },
  rows: { word: 'writes rows', tone: 'info' },
  writes: { word: 'writes wait', tone: 'warning' },
  all: { word: 'table closed', tone: 'warning' },
  rewrite: { word: 'table rewritten', tone: 'warning' },
};

/** One operation: what it does to the table, the rows and the release that runs now. */
export function OperationCard({ operation }: { readonly operation: MigrationOperation }) {
  const { kind, description, words, loses, refused, previousRelease, wayBack } = operation;
  return (
    <li className="migration-operation">
      <div className="migration-operation-head">
        <span className="migration-operation-kind">{kind}</span>
        <strong>{description}</strong>
      </div>
      {words !== `${description}.` && <p className="migration-operation-words">{words}</p>}
      <ul className="migration-facts">
        <Lock lock={operation.locks} place={operation.postgres === null ? null : 'here'} />
        <Lock lock={operation.postgresLocks} place="PostgreSQL" />
        {loses !== null && (
          <Fact tone={loses.values === 0 || loses.rows === 0 ? 'neutral' : 'danger'} word="loses data">
            {loses.text}.
          </Fact>
        )}
        {loses === null && operation.destructive && (
          <Fact tone="danger" word="loses data">
            Stored values can be lost.
          </Fact>
        )}
        <Fact
          tone={previousRelease === null ? 'success' : 'warning'}
          word={previousRelease === null ? 'old release runs on' : 'breaks the old release'}
        >
          {previousRelease ?? ''}
        </Fact>
        <Fact
          tone={operation.reversible ? 'neutral' : 'warning'}
          word={operation.reversible ? 'can be taken back' : 'no way back'}
        >
          {wayBack ?? ''}
        </Fact>
      </ul>
      {refused !== null && (
        <div className="migration-refused" role="alert">
          <OctagonX size={14} aria-hidden />
          <div>
            <p>The database will refuse this. {refused.text}</p>
            {refused.examples.length > 0 && (
              <ul>
                {refused.examples.map((example) => (
                  <li key={example}>{example}</li>
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
      <Ways ways={operation.ways} />
    </li>
  );
}

function Lock({ lock, place }: { readonly lock: TableLock | null; readonly place: string | null }) {
  if (lock === null) return null;
  const { word, tone } = holds[lock.hold];
  return (
    <Fact tone={tone} word={place === null ? word : `${place}: ${word}`}>
      {lock.text}
    </Fact>
  );
}

interface FactProps {
  readonly tone: Tone;
  readonly word: string;
  readonly children: string | readonly string[];
}

function Fact({ tone, word, children }: FactProps) {
  return (
    <li>
      <Badge tone={tone}>{word}</Badge>
      <span>{children}</span>
    </li>
  );
}

/** Safer ways to the same end; taking one plans anew. */
function Ways({ ways }: Pick<MigrationOperation, 'ways'>) {
  const { migrations } = useStudio();
  const reading = useMigrations((state) => state.reading);
  return ways.map(({ id, label, description }) => (
    <div key={id} className="migration-way">
      <TriangleAlert size={14} aria-hidden />
      <p>{description}</p>
      <Button small disabled={reading} onClick={() => void migrations.take(id)}>
        {label}
      </Button>
    </div>
  ));
}

/** The safer ways that were taken, and leaving them again. */
export function TakenWays() {
  const { migrations } = useStudio();
  const ways = useMigrations((state) => state.plan?.ways ?? none);
  return ways.map(({ id, label, description }) => (
    <div key={id} className="migration-way migration-way-taken">
      <Undo2 size={14} aria-hidden />
      <p>
        <strong>{label}.</strong> {description}
      </p>
      <Button small onClick={() => void migrations.leave(id)}>
        Do it in one step
      </Button>
    </div>
  ));
}

/** Renames that are known from the designer, and saying that one was none. */
export function KnownRenames() {
  const { migrations } = useStudio();
  const renames = useMigrations((state) => state.plan?.renames ?? none);
  return renames.map(({ id, text }) => (
    <div key={id} className="migration-way migration-way-taken">
      <Undo2 size={14} aria-hidden />
      <p>
        <strong>{text}</strong> was renamed in the designer, so its values stay.
      </p>
      <Button small onClick={() => void migrations.answer(id, 'false')}>
        It is a new one
      </Button>
    </div>
  ));
}

const none = [] as const;
