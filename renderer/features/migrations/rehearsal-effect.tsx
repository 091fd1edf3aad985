import type { Rehearsal, TableEffect } from '../../../shared/contract/migration-calls.ts';
import { Banner } from '../../ui/banner.tsx';
import { classNames } from '../../ui/class-names.ts';

/** What a try on a copy did to the rows, table by table, before and after. */
export function RehearsalEffect({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { tables, failure, milliseconds } = rehearsal;
  return (
    <section className="rehearsal" aria-label="Effect on a copy">
      {failure === null ? (
        <p>On a copy it took {milliseconds.toLocaleString('en')} ms. Your database is as it was.</p>
      ) : (
        <Banner inset tone="danger">
          On a copy it failed; your database is as it was. {failure}
        </Banner>
      )}
      {tables.length === 0 ? (
        failure === null && <p>No row and no value changed in number.</p>
      ) : (
        <table className="rehearsal-table">
          <thead>
            <tr>
              <th scope="col">Table or column</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>{tables.map(TableRows)}</tbody>
        </table>
      )}
    </section>
  );
}

function TableRows({ table, renamedTo, before, after, columns }: TableEffect) {
  return [
    <tr key={table} className={classNames(isLess(before, after) && 'rehearsal-lost')}>
      <th scope="row">{renamedTo === null ? table : `${table} → ${renamedTo}`}</th>
      <td>{count(before, 'row')}</td>
      <td>{count(after, 'row')}</td>
    </tr>,
    ...columns.map((column) => (
      <tr
        key={`${table}.${column.name}`}
        className={classNames('rehearsal-column', isLess(column.before, column.after) && 'rehearsal-lost')}
      >
        <th scope="row">{column.name}</th>
        <td>{count(column.before, 'value')}</td>
        <td>{count(column.after, 'value')}</td>
      </tr>
    )),
  ];
}

function count(number: number | null, noun: string): string {
  if (number === null) return 'not there';
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function isLess(before: number | null, after: number | null): boolean {
  return before !== null && before > (after ?? 0);
}
