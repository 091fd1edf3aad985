import { NumberField as BaseNumberField } from '@base-ui/react/number-field';
import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import './text-field.css';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** For paths, names and expressions. */
  readonly code?: boolean;
}

/** One line of text. */
export function TextField({ onChange, code = false, className, ...rest }: TextFieldProps) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      {...rest}
      className={classNames('text-field', code && 'text-field-code', className)}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly code?: boolean;
}

/** Several lines of text. */
export function TextArea({ onChange, code = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      spellCheck={false}
      {...rest}
      className={classNames('text-field', code && 'text-field-code', className)}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}

/** A text field that filters what stands below it. */
export function SearchField({ className, ...rest }: TextFieldProps) {
  return (
    <div className={classNames('search-field', className)}>
      <Search size={13} aria-hidden />
      <TextField type="search" {...rest} />
    </div>
  );
}

interface NumberFieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly id?: string;
  readonly disabled?: boolean;
  /** Its accessible name where no label stands beside it. */
  readonly label?: string;
  readonly describedBy?: string | undefined;
}

/** A whole number with steps; reports when the field is left or a step is taken. */
export function NumberField({ value, onChange, label, describedBy, ...rest }: NumberFieldProps) {
  return (
    <BaseNumberField.Root
      {...rest}
      value={value}
      onValueCommitted={onChange}
      format={{ useGrouping: false, maximumFractionDigits: 0 }}
      className="number-field"
    >
      <BaseNumberField.Input className="text-field" aria-label={label} aria-describedby={describedBy} />
      <span className="number-field-steps">
        <BaseNumberField.Increment className="number-field-step">
          <ChevronUp size={11} aria-hidden />
        </BaseNumberField.Increment>
        <BaseNumberField.Decrement className="number-field-step">
          <ChevronDown size={11} aria-hidden />
        </BaseNumberField.Decrement>
      </span>
    </BaseNumberField.Root>
  );
}
