import { useEffect, useState, type ReactNode } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { TableIndex, TableReference, TableStructure } from '../../../shared/contract/query-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Spinner } from '../../ui/progress.tsx';

interface TableStructureProps {
  readonly database: string;
  readonly table: DatabaseTable;
  /** Shows another table. */
  readonly onChoose: (table: string) => void;
}

/** How a table is made: columns, indexes, references both ways, triggers, DDL. */
export function TableStructureView({ database, table, onChoose }: TableStructureProps) {
  const { api } = useStudio();
  const [structure, setStructure] = useState<TableStructure | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.call('database.structure', { database, table: table.name }).then(setStructure, (error: unknown) => {
      setProblem(failureOf(error).message);
    });
  }, [api, database, table]);
  if (problem !== null) return <Banner tone="danger">{problem}</Banner>;
  if (structure === null) return <Spinner />;
  const { indexes, references, referencedBy, triggers, sql } = structure;
  return (
    <div className="structure">
      <Part title="Columns" head={['Name', 'Type', 'Default', '']}>
        {table.columns.map((column) => (
          <tr key={column.name}>
            <td className="structure-name">{column.name}</td>
            <td>{column.type.toLowerCase()}</td>
            <td>{column.default ?? ''}</td>
            <td>
              {column.primaryKey > 0 && <Badge>primary key</Badge>}
              {column.notNull && <Badge>not null</Badge>}
              {column.generated && <Badge>generated</Badge>}
            </td>
          </tr>
        ))}
      </Part>
      <Part title="Indexes" head={['Name', 'Columns', '']}>
        {indexes.map((index) => (
          <IndexRow key={index.name} index={index} />
        ))}
      </Part>
      <Part title="Refers to" head={['Columns', 'Table', 'When that is deleted']}>
        {references.map((reference) => (
          <ReferenceRow
            key={keyOf(reference)}
            columns={reference.columns}
            other={reference.toTable}
            {...{ reference, onChoose }}
          />
        ))}
      </Part>
      <Part title="Referred to by" head={['Columns', 'Table', 'When this is deleted']}>
        {referencedBy.map((reference) => (
          <ReferenceRow
            key={keyOf(reference)}
            columns={reference.columns}
            other={reference.table}
            {...{ reference, onChoose }}
          />
        ))}
      </Part>
      {triggers.map((trigger) => (
        <section key={trigger.name}>
          <h3>Trigger {trigger.name}</h3>
          <CodeBlock wrap label={`SQL of the trigger ${trigger.name}`} text={trigger.sql} />
        </section>
      ))}
      <section>
        <h3>SQL</h3>
        <CodeBlock wrap label={`SQL of ${table.name}`} text={sql} />
      </section>
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly children: readonly ReactNode[];
}

/** A small table under a title; nothing where it has no rows. */
function Part({ title, head, children }: PartProps) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

const ORIGINS = { index: null, unique: 'unique constraint', 'primary-key': 'primary key' } as const;

function IndexRow({ index }: { readonly index: TableIndex }) {
  const origin = ORIGINS[index.origin];
  return (
    <tr>
      <td className="structure-name">{index.name}</td>
      <td>{index.columns.map((column) => column ?? 'expression').join(', ')}</td>
      <td>
        {index.unique && origin === null && <Badge>unique</Badge>}
        {origin !== null && <Badge>{origin}</Badge>}
        {index.partial && <Badge>with a condition</Badge>}
      </td>
    </tr>
  );
}

interface ReferenceRowProps {
  readonly reference: TableReference;
  readonly columns: readonly string[];
  readonly other: string;
  readonly onChoose: (table: string) => void;
}

function ReferenceRow({ reference, columns, other, onChoose }: ReferenceRowProps) {
  return (
    <tr>
      <td className="structure-name">{columns.join(', ')}</td>
      <td>
        <button
          type="button"
          className="structure-link"
          onClick={() => {
            onChoose(other);
          }}
        >
          {other}
        </button>
      </td>
      <td>{reference.onDelete.toLowerCase()}</td>
    </tr>
  );
}

function keyOf({ table, columns, toTable }: TableReference): string {
  return [table, ...columns, toTable].join(' ');
}
