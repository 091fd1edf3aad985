import { X } from 'lucide-react';
import type { NamedValue } from '../../stores/request-draft.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface PairTableProps {
  /** What one line is: "header". */
  readonly thing: string;
  readonly pairs: readonly NamedValue[];
  readonly onChange: (pairs: readonly NamedValue[]) => void;
}

/** Names and values, a line each; the empty line at the end becomes another one. */
export function PairTable({ thing, pairs, onChange }: PairTableProps) {
  const lines = [...pairs, { name: '', value: '' }];
  const set = (index: number, change: Partial<NamedValue>): void => {
    onChange(
      lines
        .map((pair, at) => (at === index ? { ...pair, ...change } : pair))
        .filter(({ name, value }, at) => at < pairs.length || name !== '' || value !== ''),
    );
  };
  return (
    <ul className="request-pairs">
      {lines.map((pair, index) => (
        <li key={index}>
          <TextField
            code
            aria-label={`Name of ${thing} ${index + 1}`}
            placeholder={index === pairs.length ? `New ${thing}` : 'Name'}
            value={pair.name}
            onChange={(name) => {
              set(index, { name });
            }}
          />
          <TextField
            code
            aria-label={`Value of ${thing} ${index + 1}`}
            placeholder="Value"
            value={pair.value}
            onChange={(value) => {
              set(index, { value });
            }}
          />
          <IconButton
            icon={X}
            label={`Remove ${thing} ${pair.name}`}
            className={index === pairs.length ? 'request-pair-new' : undefined}
            disabled={index === pairs.length}
            onClick={() => {
              onChange(pairs.filter((_, at) => at !== index));
            }}
          />
        </li>
      ))}
    </ul>
  );
}
