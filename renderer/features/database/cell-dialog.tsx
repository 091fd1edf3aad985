import { useEffect, useState } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { textOf } from './cell-text.ts';

interface CellDialogProps {
  readonly database: string;
  readonly table: string;
  /** Key of the row. */
  readonly row: readonly CellValue[];
  readonly column: string;
  readonly onClose: () => void;
}

/** One whole value, up to a megabyte of it. */
export function CellDialog({ database, table, row, column, onClose }: CellDialogProps) {
  const { api } = useStudio();
  const [value, setValue] = useState<CellValue | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.call('database.cell', { database, table, key: [...row], column }).then(setValue, (error: unknown) => {
      setProblem(failureOf(error).message);
    });
  }, [api, database, table, row, column]);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${table}.${column}`}
      description={value === null ? undefined : describe(value)}
      width="wide"
      foot={<Button onClick={onClose}>Close</Button>}
    >
      {problem !== null && (
        <Banner inset tone="danger">
          {problem}
        </Banner>
      )}
      {value === null && problem === null && <Spinner />}
      {value !== null && (
        <CodeBlock
          label={`Value of ${column}`}
          text={value.kind === 'blob' ? value.hex : textOf(value).text}
          maxHeight={480}
        />
      )}
    </Dialog>
  );
}

function describe(value: CellValue): string {
  if (value.kind === 'blob') return `${value.bytes.toLocaleString()} bytes, as hexadecimal digits`;
  if (value.kind === 'text' && value.bytes !== undefined) {
    return `The beginning of ${value.bytes.toLocaleString()} bytes of text`;
  }
  return value.kind;
}
