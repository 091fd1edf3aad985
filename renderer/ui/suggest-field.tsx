import { Autocomplete } from '@base-ui/react/autocomplete';
import { useState, type KeyboardEvent } from 'react';
import type { Choice } from './select.tsx';
import './popup.css';
import './text-field.css';

interface SuggestFieldProps {
  readonly suggestions: readonly Choice[];
  /** Whatever is typed; it need not be one of the suggestions. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A suggestion was taken. */
  readonly onChoose: (value: string) => void;
  /** Enter takes what is typed, where no suggestion is marked; without it the key belongs to the form. */
  readonly onEnter?: (value: string) => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly code?: boolean;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

// More than this is not looked through but typed.
const SHOWN = 200;

/** One line of text with a list of what it often is: typing filters the list. */
export function SuggestField(props: SuggestFieldProps) {
  const { suggestions, value, onChange, onChoose, onEnter, label, placeholder, code = false } = props;
  const [open, setOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMarked = event.currentTarget.getAttribute('aria-activedescendant') !== null;
    if (event.key !== 'Enter' || onEnter === undefined || isMarked || value.trim() === '') return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    onEnter(value);
  };
  return (
    <Autocomplete.Root
      items={suggestions}
      limit={SHOWN}
      value={value}
      openOnInputClick={false}
      // A list of nothing would cover what stands below the field.
      open={open && suggestions.some((choice) => matches(choice, value))}
      onOpenChange={setOpen}
      itemToStringValue={(choice: Choice) => choice.value}
      filter={matches}
      onValueChange={(next, { reason }) => {
        if (reason === 'item-press') onChoose(next);
        else onChange(next);
      }}
    >
      <Autocomplete.Input
        aria-label={label}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid']}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        className={code ? 'text-field text-field-code' : 'text-field'}
        onKeyDownCapture={onKeyDown}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className="popup-positioner" sideOffset={4} collisionPadding={8}>
          <Autocomplete.Popup className="popup popup-suggestions">
            <Autocomplete.List>
              {(choice: Choice) => (
                <Autocomplete.Item key={choice.value} value={choice} className="popup-item">
                  <span className="popup-item-label">{choice.label}</span>
                  {choice.detail !== undefined && <span className="popup-item-detail">{choice.detail}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

/** Every typed word stands somewhere in the label or its detail. */
function matches({ label, detail }: Choice, query: string): boolean {
  const text = `${label} ${detail ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
