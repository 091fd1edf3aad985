import { useState } from 'react';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import type { TransferFormat } from '../../../shared/contract/database-transfer-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ExportDialogProps {
  readonly database: string;
  readonly table: string;
  readonly search: string;
  readonly filter: RowFilter | null;
  readonly onClose: () => void;
}

const FORMATS: readonly { readonly value: TransferFormat; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'json', label: 'JSON' },
  { value: 'sql', label: 'SQL' },
];

/** Writes the rows that are shown into a file; a job, so that the work goes on. */
export function ExportDialog({ database, table, search, filter, onClose }: ExportDialogProps) {
  const { api, notify } = useStudio();
  const folder = useWorkspace((state) => state.workspace?.path ?? '');
  const [format, setFormat] = useState<TransferFormat>('csv');
  const [path, setPath] = useState(`${folder}/${table}.csv`);
  const narrowed = search !== '' || filter !== null;
  const start = (): void => {
    onClose();
    void attempt(notify, 'The rows were not exported', async () => {
      await api.call('database.export', { database, table, search, filter, format, path });
      notify({ kind: 'info', title: `Exporting to ${path}`, description: 'The jobs say how far it is.' });
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Export ${table}`}
      description={
        narrowed ? 'Only the rows that are shown.' : 'All rows; every value is kept to the last digit.'
      }
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={path === ''} onClick={start}>
            Export
          </Button>
        </>
      }
    >
      <div className="transfer-form">
        <Segmented
          label="Format"
          value={format}
          choices={FORMATS}
          onChange={(next) => {
            setPath((before) => before.replace(/\.(csv|json|sql)$/, `.${next}`));
            setFormat(next);
          }}
        />
        <TextField code aria-label="File" value={path} onChange={setPath} />
      </div>
    </Dialog>
  );
}
