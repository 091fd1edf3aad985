import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { classNames } from './class-names.ts';
import './popup.css';
import './select.css';

/** One thing to choose. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** Faint text behind the label. */
  readonly detail?: string | undefined;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly id?: string;
  /** Its accessible name where no label stands beside it. */
  readonly label?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

/** One out of a few. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { choices, value, onChange, placeholder = 'Choose…', small = false, disabled = false } = props;
  return (
    <BaseSelect.Root
      items={choices.map(({ value: item, label }) => ({ value: item, label }))}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <BaseSelect.Trigger
        id={props.id}
        aria-label={props.label}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid']}
        className={classNames('select-trigger', small && 'select-trigger-small')}
      >
        <BaseSelect.Value className="select-value" placeholder={placeholder} />
        <BaseSelect.Icon>
          <ChevronsUpDown size={13} aria-hidden />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          className="popup-positioner"
          sideOffset={4}
          collisionPadding={8}
          alignItemWithTrigger={false}
        >
          <BaseSelect.Popup className="popup">
            {choices.map((choice) => (
              <BaseSelect.Item
                key={choice.value}
                value={choice.value}
                disabled={choice.disabled ?? false}
                className="popup-item"
              >
                <span className="popup-item-mark">
                  <BaseSelect.ItemIndicator>
                    <Check size={13} aria-hidden />
                  </BaseSelect.ItemIndicator>
                </span>
                <BaseSelect.ItemText className="popup-item-label">{choice.label}</BaseSelect.ItemText>
                {choice.detail !== undefined && <span className="popup-item-detail">{choice.detail}</span>}
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
