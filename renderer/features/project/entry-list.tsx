import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ProjectSnapshot, SettingFacts } from '../../../shared/django/project-model.ts';
import { pythonString } from '../../../shared/python/python-code.ts';
import { readString } from '../../../shared/python/string-code.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { ProposalProblem } from '../../fields/proposal-problem.tsx';
import { useProposal, type Proposal } from '../../stores/use-proposal.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { OrderedList } from '../../ui/ordered-list.tsx';
import { Select } from '../../ui/select.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { usualEntries } from './usual-entries.ts';

interface EntryListProps {
  readonly snapshot: ProjectSnapshot;
  readonly setting: SettingFacts;
}

const TITLES: Readonly<Record<string, string>> = {
  INSTALLED_APPS: 'Installed apps',
  MIDDLEWARE: 'Middleware',
  ALLOWED_HOSTS: 'Allowed hosts',
};
const LAST = 'at the end';

/** One setting that is a list: its entries in their order, to move, to take out and to add. */
export function EntryList({ snapshot, setting }: EntryListProps) {
  const { name, entries, code, place } = setting;
  const { editor, notify } = useStudio();
  const proposal = useProposal();
  const show = (): void => void attempt(notify, 'The code can’t be shown', () => editor.reveal(place));
  return (
    <section className="entries" aria-label={TITLES[name] ?? name}>
      <header className="entries-head">
        <h2>{TITLES[name] ?? name}</h2>
        {entries !== null && <span className="entries-count">{entries.length}</span>}
        <button type="button" className="entries-name" title="Show in code" onClick={show}>
          {name}
        </button>
      </header>
      <ProposalProblem of={proposal} />
      {entries === null ? (
        <p className="entries-computed">
          Computed: <code>{code.replaceAll(/\s+/g, ' ')}</code>
        </p>
      ) : (
        <>
          <Entries name={name} entries={entries} proposal={proposal} />
          <AddEntry snapshot={snapshot} name={name} entries={entries} proposal={proposal} />
        </>
      )}
    </section>
  );
}

interface EntriesProps {
  readonly name: string;
  readonly entries: readonly string[];
  readonly proposal: Proposal;
}

function Entries({ name, entries, proposal: { propose } }: EntriesProps) {
  return (
    <div className="entries-list">
      <OrderedList
        label={`Entries of ${name}`}
        onMove={(code, after) => {
          void propose([{ kind: 'settings.reorderEntry', setting: name, code, after }]);
        }}
        items={entries.map((entry) => ({
          id: entry,
          content: (
            <div className="entries-entry">
              <EntryName code={entry} />
              <IconButton
                icon={Trash2}
                label={`Take ${readString(entry) ?? entry} out`}
                onClick={() => void propose([{ kind: 'settings.removeEntry', setting: name, code: entry }])}
              />
            </div>
          ),
        }))}
      />
      {entries.length === 0 && <p className="entries-computed">Empty.</p>}
    </div>
  );
}

function AddEntry({
  snapshot,
  name,
  entries,
  proposal: { propose, busy, clear },
}: EntriesProps & { readonly snapshot: ProjectSnapshot }) {
  const [typed, setTyped] = useState('');
  const [after, setAfter] = useState(LAST);
  const taken = new Set(entries.map((entry) => readString(entry) ?? entry));
  const add = async (): Promise<void> => {
    const text = typed.trim();
    if (text === '') return;
    const code = /^['"]|[(*]/.test(text) ? text : pythonString(text);
    const behind = after === LAST ? null : after;
    if (await propose([{ kind: 'settings.addEntry', setting: name, code, after: behind }])) setTyped('');
  };
  return (
    <form
      className="entries-add"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <SuggestField
        code
        label={`Add to ${name}`}
        placeholder="Add"
        suggestions={usualEntries(name, snapshot).filter(({ value }) => !taken.has(value))}
        value={typed}
        onChange={(text) => {
          clear();
          setTyped(text);
        }}
        onChoose={setTyped}
      />
      {typed !== '' && entries.length > 0 && (
        <Select
          small
          label="Behind"
          value={after}
          onChange={setAfter}
          choices={[
            { value: LAST, label: 'at the end' },
            ...entries.map((entry) => ({ value: entry, label: `behind ${readString(entry) ?? entry}` })),
          ]}
        />
      )}
      {typed !== '' && (
        <Button small kind="primary" type="submit" busy={busy}>
          Add…
        </Button>
      )}
    </form>
  );
}

/** An entry whose last word stays in sight where there is no room for all of it. */
function EntryName({ code }: { readonly code: string }) {
  const text = readString(code) ?? code;
  const end = text.lastIndexOf('.') + 1;
  return (
    <code className="entries-text" title={text}>
      <span className="entries-module">{text.slice(0, end)}</span>
      <span className="entries-last">{text.slice(end)}</span>
    </code>
  );
}
