import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { EditConflict } from '../../../shared/contract/database-changes.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { textOf } from './cell-text.ts';
import { editId, rowId, type StagedChanges } from './staged-changes.ts';

interface ConflictTableProps {
  readonly conflicts: readonly EditConflict[];
  readonly changes: StagedChanges;
  readonly onSettle: (keep: 'mine' | 'theirs') => void;
}

/** What was changed meanwhile, beside what was to be written: the person decides. */
export function ConflictTable({ conflicts, changes, onSettle }: ConflictTableProps) {
  return (
    <section className="edits-conflicts" aria-label="Changed meanwhile">
      <Banner
        inset
        tone="warning"
        actions={
          <>
            <Button
              small
              onClick={() => {
                onSettle('theirs');
              }}
            >
              Keep what is there
            </Button>
            <Button
              small
              onClick={() => {
                onSettle('mine');
              }}
            >
              Keep mine
            </Button>
          </>
        }
      >
        {conflicts.length === 1
          ? 'A value was changed meanwhile; nothing was written.'
          : `${String(conflicts.length)} values were changed meanwhile; nothing was written.`}
      </Banner>
      <table>
        <thead>
          <tr>
            {['Row', 'Column', 'Was', 'Is now', 'Mine'].map((title) => (
              <th key={title}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ key, column, before, now }) => (
            <tr key={editId(key, column ?? '')}>
              <td>{key.map((part) => textOf(part).text).join(', ')}</td>
              <td>{column ?? '–'}</td>
              <td>{shown(before)}</td>
              <td>{now === null && before === null ? 'the row is gone' : shown(now)}</td>
              <td>
                {changes.deletes.has(rowId(key))
                  ? 'delete the row'
                  : shown(changes.edits.get(editId(key, column ?? ''))?.after ?? null)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shown(value: CellValue | null): string {
  return value === null ? 'the row is gone' : textOf(value).text;
}
