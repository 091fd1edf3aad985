import { useMemo, useState, type KeyboardEvent } from 'react';
import type { FieldGroup, FieldOption } from '../../../../shared/django/catalogue/field-type.ts';
import { fieldCatalogue, findFieldType } from '../../../../shared/django/field-catalogue.ts';
import type { FieldFacts, ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { OptionControl } from '../../../fields/option-control.tsx';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import type { Choice } from '../../../ui/select.tsx';
import { SearchField, TextField } from '../../../ui/text-field.tsx';
import { draftKey } from '../../../stores/designer-store.ts';
import { useDesigner, useStudio } from '../../../stores/studio-context.tsx';
import { ProposalProblem } from '../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../stores/use-proposal.ts';
import {
  codeOf,
  draftOf,
  isSound,
  NEW_FIELD,
  operationsFor,
  problemsOf,
  withOption,
  withType,
  type DraftProblems,
  type FieldDraft,
} from './field-draft.ts';
import { targetChoices } from './model-choices.ts';

interface FieldFormProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  /** The field that is changed; null for a new one. */
  readonly field: FieldFacts | null;
  /** Called with the field's name once it is written. */
  readonly onWritten: (name: string) => void;
  readonly onCancel: () => void;
}

const GROUPS: Readonly<Record<FieldGroup, string>> = {
  text: 'Text',
  number: 'Number',
  date: 'Date and time',
  relation: 'Relation',
  file: 'File',
  key: 'Key',
  other: 'Other',
  postgres: 'PostgreSQL',
};

/** Options that are worth seeing at once; the others stand behind a search. */
const EVERYDAY = new Set(
  (
    'null blank unique default choices db_index help_text verbose_name max_length related_name through upload_to ' +
    'auto_now auto_now_add symmetrical size'
  ).split(' '),
);

const TYPE_CHOICES: readonly Choice[] = (Object.keys(GROUPS) as FieldGroup[]).flatMap((group) =>
  fieldCatalogue
    .filter((type) => type.group === group)
    .map((type) => ({ value: type.name, label: type.name, detail: GROUPS[group] })),
);

