import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { ShellOption } from '../../../shared/contract/shell-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useDjangoShell, useStudio } from '../../stores/studio-context.tsx';
import { ShellOptions } from './shell-options.tsx';
import { withCompletion } from './shell-rows.ts';

interface Completions {
  readonly start: number;
  readonly options: readonly ShellOption[];
  readonly chosen: number;
}

/** Where one types: Enter runs what is whole, arrows go through what was typed before, Tab completes. */
export function ShellInput() {
  const { djangoShell: shell, notify } = useStudio();
  const phase = useDjangoShell((state) => state.status.phase);
  const history = useDjangoShell((state) => state.history);
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  // How far back one has gone; 0 is what is being typed, which is kept meanwhile.
  const [back, setBack] = useState(0);
  const draft = useRef('');
  const [completions, setCompletions] = useState<Completions | null>(null);
  const listId = useId();
  const ready = phase === 'ready';

  const put = (next: string, cursor = next.length): void => {
    setText(next);
    requestAnimationFrame(() => box.current?.setSelectionRange(cursor, cursor));
  };

  const complete = async (): Promise<void> => {
    const cursor = box.current?.selectionStart ?? text.length;
    const { start, options } = await shell.complete(text.slice(0, cursor));
    const [only] = options;
    if (box.current?.value !== text) return; // typed on meanwhile
    if (options.length === 1 && only !== undefined) accept(start, cursor, only);
    else setCompletions(options.length === 0 ? null : { start, options, chosen: 0 });
  };

  const accept = (start: number, cursor: number, option: ShellOption): void => {
    setCompletions(null);
    const next = withCompletion(text, cursor, start, option);
    put(next.text, next.cursor);
  };

  const run = async (whole: boolean): Promise<void> => {
    if (!ready || text.trim() === '') return;
    const cursor = box.current?.selectionStart ?? text.length;
    // In the middle of an input Enter is a line break, as in any editor.
    const inside = text.slice(cursor).includes('\n');
    if (!whole && inside) {
      put(`${text.slice(0, cursor)}\n${text.slice(cursor)}`, cursor + 1);
      return;
    }
    if (await shell.run(text, whole)) {
      setText('');
      setBack(0);
    } else put(`${text}\n${indentAfter(text)}`);
  };

  const recall = (steps: number): void => {
    const next = Math.min(Math.max(back + steps, 0), history.length);
    if (next === back) return;
    if (back === 0) draft.current = text;
    setBack(next);
    put(next === 0 ? draft.current : (history.at(-next) ?? ''));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const action = completions === null ? null : listAction(event, completions);
    if (action !== null) action();
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.nativeEvent.isComposing) {
      void attempt(notify, 'The input was not run', () => run(event.ctrlKey || event.metaKey));
    } else if (event.key === 'Tab' && !event.shiftKey && /\S$/.test(beforeCursor(event))) {
      if (ready) void attempt(notify, 'Nothing could be completed', complete);
    } else if (event.key === 'ArrowUp' && !beforeCursor(event).includes('\n')) recall(1);
    else if (event.key === 'ArrowDown' && !afterCursor(event).includes('\n')) recall(-1);
    else if (event.key.toLowerCase() === 'c' && event.ctrlKey && phase === 'busy' && nothingSelected(event)) {
      void attempt(notify, 'The shell was not interrupted', shell.interrupt);
    } else if (event.key.toLowerCase() === 'l' && event.ctrlKey) {
      void attempt(notify, 'The shell was not cleared', shell.forget);
    } else return;
    event.preventDefault();
  };

  const listAction = (event: KeyboardEvent, { start, options, chosen }: Completions): (() => void) | null => {
    const go = (step: number) => () => {
      setCompletions({ start, options, chosen: (chosen + step + options.length) % options.length });
    };
    if (event.key === 'ArrowDown') return go(1);
    if (event.key === 'ArrowUp') return go(-1);
    const option = options[chosen];
    if ((event.key === 'Enter' || event.key === 'Tab') && option !== undefined)
      return () => {
        accept(start, box.current?.selectionStart ?? text.length, option);
      };
    if (event.key === 'Escape')
      return () => {
        setCompletions(null);
      };
    return null;
  };

  return (
    <div className="shell-input">
      {completions !== null && (
        <ShellOptions
          id={listId}
          options={completions.options}
          chosen={completions.chosen}
          onChoose={(option) => {
            accept(completions.start, box.current?.selectionStart ?? text.length, option);
            box.current?.focus();
          }}
        />
      )}
      <span className="shell-prompt" aria-hidden>
        {'>>> '}
      </span>
      <textarea
        ref={box}
        aria-label="Input of the shell"
        role="combobox"
        aria-expanded={completions !== null}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={completions === null ? undefined : `${listId}-${completions.chosen}`}
        rows={Math.min(text.split('\n').length, 12)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        placeholder={phase === 'busy' ? 'Running… Ctrl+C interrupts' : ''}
        onChange={({ target }) => {
          setText(target.value);
          setCompletions(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setCompletions(null);
        }}
      />
    </div>
  );
}

/** The indent that the next line begins with: one deeper behind a colon. */
function indentAfter(text: string): string {
  const line = text.split('\n').at(-1) ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return line.trimEnd().endsWith(':') ? `${indent}    ` : indent;
}

function beforeCursor({ currentTarget: box }: KeyboardEvent<HTMLTextAreaElement>): string {
  return box.value.slice(0, box.selectionStart);
}

function afterCursor({ currentTarget: box }: KeyboardEvent<HTMLTextAreaElement>): string {
  return box.value.slice(box.selectionEnd);
}

function nothingSelected({ currentTarget: box }: KeyboardEvent<HTMLTextAreaElement>): boolean {
  return box.selectionStart === box.selectionEnd;
}
