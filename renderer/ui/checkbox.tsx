import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check, Minus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import './checkbox.css';

interface ToggleProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** A choice that takes effect with the form it stands in. */
export function Checkbox({
  label,
  help,
  checked,
  onChange,
  disabled = false,
  indeterminate = false,
}: ToggleProps & { readonly indeterminate?: boolean }) {
  const id = useId();
  return (
    <label className="checkbox-row" htmlFor={id}>
      <BaseCheckbox.Root
        id={id}
        className="checkbox"
        checked={checked}
        indeterminate={indeterminate}
        disabled={disabled}
        onCheckedChange={onChange}
      >
        <BaseCheckbox.Indicator className="checkbox-indicator">
          {indeterminate ? <Minus size={12} aria-hidden /> : <Check size={12} strokeWidth={3} aria-hidden />}
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className="toggle-text">
        {label}
        {help !== undefined && <span className="toggle-help">{help}</span>}
      </span>
    </label>
  );
}

/** A choice that takes effect at once. */
export function Switch({ label, help, checked, onChange, disabled = false }: ToggleProps) {
  const id = useId();
  return (
    <label className="switch-row" htmlFor={id}>
      <BaseSwitch.Root
        id={id}
        className="switch"
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
      >
        <BaseSwitch.Thumb className="switch-thumb" />
      </BaseSwitch.Root>
      <span className="toggle-text">
        {label}
        {help !== undefined && <span className="toggle-help">{help}</span>}
      </span>
    </label>
  );
}
