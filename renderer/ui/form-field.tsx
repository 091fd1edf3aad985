import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import './form-field.css';

/** What a control takes over from the field it stands in. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FormFieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  /** What is wrong with the value, in a sentence. */
  readonly problem?: string | null | undefined;
  readonly optional?: boolean;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A control with its label, its help and what is wrong with it. */
export function FormField({ label, help, problem, optional = false, children }: FormFieldProps) {
  const id = useId();
  const hasProblem = problem !== undefined && problem !== null;
  const described = [hasProblem && `${id}-problem`, help !== undefined && `${id}-help`].filter(Boolean);
  return (
    <div className="form-field">
      <label className="form-field-label" htmlFor={id}>
        {label}
        {optional && <span className="form-field-optional">optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': hasProblem ? true : undefined,
      })}
      {hasProblem && (
        <div className="form-field-problem" id={`${id}-problem`} role="alert">
          <CircleAlert size={13} aria-hidden />
          {problem}
        </div>
      )}
      {help !== undefined && (
        <div className="form-field-help" id={`${id}-help`}>
          {help}
        </div>
      )}
    </div>
  );
}