/** Adds or changes one field: name, type, target and every option the catalogue knows, with live sentences. */
export function FieldForm({ snapshot, model, field, onWritten, onCancel }: FieldFormProps) {
  const { draft, setDraft, after, forget } = useKeptDraft(model, field);
  const [touched, setTouched] = useState(false);
  const proposal = useProposal();
  const { propose, busy } = proposal;
  const problems = problemsOf(draft, model, field);
  const operations = operationsFor(model.id, draft, field, after);
  const unchanged = field !== null && operations.length === 0;
  // An empty name is no mistake before something was typed.
  const nameProblem = touched || draft.name !== '' ? problems.name : undefined;

  const submit = async (): Promise<void> => {
    setTouched(true);
    if (!isSound(problems) || unchanged) return;
    if (!(await propose(operations))) return;
    forget();
    onWritten(draft.name);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // An open list takes the key for itself, and what was typed is not thrown away by it.
    const open = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
    const pristine = unchanged || draft === NEW_FIELD;
    if (event.key === 'Escape' && !open && pristine) {
      forget();
      onCancel();
    }
  };

  return (
    <form
      className="field-form"
      onKeyDown={onKeyDown}
      aria-label={field === null ? `New field of ${model.name}` : `Field ${field.name} of ${model.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="field-form-body">
        <ProposalProblem of={proposal} />
        <FormField label="Name" problem={nameProblem}>
          {(control) => (
            <TextField
              {...control}
              code
              autoFocus={field === null}
              value={draft.name}
              onChange={(name) => {
                setDraft({ ...draft, name });
              }}
            />
          )}
        </FormField>
        <TypeFields
          snapshot={snapshot}
          model={model}
          draft={draft}
          problems={problems}
          touched={touched}
          onChange={setDraft}
        />
        <OptionFields
          snapshot={snapshot}
          model={model}
          draft={draft}
          problems={problems}
          onChange={setDraft}
        />
      </div>
      <footer className="field-form-foot">
        <Button
          kind="quiet"
          onClick={() => {
            forget();
            onCancel();
          }}
        >
          {unchanged ? 'Back' : 'Cancel'}
        </Button>
        <Button
          type="submit"
          kind="primary"
          busy={busy}
          disabled={model.stale || unchanged || (touched && !isSound(problems))}
        >
          {field === null ? 'Add field…' : 'Change field…'}
        </Button>
      </footer>
    </form>
  );
}

/** What is typed stays while another model or field is looked at, as long as the source says what it said. */
function useKeptDraft(model: ModelFacts, field: FieldFacts | null) {
  const { designer } = useStudio();
  const key = draftKey(model.id, field?.name ?? null);
  const base = field === null ? '' : codeOf(field);
  const kept = useDesigner((state) => state.drafts.get(key));
  const first = useMemo(() => (field === null ? NEW_FIELD : draftOf(field)), [field]);
  const held = kept?.base === base ? kept : null;
  const after = held?.after ?? null;
  return {
    draft: held?.field ?? first,
    after,
    setDraft: (next: FieldDraft): void => {
      designer.keep(key, { field: { ...next, options: { ...next.options } }, base, after });
    },
    forget: (): void => {
      designer.keep(key, null);
    },
  };
}

interface PartProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly draft: FieldDraft;
  readonly problems: DraftProblems;
  readonly onChange: (draft: FieldDraft) => void;
}

function TypeFields({
  snapshot,
  model,
  draft,
  problems,
  touched,
  onChange,
}: PartProps & { readonly touched: boolean }) {
  const type = findFieldType(draft.type);
  const targets = useMemo(() => targetChoices(snapshot, model.id), [snapshot, model.id]);
  // A class of somebody's own is not in the catalogue, but is shown as what it is.
  const types =
    type === null
      ? [{ value: draft.type, label: draft.type, detail: 'own class' }, ...TYPE_CHOICES]
      : TYPE_CHOICES;
  return (
    <>
      <FormField label="Type" help={type?.help} problem={problems.type}>
        {(control) => (
          <Combobox
            {...control}
            choices={types}
            value={draft.type}
            placeholder="Search field types"
            empty="No field type matches."
            onChange={(name) => {
              const next = findFieldType(name);
              if (next !== null) onChange(withType(draft, next));
            }}
          />
        )}
      </FormField>
      {type?.relation === true && (
        <FormField label="Leads to" problem={touched || draft.to !== null ? problems.to : undefined}>
          {(control) => (
            <Combobox
              {...control}
              choices={withOwnTarget(targets, draft.to)}
              value={draft.to}
              placeholder="Choose a model"
              empty="No model matches."
              onChange={(to) => {
                onChange({ ...draft, to });
              }}
            />
          )}
        </FormField>
      )}
    </>
  );
}

/** A target that the list does not know (another package's model) stays choosable. */
function withOwnTarget(targets: readonly Choice[], to: string | null): readonly Choice[] {
  if (to === null || targets.some((choice) => choice.value === to)) return targets;
  return [{ value: to, label: to }, ...targets];
}

function OptionFields({ snapshot, model, draft, problems, onChange }: PartProps) {
  const [typed, setTyped] = useState('');
  const [all, setAll] = useState(false);
  const type = findFieldType(draft.type);
  const models = useMemo(() => targetChoices(snapshot, model.id), [snapshot, model.id]);
  if (type === null) return <KeptOptions draft={draft} known={new Set()} />;
  const wanted = typed.trim().toLowerCase();
  const isMain = (option: FieldOption): boolean =>
    option.required || EVERYDAY.has(option.name) || Object.hasOwn(draft.options, option.name);
  const shown = type.options.filter((option) =>
    wanted === '' ? all || isMain(option) : `${option.name} ${option.help}`.toLowerCase().includes(wanted),
  );
  const hidden = type.options.length - shown.length;
  return (
    <fieldset className="field-options">
      <legend>Options</legend>
      <SearchField
        placeholder="Search options"
        aria-label="Search options"
        value={typed}
        onChange={setTyped}
      />
      {shown.map((option) => (
        <OptionControl
          key={option.name}
          option={option}
          code={draft.options[option.name] ?? null}
          problem={problems.options[option.name]}
          numeric={type.group === 'number'}
          models={models}
          onChange={(code) => {
            onChange(withOption(draft, option.name, code));
          }}
        />
      ))}
      {wanted === '' && (hidden > 0 || all) && (
        <Button
          kind="quiet"
          small
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? 'Fewer options' : `${String(hidden)} more options`}
        </Button>
      )}
      <KeptOptions draft={draft} known={new Set(type.options.map((option) => option.name))} />
    </fieldset>
  );
}

/** Options that the catalogue does not know: shown, and kept as they are. */
function KeptOptions({ draft, known }: { readonly draft: FieldDraft; readonly known: ReadonlySet<string> }) {
  const kept = Object.entries(draft.options).filter(([name]) => !known.has(name));
  if (kept.length === 0) return null;
  return (
    <div className="field-options-kept">
      <h4>Kept as written</h4>
      <ul>
        {kept.map(([name, code]) => (
          <li key={name}>
            <code>
              {name}={code}
            </code>
          </li>
        ))}
      </ul>
    </div>
  );
}
