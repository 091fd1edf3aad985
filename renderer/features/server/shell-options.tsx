import { useLayoutEffect, useRef } from 'react';
import type { ShellOption } from '../../../shared/contract/shell-calls.ts';
import { classNames } from '../../ui/class-names.ts';

interface ShellOptionsProps {
  readonly id: string;
  readonly options: readonly ShellOption[];
  readonly chosen: number;
  readonly onChoose: (option: ShellOption) => void;
}

const kinds: Readonly<Record<ShellOption['kind'], string>> = {
  name: '',
  function: 'call',
  field: 'field',
  lookup: 'lookup',
};

/** What could come next, above the line that is typed. */
export function ShellOptions({ id, options, chosen, onChoose }: ShellOptionsProps) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <ul ref={list} id={id} className="shell-options popup" role="listbox" aria-label="Completions">
      {options.map((option, index) => (
        <li
          key={option.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={classNames('shell-option', index === chosen && 'shell-option-chosen')}
          // Not a click: the field must keep the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(option);
          }}
        >
          <span>{option.text}</span>
          <span className="shell-option-kind">{kinds[option.kind]}</span>
        </li>
      ))}
    </ul>
  );
}
