import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { Interpreter } from '../../shared/contract/workspace-calls.ts';
import { classNames } from './class-names.ts';
import './interpreter-list.css';

interface InterpreterListProps {
  readonly label: string;
  readonly interpreters: readonly Interpreter[];
  readonly value: string | null;
  readonly onChange: (path: string) => void;
  readonly describedBy?: string | undefined;
}

/** The Python interpreters of this machine: which version, why it is listed, and why one can't be used. */
export function InterpreterList({ label, interpreters, value, onChange, describedBy }: InterpreterListProps) {
  return (
    <RadioGroup
      className="interpreter-list"
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onValueChange={(next) => {
        if (typeof next === 'string') onChange(next);
      }}
    >
      {interpreters.map((interpreter) => (
        <label
          key={interpreter.path}
          className={classNames('interpreter', interpreter.problem !== null && 'interpreter-unusable')}
        >
          <Radio.Root
            className="interpreter-radio"
            value={interpreter.path}
            disabled={interpreter.problem !== null}
          >
            <Radio.Indicator className="interpreter-mark" />
          </Radio.Root>
          <span className="interpreter-name">Python {interpreter.version ?? '(unknown version)'}</span>
          <span className="interpreter-reason">
            {interpreter.django === null
              ? interpreter.reason
              : `${interpreter.reason} · Django ${interpreter.django}`}
          </span>
          <span className="interpreter-path" title={interpreter.path}>
            {interpreter.path}
          </span>
          {interpreter.problem !== null && <span className="interpreter-problem">{interpreter.problem}</span>}
        </label>
      ))}
    </RadioGroup>
  );
}
