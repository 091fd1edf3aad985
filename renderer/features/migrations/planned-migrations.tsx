import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { MigrationOperation, PlannedMigration } from '../../../shared/contract/migration-calls.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Segmented } from '../../ui/segmented.tsx';

/** Each migration that would be written: its operations in Django's words, its SQL, its file. */
export function PlannedMigrations({ migrations }: { readonly migrations: readonly PlannedMigration[] }) {
  return migrations.map((migration) => (
    <PlannedMigrationCard key={`${migration.app}.${migration.name}`} migration={migration} />
  ));
}

function PlannedMigrationCard({ migration }: { readonly migration: PlannedMigration }) {
  const [shown, setShown] = useState<'operations' | 'sql' | 'file'>('operations');
  return (
    <section className="planned-migration" aria-label={`${migration.app} ${migration.name}`}>
      <header>
        <h3>
          <span className="planned-migration-app">{migration.app}</span> {migration.name}
        </h3>
        <Segmented
          label={`What to show of ${migration.name}`}
          value={shown}
          onChange={setShown}
          choices={[
            { value: 'operations', label: 'Operations' },
            { value: 'sql', label: 'SQL' },
            { value: 'file', label: 'File' },
          ]}
        />
      </header>
      {shown === 'operations' && <Operations operations={migration.operations} />}
      {shown === 'sql' && (
        <CodeBlock wrap label={`SQL of ${migration.name}`} text={sqlText(migration.operations)} />
      )}
      {shown === 'file' && <CodeBlock label={`File of ${migration.name}`} text={migration.code} />}
    </section>
  );
}

/** Operations as a list, those that lose data marked. */
function Operations({ operations }: { readonly operations: readonly MigrationOperation[] }) {
  return (
    <ol className="migration-operations">
      {operations.map((operation, index) => (
        <li key={index}>
          <span className="migration-operation-kind">{operation.kind}</span>
          <span>{operation.description}</span>
          {operation.destructive && (
            <span className="migration-destructive">
              <TriangleAlert size={13} aria-hidden /> loses what is stored there
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function sqlText(operations: readonly MigrationOperation[]): string {
  return operations
    .map(({ description, sql, sqlMissing }) => {
      const statements = sql?.join('\n') ?? '';
      return `-- ${description}\n${statements === '' ? `-- ${sqlMissing ?? 'No SQL: the database does not change.'}` : statements}`;
    })
    .join('\n\n');
}
