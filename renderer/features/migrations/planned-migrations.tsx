import { useState } from 'react';
import type { MigrationOperation, PlannedMigration } from '../../../shared/contract/migration-calls.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { OperationCard } from './operation-card.tsx';

/** Each migration that would be written: what its operations do, their SQL, its file. */
export function PlannedMigrations({ migrations }: { readonly migrations: readonly PlannedMigration[] }) {
  return migrations.map((migration) => (
    <PlannedMigrationCard key={`${migration.app}.${migration.name}`} migration={migration} />
  ));
}

type Shown = 'operations' | 'sql' | 'postgres' | 'file';

function PlannedMigrationCard({ migration }: { readonly migration: PlannedMigration }) {
  const [shown, setShown] = useState<Shown>('operations');
  const { app, name, operations, code } = migration;
  const postgres = hasPostgres(operations);
  return (
    <section className="planned-migration" aria-label={`${app} ${name}`}>
      <header>
        <h3 title={`${app} ${name}`}>
          <span className="planned-migration-app">{app}</span> {name}
        </h3>
        <Segmented
          label={`What to show of ${name}`}
          value={shown}
          onChange={setShown}
          choices={[
            { value: 'operations', label: 'Operations' },
            { value: 'sql', label: 'SQL' },
            ...(postgres ? [{ value: 'postgres' as const, label: 'PostgreSQL' }] : []),
            { value: 'file', label: 'File' },
          ]}
        />
      </header>
      {shown === 'operations' && (
        <ol className="migration-operations">
          {operations.map((operation) => (
            <OperationCard key={operation.id + operation.description} operation={operation} />
          ))}
        </ol>
      )}
      {shown === 'sql' && <CodeBlock wrap label={`SQL of ${name}`} text={sqlText(operations)} />}
      {shown === 'postgres' && (
        <CodeBlock wrap label={`PostgreSQL of ${name}`} text={postgresText(operations)} />
      )}
      {shown === 'file' && <CodeBlock label={`File of ${name}`} text={code} />}
    </section>
  );
}

/** Whether there is something to say of PostgreSQL: not where the project's own database is one. */
export function hasPostgres(operations: readonly MigrationOperation[]): boolean {
  return operations.some(({ postgres, postgresMissing }) => postgres !== null || postgresMissing !== null);
}

/** The statements for the project's own database, each under its operation. */
export function sqlText(operations: readonly MigrationOperation[]): string {
  return operations
    .map(({ description, sql, sqlMissing }) => statements(description, sql, sqlMissing))
    .join('\n\n');
}

/** The statements that PostgreSQL would be given. */
export function postgresText(operations: readonly MigrationOperation[]): string {
  return operations
    .map(({ description, postgres, postgresMissing }) => statements(description, postgres, postgresMissing))
    .join('\n\n');
}

function statements(description: string, sql: readonly string[] | null, missing: string | null): string {
  const all = sql?.join('\n') ?? '';
  return `-- ${description}\n${all === '' ? `-- ${missing ?? 'No SQL: the database does not change.'}` : all}`;
}
