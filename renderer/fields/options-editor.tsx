import { useState, type ReactNode } from 'react';
import type { FieldOption } from '../../shared/django/catalogue/field-type.ts';
import type { Operation } from '../../shared/django/operations.ts';
import type { Place } from '../../shared/django/source-place.ts';
import { attempt } from '../stores/notices.ts';
import { useStudio } from '../stores/studio-context.tsx';
import { useProposal } from '../stores/use-proposal.ts';
import { Button } from '../ui/button.tsx';
import type { Choice } from '../ui/select.tsx';
import { SuggestField } from '../ui/suggest-field.tsx';
import { OptionControl } from './option-control.tsx';
import './options-editor.css';

/** One option as it stands in the source. */
export interface WrittenOption {
  readonly name: string;
  readonly code: string;
  readonly place: Place | null;
}

interface OptionsEditorProps {
  /** What they are options of: "Meta of Book". */
  readonly label: string;
  readonly options: readonly WrittenOption[];
  /** What Django knows; others are edited as code. */
  readonly known: readonly FieldOption[];
  /** What lists of names are chosen from. */
  readonly names?: readonly Choice[];
  readonly models?: readonly Choice[];
  readonly disabled?: boolean;
  /** Said where nothing is set. */
  readonly empty?: string;
  /** Options are changed and taken away, but none is added. */
  readonly closed?: boolean;
  /** What the line for a new option says. */
  readonly addLabel?: string;
  /** More that can be done with an option that is set. */
  readonly more?: (option: WrittenOption) => ReactNode;
  /** The change that sets an option to this code; null takes it away. */
  readonly operation: (option: string, code: string | null) => Operation;
}

/** The options of a class as lines of name and code; a press on one opens the control that fits it. */
export function OptionsEditor(props: OptionsEditorProps) {
  const { label, options, known, disabled = false, closed = false, empty } = props;
  const [open, setOpen] = useState<string | null>(null);
  const set = new Set(options.map(({ name }) => name));
  const close = (): void => {
    setOpen(null);
  };
  return (
    <div className="options-editor">
      {options.length === 0 && open === null && empty !== undefined && (
        <p className="options-empty">{empty}</p>
      )}
      <ul aria-label={label}>
        {options.map((option) => (
          <li key={option.name}>
            {open === option.name ? (
              <OptionForm {...props} name={option.name} written={option} onClose={close} />
            ) : (
              <OptionLine
                option={option}
                disabled={disabled}
                onOpen={() => {
                  setOpen(option.name);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {open !== null && !set.has(open) && (
        <OptionForm {...props} name={open} written={null} onClose={close} />
      )}
      {!disabled && !closed && open === null && (
        <AddOption
          label={label}
          placeholder={props.addLabel ?? 'Set an option'}
          known={known.filter(({ name }) => !set.has(name))}
          onChoose={(name) => {
            setOpen(name);
          }}
        />
      )}
    </div>
  );
}

interface OptionLineProps {
  readonly option: WrittenOption;
  readonly disabled: boolean;
  readonly onOpen: () => void;
}

function OptionLine({ option: { name, code, place }, disabled, onOpen }: OptionLineProps) {
  const { editor, notify } = useStudio();
  const show = (): void => {
    if (place !== null) void attempt(notify, 'The code can’t be shown', () => editor.reveal(place));
  };
  return (
    <button
      type="button"
      className="option-line"
      title={disabled ? `${name} = ${code}` : `Change ${name}`}
      onClick={disabled ? show : onOpen}
    >
      <span className="option-line-name">{name}</span>
      <code className="option-line-code">{code.replaceAll(/\s+/g, ' ')}</code>
    </button>
  );
}

interface OptionFormProps extends OptionsEditorProps {
  readonly name: string;
  /** null: it is not set yet. */
  readonly written: WrittenOption | null;
  readonly onClose: () => void;
}

function OptionForm(props: OptionFormProps) {
  const { name, written, known, names = [], models = [], operation, onClose } = props;
  const { editor, notify } = useStudio();
  const { propose, problem, busy } = useProposal();
  const [code, setCode] = useState(written?.code ?? null);
  const send = (next: string | null): void => {
    void propose([operation(name, next)]).then((done) => {
      if (done) onClose();
    });
  };
  const unchanged = code === (written?.code ?? null);
  const place = written?.place ?? null;
  return (
    <form
      className="option-form"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        if (!unchanged) send(code);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && unchanged) onClose();
      }}
    >
      <OptionControl
        option={known.find((option) => option.name === name) ?? codeOption(name)}
        code={code}
        problem={problem ?? undefined}
        numeric={false}
        models={models}
        names={names}
        onChange={setCode}
      />
      <div className="option-form-foot">
        {written !== null && (
          <Button
            small
            kind="quiet"
            onClick={() => {
              send(null);
            }}
          >
            Take away…
          </Button>
        )}
        {place !== null && (
          <Button
            small
            kind="quiet"
            onClick={() => void attempt(notify, 'The code can’t be shown', () => editor.reveal(place))}
          >
            Show in code
          </Button>
        )}
        {written !== null && props.more?.(written)}
        <span className="option-form-space" />
        <Button small kind="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button small kind="primary" type="submit" busy={busy} disabled={unchanged}>
          {written === null ? 'Set…' : 'Change…'}
        </Button>
      </div>
    </form>
  );
}

interface AddOptionProps {
  readonly label: string;
  readonly placeholder: string;
  readonly known: readonly FieldOption[];
  readonly onChoose: (name: string) => void;
}

/** Finds an option by its name or by what it is for; any other name can be typed. */
function AddOption({ label, placeholder, known, onChoose }: AddOptionProps) {
  const [typed, setTyped] = useState('');
  return (
    <form
      className="option-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (/^[A-Za-z_]\w*$/.test(typed)) onChoose(typed);
      }}
    >
      <SuggestField
        label={`${placeholder}: ${label}`}
        placeholder={placeholder}
        suggestions={known.map(({ name, help }) => ({ value: name, label: name, detail: help }))}
        value={typed}
        onChange={setTyped}
        onChoose={onChoose}
      />
    </form>
  );
}

function codeOption(name: string): FieldOption {
  return {
    name,
    control: { kind: 'expression', example: '' },
    default: null,
    required: false,
    help: 'Python code, taken as it is typed.',
    docs: '',
  };
}
