import { Boxes, Download, Ellipsis, Filter, Plus, RefreshCw, Undo2, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { ModelTable } from '../../../shared/contract/database-model-calls.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { PaneHeader } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { countChanges, type StagedChanges } from './staged-changes.ts';
import type { TableRows } from './use-table-rows.ts';

interface TableHeaderProps {
  readonly table: DatabaseTable;
  readonly parts: ReactNode;
  readonly rows: TableRows;
  readonly search: string;
  readonly changes: StagedChanges;
  readonly filtering: boolean;
  /** Whether stored values are shown in the place of Django's words. */
  readonly stored: boolean;
  /** The table as Django sees it; null where it does not. */
  readonly described: ModelTable | null;
  readonly onSearch: (search: string) => void;
  readonly onStored: (stored: boolean) => void;
  readonly onFiltering: (filtering: boolean) => void;
  readonly onAdd: () => void;
  readonly onReview: () => void;
  readonly onDiscard: () => void;
  /** Takes what was applied last back; null where there is nothing to take back. */
  readonly onUndo: (() => void) | null;
  readonly onExport: () => void;
  readonly onImport: () => void;
}

/** What is shown of a table, how many rows it has, and the changes that wait. */
export function TableHeader(props: TableHeaderProps) {
  const { table, parts, rows, search, changes, filtering, stored, described } = props;
  const waiting = countChanges(changes);
  return (
    <PaneHeader
      title={table.name}
      detail={
        rows.total === null ? undefined : rows.total === 1 ? '1 row' : `${rows.total.toLocaleString()} rows`
      }
      actions={
        <>
          {rows.reading && <Spinner />}
          {waiting > 0 && (
            <>
              <Badge tone="warning">{waiting === 1 ? '1 edit' : `${String(waiting)} edits`}</Badge>
              <Button small kind="quiet" onClick={props.onDiscard}>
                Discard
              </Button>
              <Button small kind="primary" onClick={props.onReview}>
                Review and apply…
              </Button>
            </>
          )}
          {props.onUndo !== null && (
            <IconButton icon={Undo2} label="Take the last changes back" onClick={props.onUndo} />
          )}
          <SearchField
            aria-label="Search rows"
            placeholder="Search rows"
            value={search}
            onChange={props.onSearch}
          />
          <IconButton
            icon={Filter}
            label="Filter rows"
            pressed={filtering}
            onClick={() => {
              props.onFiltering(!filtering);
            }}
          />
          <IconButton icon={Plus} label="New row" disabled={table.readOnly !== null} onClick={props.onAdd} />
          {described !== null && (
            <Segmented
              label="How values are shown"
              value={stored ? 'stored' : 'django'}
              onChange={(value) => {
                props.onStored(value === 'stored');
              }}
              choices={[
                { value: 'django', label: 'Django' },
                { value: 'stored', label: 'Stored' },
              ]}
            />
          )}
          <Menu
            align="end"
            trigger={<IconButton icon={Ellipsis} label="Export and import" />}
            entries={[
              { kind: 'item', id: 'export', label: 'Export rows…', icon: Download, onChoose: props.onExport },
              {
                ...{ kind: 'item', id: 'import', label: 'Import rows…', icon: Upload },
                disabled: table.readOnly !== null,
                onChoose: props.onImport,
              },
            ]}
          />
          <ModelButton model={table.model} />
          <IconButton icon={RefreshCw} label="Read the rows again" onClick={rows.reload} />
          {parts}
        </>
      }
    />
  );
}

function ModelButton({ model }: { readonly model: string | null }) {
  const { shell, designer } = useStudio();
  if (model === null) return null;
  return (
    <IconButton
      icon={Boxes}
      label={`Show the model ${model}`}
      onClick={() => {
        designer.reveal(model);
        shell.show('models');
      }}
    />
  );
}
