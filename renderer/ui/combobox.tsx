import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { Choice } from './select.tsx';
import './popup.css';
import './text-field.css';
import './combobox.css';

interface ComboboxProps {
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** Takes over the search: what is typed is told, and the choices that come back are all shown. */
  readonly onSearch?: (text: string) => void;
  /** Said when nothing matches what is typed. */
  readonly empty?: string;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly label?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

/** One out of many: typing filters the list. */
export function Combobox(props: ComboboxProps) {
  const { choices, value, onChange, placeholder, empty = 'Nothing matches.', disabled = false } = props;
  const chosen = choices.find((choice) => choice.value === value) ?? null;
  return (
    <BaseCombobox.Root
      items={choices}
      value={chosen}
      disabled={disabled}
      autoHighlight
      {...(props.onSearch === undefined ? {} : { filter: null })}
      onInputValueChange={(text, { reason }) => {
        // Choosing and closing change the text too, and search for nothing.
        props.onSearch?.(reason === 'input-change' ? text : '');
      }}
      itemToStringLabel={(choice: Choice) => choice.label}
      itemToStringValue={(choice: Choice) => choice.value}
      isItemEqualToValue={(one: Choice, other: Choice) => one.value === other.value}
      onValueChange={(choice: Choice | null) => {
        if (choice !== null) onChange(choice.value);
      }}
    >
      <BaseCombobox.InputGroup className="combobox">
        <BaseCombobox.Input
          id={props.id}
          aria-label={props.label}
          aria-describedby={props['aria-describedby']}
          aria-invalid={props['aria-invalid']}
          placeholder={placeholder}
          spellCheck={false}
          className="text-field"
        />
        <BaseCombobox.Trigger className="combobox-trigger" aria-label="Show the list">
          <ChevronsUpDown size={13} aria-hidden />
        </BaseCombobox.Trigger>
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner className="popup-positioner" sideOffset={4} collisionPadding={8}>
          <BaseCombobox.Popup className="popup">
            <BaseCombobox.Empty className="popup-empty">{empty}</BaseCombobox.Empty>
            <BaseCombobox.List>
              {(choice: Choice) => (
                <BaseCombobox.Item
                  key={choice.value}
                  value={choice}
                  disabled={choice.disabled ?? false}
                  className="popup-item"
                >
                  <span className="popup-item-mark">
                    <BaseCombobox.ItemIndicator>
                      <Check size={13} aria-hidden />
                    </BaseCombobox.ItemIndicator>
                  </span>
                  <span className="popup-item-label">{choice.label}</span>
                  {choice.detail !== undefined && <span className="popup-item-detail">{choice.detail}</span>}
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}
