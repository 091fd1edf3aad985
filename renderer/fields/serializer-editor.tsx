import { CodeXml } from 'lucide-react';
import { useState } from 'react';
import { serializerMetaOptions } from '../../shared/django/catalogue/class-options.ts';
import type { SerializerFacts } from '../../shared/django/component-model.ts';
import type { Operation } from '../../shared/django/operations.ts';
import type { ModelFacts, ProjectSnapshot } from '../../shared/django/project-model.ts';
import { attempt } from '../stores/notices.ts';
import { useStudio } from '../stores/studio-context.tsx';
import { ProposalProblem } from './proposal-problem.tsx';
import { useProposal } from '../stores/use-proposal.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { FormField } from '../ui/form-field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import type { Choice } from '../ui/select.tsx';
import { NumberField } from '../ui/text-field.tsx';
import { NamesField } from './names-field.tsx';
import { NestDialog } from './nest-dialog.tsx';
import { OptionsEditor } from './options-editor.tsx';
import './serializer-editor.css';

interface SerializerEditorProps {
  readonly snapshot: ProjectSnapshot;
  readonly serializer: SerializerFacts;
}

/** What a serializer shows of its model: fields, what is read only, nested serializers, depth. */
export function SerializerEditor({ snapshot, serializer }: SerializerEditorProps) {
  const { editor, notify } = useStudio();
  const [nesting, setNesting] = useState(false);
  const { name, place, model: modelId } = serializer;
  const model = snapshot.models.find(({ id }) => id === modelId) ?? null;
  const reference = { file: place.file, name };
  return (
    <section className="serializer" aria-label={name}>
      <header className="serializer-head">
        <h4>{name}</h4>
        <IconButton
          icon={CodeXml}
          label={`Show ${name} in code`}
          onClick={() => void attempt(notify, 'The code can’t be shown', () => editor.reveal(place))}
        />
      </header>
      <SerializerFields serializer={serializer} model={model} />
      {model !== null && serializer.kind === 'model-serializer' && (
        <div className="serializer-actions">
          <Button
            small
            kind="quiet"
            disabled={serializer.stale}
            onClick={() => {
              setNesting(true);
            }}
          >
            Nest another serializer…
          </Button>
        </div>
      )}
      <OptionsEditor
        label={`Meta of ${name}`}
        options={serializer.meta.filter((option) => !OWN_FORMS.has(option.name))}
        known={serializerMetaOptions}
        names={fieldChoices(serializer, model)}
        disabled={serializer.stale}
        operation={(option, code) => ({ kind: 'serializer.setMeta', serializer: reference, option, code })}
      />
      {nesting && model !== null && (
        <NestDialog
          snapshot={snapshot}
          serializer={serializer}
          model={model}
          onClose={() => {
            setNesting(false);
          }}
        />
      )}
    </section>
  );
}

/** What stands above the other options, or is no option to change. */
const OWN_FORMS = new Set(['model', 'fields', 'read_only_fields', 'depth']);

interface SerializerFormProps {
  readonly serializer: SerializerFacts;
  readonly model: ModelFacts | null;
}

/** The form of its fields, or why there is none. */
function SerializerFields({ serializer, model }: SerializerFormProps) {
  const { kind, selection, declared, readOnly, depth } = serializer;
  const isComputed = selection?.kind === 'computed' || selection?.kind === 'excluded';
  if (kind === 'serializer' || isComputed) {
    return (
      <p className="serializer-note">
        {isComputed
          ? 'Its fields are not a plain list: change them in the code.'
          : `Declares ${declared.map(({ name }) => name).join(', ') || 'no fields'} itself.`}
      </p>
    );
  }
  // What is written anew is another form.
  return (
    <SerializerForm
      key={JSON.stringify([selection, readOnly, depth])}
      serializer={serializer}
      model={model}
    />
  );
}

function SerializerForm({ serializer, model }: SerializerFormProps) {
  const proposal = useProposal();
  const { propose, busy } = proposal;
  const before = chosenFields(serializer);
  const [fields, setFields] = useState(before);
  const [readOnly, setReadOnly] = useState(serializer.readOnly);
  const [depth, setDepth] = useState(serializer.depth);
  const choices = fieldChoices(serializer, model);
  const operations = operationsFor(serializer, { fields, readOnly, depth });
  return (
    <form
      className="serializer-form"
      onSubmit={(event) => {
        event.preventDefault();
        void propose(operations);
      }}
    >
      <ProposalProblem of={proposal} />
      <FormField label="Fields">
        {(control) => (
          <>
            <Checkbox
              label="All fields of the model"
              checked={fields === null}
              onChange={(all) => {
                setFields(all ? null : (before ?? choices.map(({ value }) => value)));
              }}
            />
            {fields !== null && (
              <NamesField
                control={control}
                label="fields"
                placeholder="Add a field"
                suggestions={choices}
                value={fields}
                onChange={setFields}
              />
            )}
          </>
        )}
      </FormField>
      <FormField label="Read only">
        {(control) => (
          <NamesField
            control={control}
            label="read-only fields"
            placeholder="Add a field"
            suggestions={choices.filter(({ value }) => fields?.includes(value) ?? true)}
            value={readOnly}
            onChange={setReadOnly}
          />
        )}
      </FormField>
      <FormField label="Depth" help="How far relations are shown as objects; empty shows their keys.">
        {(control) => (
          <NumberField
            id={control.id}
            min={0}
            max={10}
            value={depth}
            onChange={setDepth}
            describedBy={control['aria-describedby']}
          />
        )}
      </FormField>
      {operations.length > 0 && (
        <Button small kind="primary" type="submit" busy={busy} disabled={serializer.stale}>
          Show the change…
        </Button>
      )}
    </form>
  );
}

function chosenFields({ selection }: SerializerFacts): readonly string[] | null {
  return selection?.kind === 'named' ? selection.names : null;
}

function fieldChoices(serializer: SerializerFacts, model: ModelFacts | null): readonly Choice[] {
  const names = [
    'id',
    ...(model?.fields ?? []).map(({ name }) => name),
    ...serializer.declared.map(({ name }) => name),
  ];
  return [...new Set(names)].map((value) => ({ value, label: value }));
}

interface SerializerDraft {
  readonly fields: readonly string[] | null;
  readonly readOnly: readonly string[];
  readonly depth: number | null;
}

/** What to propose so that a serializer says what its form says. */
function operationsFor(
  facts: SerializerFacts,
  { fields, readOnly, depth }: SerializerDraft,
): readonly Operation[] {
  const serializer = { file: facts.place.file, name: facts.name };
  const operations: Operation[] = [];
  const isOtherReadOnly = readOnly.join() !== facts.readOnly.join();
  if (JSON.stringify(fields) !== JSON.stringify(chosenFields(facts))) {
    operations.push({
      kind: 'serializer.setFields',
      serializer,
      fields: fields === null ? null : [...fields],
      ...(isOtherReadOnly ? { readOnly: [...readOnly] } : {}),
    });
  } else if (isOtherReadOnly) {
    operations.push({ kind: 'serializer.setReadOnly', serializer, fields: [...readOnly] });
  }
  if (depth !== facts.depth) operations.push({ kind: 'serializer.setDepth', serializer, depth });
  return operations;
}
