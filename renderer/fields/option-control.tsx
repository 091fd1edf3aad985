import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { FieldOption } from '../../shared/django/catalogue/field-type.ts';
import { pythonString } from '../../shared/python/python-code.ts';
import { readString } from '../../shared/python/string-code.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { FormField, type FieldControl } from '../ui/form-field.tsx';
import { Select, type Choice } from '../ui/select.tsx';
import { TextArea, TextField } from '../ui/text-field.tsx';
import {
  choicesFromLines,
  choicesToLines,
  readChoices,
  readNames,
  writeChoices,
  writeNames,
} from './choices-code.ts';
import { NamesField } from './names-field.tsx';
import './option-control.css';

interface OptionControlProps {
  readonly option: FieldOption;
  /** The option's code; null when it is not given. */
  readonly code: string | null;
  readonly problem: string | undefined;
  /** Values of this field are numbers. */
  readonly numeric: boolean;
  readonly models: readonly Choice[];
  /** What a list of field names is chosen from. */
  readonly names?: readonly Choice[];
  readonly onChange: (code: string | null) => void;
}

/** The control of one option: by its kind in the catalogue, or as code where the source has an expression. */
export function OptionControl(props: OptionControlProps) {
  const { option, code, problem, onChange } = props;
  if (option.control.kind === 'boolean' && (code === null || code === 'True' || code === 'False')) {
    return (
      <div className="option-boolean">
        <Checkbox
          label={<code>{option.name}</code>}
          help={<OptionHelp option={option} />}
          checked={(code ?? option.default) === 'True'}
          onChange={(checked) => {
            const next = checked ? 'True' : 'False';
            onChange(next === option.default ? null : next);
          }}
        />
        {problem !== undefined && (
          <p className="option-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    );
  }
  return (
    <FormField
      label={option.name}
      problem={problem}
      optional={!option.required}
      help={<OptionHelp option={option} />}
    >
      {(control) => <ValueControl {...props} control={control} />}
    </FormField>
  );
}

function OptionHelp({ option }: { readonly option: FieldOption }) {
  return (
    <>
      {option.help}{' '}
      {option.docs !== '' && (
        <a
          className="option-docs"
          href={option.docs}
          target="_blank"
          rel="noreferrer"
          aria-label={`Documentation of ${option.name}`}
        >
          <ExternalLink size={11} aria-hidden />
        </a>
      )}
    </>
  );
}

function ValueControl({
  option,
  code,
  numeric,
  models,
  names = [],
  onChange,
  control,
}: OptionControlProps & { readonly control: FieldControl }) {
  const kind = option.control;
  const written = kind.kind === 'field-names' ? readNames(code ?? '[]') : null;
  if (written !== null) {
    return (
      <NamesField
        control={control}
        label={option.name}
        suggestions={names}
        value={written}
        onChange={(next) => {
          onChange(next.length === 0 ? null : writeNames(next, code));
        }}
      />
    );
  }
  if (kind.kind === 'one-of' && (code === null || kind.codes.includes(code))) {
    return (
      <Select
        {...control}
        choices={kind.codes.map((value) => ({ value, label: value.replace(/^models\./, '') }))}
        value={code ?? option.default}
        onChange={onChange}
      />
    );
  }
  if (kind.kind === 'text' && (code === null || readString(code) !== null)) {
    return (
      <TextField
        {...control}
        value={code === null ? '' : (readString(code) ?? '')}
        placeholder={
          option.default === null || option.default === 'None'
            ? ''
            : (readString(option.default) ?? option.default)
        }
        onChange={(text) => {
          onChange(text === '' ? null : pythonString(text));
        }}
      />
    );
  }
  if (kind.kind === 'choices')
    return <ChoicesControl code={code} numeric={numeric} control={control} onChange={onChange} />;
  if (kind.kind === 'model' && (code === null || readString(code) !== null)) {
    return (
      <Combobox
        {...control}
        choices={models}
        value={code === null ? null : readString(code)}
        placeholder="Choose a model"
        onChange={(model) => {
          onChange(pythonString(model));
        }}
      />
    );
  }
  return <CodeControl option={option} code={code} control={control} onChange={onChange} />;
}

/** One choice a line where the source has plain pairs; code where it has anything else (a choices class). */
function ChoicesControl({
  code,
  numeric,
  control,
  onChange,
}: Pick<OptionControlProps, 'code' | 'numeric' | 'onChange'> & { readonly control: FieldControl }) {
  const pairs = code === null ? [] : readChoices(code);
  const [typed, setTyped] = useState('');
  if (pairs === null) {
    return (
      <TextField
        {...control}
        code
        value={code ?? ''}
        onChange={(text) => onChange(text === '' ? null : text)}
      />
    );
  }
  const codeOf = (text: string): string | null => {
    const next = choicesFromLines(text);
    return next.length === 0 ? null : writeChoices(next, numeric);
  };
  return (
    <TextArea
      {...control}
      code
      rows={3}
      // As typed, as long as it means what the code says: a line that is just begun must not vanish.
      value={codeOf(typed) === code ? typed : choicesToLines(pairs)}
      placeholder={'draft: Draft\npublished: Published'}
      onChange={(text) => {
        setTyped(text);
        onChange(codeOf(text));
      }}
    />
  );
}

function CodeControl({
  option,
  code,
  control,
  onChange,
}: Pick<OptionControlProps, 'option' | 'code' | 'onChange'> & { readonly control: FieldControl }) {
  const { control: kind } = option;
  const example = kind.kind === 'expression' ? kind.example : (option.default ?? '');
  return (
    <TextField
      {...control}
      code
      inputMode={kind.kind === 'integer' ? 'numeric' : undefined}
      value={code ?? ''}
      placeholder={kind.kind === 'integer' ? (option.default ?? '') : example}
      onChange={(text) => {
        onChange(text.trim() === '' ? null : text);
      }}
    />
  );
}
