import { X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { FieldControl } from '../ui/form-field.tsx';
import type { Choice } from '../ui/select.tsx';
import { SuggestField } from '../ui/suggest-field.tsx';
import './names-field.css';

interface NamesFieldProps {
  readonly label: string;
  readonly value: readonly string[];
  /** What is offered; other names can be typed. */
  readonly suggestions: readonly Choice[];
  readonly placeholder?: string;
  readonly control?: FieldControl;
  readonly onChange: (names: readonly string[]) => void;
}

/** Several names in an order of their own: chosen from a list or typed, moved with Alt and the arrows. */
export function NamesField({
  label,
  value,
  suggestions,
  placeholder = 'Add a name',
  control,
  onChange,
}: NamesFieldProps) {
  const [typed, setTyped] = useState('');
  const add = (name: string): void => {
    setTyped('');
    if (name.trim() !== '' && !value.includes(name.trim())) onChange([...value, name.trim()]);
  };
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (event.altKey && step !== undefined) {
      event.preventDefault();
      onChange(moved(value, at, at + step));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      onChange(value.filter((_, other) => other !== at));
    }
  };
  const unused = suggestions.filter((choice) => !value.includes(choice.value));
  return (
    <div
      className="names-field"
      role="group"
      aria-label={label}
      aria-describedby={control?.['aria-describedby']}
    >
      {value.length > 0 && (
        <ol className="names-field-names" aria-label={`${label} in their order`}>
          {value.map((name, at) => (
            <li key={name}>
              <button
                type="button"
                className="name-chip"
                title="Alt and an arrow key move it; Delete takes it out"
                aria-label={`${name}, take out`}
                onKeyDown={(event) => {
                  onKeyDown(event, at);
                }}
                onClick={() => {
                  onChange(value.filter((other) => other !== name));
                }}
              >
                {name}
                <X size={11} aria-hidden />
              </button>
            </li>
          ))}
        </ol>
      )}
      <SuggestField
        code
        label={`Add to ${label}`}
        placeholder={placeholder}
        suggestions={unused}
        value={typed}
        onChange={setTyped}
        onChoose={add}
        onEnter={add}
      />
    </div>
  );
}

/** The list with the one at a place put to another; a place outside of it changes nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}
