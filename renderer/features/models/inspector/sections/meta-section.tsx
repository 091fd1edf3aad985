import { Plus, Trash2 } from 'lucide-react';
import type { ModelFacts } from '../../../../../shared/django/project-model.ts';
import { metaOptions } from '../../../../../shared/django/catalogue/class-options.ts';
import { OptionsEditor } from '../../../../fields/options-editor.tsx';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { ProposalProblem } from '../../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../../stores/use-proposal.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { readEntry, splitEntries } from '../../dialogs/meta-entry-code.ts';
import { fieldNameChoices } from '../model-choices.ts';
import { InspectorSection } from '../inspector-section.tsx';

const LISTS = ['indexes', 'constraints'] as const;
type MetaList = (typeof LISTS)[number];
/** What other gestures set. */
const ELSEWHERE = new Set<string>([...LISTS, 'abstract']);

/** What `Meta` of a model says, any option of it. */
export function MetaSection({ model }: { readonly model: ModelFacts }) {
  const options = model.meta.filter(({ name }) => !ELSEWHERE.has(name));
  return (
    <InspectorSection title="Meta" count={options.length} atFirst>
      <OptionsEditor
        label={`Meta of ${model.name}`}
        options={options}
        known={metaOptions}
        names={fieldNameChoices(model)}
        disabled={model.stale}
        operation={(option, code) => ({ kind: 'meta.set', model: model.id, option, code })}
      />
    </InspectorSection>
  );
}

/** Indexes and constraints: a line each, with a form of their own. */
export function ConstraintsSection({ model }: { readonly model: ModelFacts }) {
  const { designer } = useStudio();
  const proposal = useProposal();
  const { propose } = proposal;
  const lists = LISTS.map((option) => ({ option, entries: entriesOf(model, option) }));
  const count = lists.reduce((sum, { entries }) => sum + (entries?.length ?? 1), 0);
  const open = (option: MetaList, index: number | null): void => {
    designer.open({ kind: 'meta-entry', model: model.id, option, index });
  };
  return (
    <InspectorSection title="Indexes and constraints" count={count}>
      <ProposalProblem of={proposal} />
      {lists.map(({ option, entries }) =>
        entries === null ? (
          <p key={option} className="inspector-note">
            {option} is computed: change it in the code.
          </p>
        ) : (
          <ul key={option} className="entry-list" aria-label={option}>
            {entries.map((code, index) => (
              <li key={code} className="entry-row">
                <button
                  type="button"
                  className="entry-open"
                  disabled={model.stale}
                  title="Change it"
                  onClick={() => {
                    open(option, index);
                  }}
                >
                  <EntryWords code={code} />
                </button>
                <IconButton
                  icon={Trash2}
                  label={`Remove from ${option}`}
                  disabled={model.stale}
                  onClick={() => void propose([{ kind: 'meta.removeEntry', model: model.id, option, index }])}
                />
              </li>
            ))}
          </ul>
        ),
      )}
      {!model.stale && (
        <div className="inspector-actions">
          <Button
            small
            icon={Plus}
            onClick={() => {
              open('indexes', null);
            }}
          >
            Index…
          </Button>
          <Button
            small
            icon={Plus}
            onClick={() => {
              open('constraints', null);
            }}
          >
            Constraint…
          </Button>
        </div>
      )}
    </InspectorSection>
  );
}

/** What an entry is about in a few words; its code where it has no parts to name. */
function EntryWords({ code }: { readonly code: string }) {
  const entry = readEntry(code);
  if (entry === null) return <code>{code.replaceAll(/\s+/g, ' ')}</code>;
  const kind =
    entry.callee
      .split('.')
      .at(-1)
      ?.replace(/Constraint$/, '') ?? entry.callee;
  const about = [...entry.fields, ...entry.others.filter((other) => !/^\w+\s*=[^=]/.test(other))].join(', ');
  return (
    <span className="entry-words" title={code}>
      <span className="entry-kind">{kind}</span>
      <code>
        {about}
        {entry.condition !== '' && (
          <>
            {about !== '' && <em> when </em>}
            {entry.condition.replace(/^(models\.)?Q\(([^]*)\)$/, '$2')}
          </>
        )}
      </code>
      <span className="entry-name">{entry.name}</span>
    </span>
  );
}

/** null where the list is computed. */
function entriesOf(model: ModelFacts, option: MetaList): readonly string[] | null {
  const written = model.meta.find(({ name }) => name === option);
  return written === undefined ? [] : splitEntries(written.code);
}
