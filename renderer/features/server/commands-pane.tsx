import { SquareTerminal } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { CommandForm, ManagementCommand } from '../../../shared/contract/command-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useRememberedPanes, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { CommandRun } from './command-run.tsx';
import './commands.css';

/** Whatever `manage.py` can do for this project, with a form for each command. */
export function CommandsPane() {
  const { api } = useStudio();
  const panes = useRememberedPanes('commands');
  const project = useWorkspace(({ workspace }) => workspace);
  const [commands, setCommands] = useState<readonly ManagementCommand[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    const show = (list: readonly ManagementCommand[] | null, failure: string | null): void => {
      if (!wanted) return;
      setCommands(list);
      setProblem(failure);
    };
    api.call('commands.list', {}).then(
      (list) => {
        show(list, null);
      },
      (error: unknown) => {
        show(null, failureOf(error).message);
      },
    );
    return () => {
      wanted = false;
    };
  }, [api, project]);
  if (problem !== null) return <Banner tone="danger">{problem}</Banner>;
  if (commands === null) {
    return (
      <EmptyState icon={SquareTerminal} title="Asking Django">
        The commands of the project and of its packages will stand here.
      </EmptyState>
    );
  }
  return (
    <div className="commands">
      <SplitPanes
        {...panes}
        panes={[
          {
            id: 'list',
            size: 280,
            min: 200,
            fixed: true,
            content: <CommandList commands={commands} chosen={chosen} onChoose={setChosen} />,
          },
          { id: 'form', min: 320, content: <Chosen name={chosen} /> },
        ]}
      />
    </div>
  );
}

interface CommandListProps {
  readonly commands: readonly ManagementCommand[];
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}

function CommandList({ commands, chosen, onChoose }: CommandListProps) {
  const [search, setSearch] = useState('');
  const rows = useMemo(() => {
    const words = search.toLowerCase().trim();
    const fitting = commands.filter(({ name, app }) => `${name} ${app}`.toLowerCase().includes(words));
    // What the project brings itself is what one comes for.
    return fitting.toSorted((one, other) => Number(other.project) - Number(one.project));
  }, [commands, search]);
  return (
    <div className="command-list">
      <SearchField
        aria-label="Filter the commands"
        placeholder="Filter by name or app"
        value={search}
        onChange={setSearch}
      />
      <ul aria-label="Management commands">
        {rows.map(({ name, app }) => (
          <li key={name}>
            <button
              type="button"
              className="command-row"
              aria-current={name === chosen || undefined}
              onClick={() => {
                onChoose(name);
              }}
            >
              <span>{name}</span>
              <span className="command-app">{app}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chosen({ name }: { readonly name: string | null }) {
  const { api, notify } = useStudio();
  const [form, setForm] = useState<CommandForm | null>(null);
  useEffect(() => {
    let wanted = true;
    if (name !== null) {
      void attempt(notify, 'The command can’t be shown', async () => {
        const described = await api.call('commands.describe', { name });
        if (wanted) setForm(described);
      });
    }
    return () => {
      wanted = false;
    };
  }, [api, notify, name]);
  if (name === null) {
    return (
      <EmptyState icon={SquareTerminal} title="Choose a command">
        Its arguments become a form, as the command itself describes them; what it prints appears below.
      </EmptyState>
    );
  }
  return form?.name === name ? <CommandRun key={name} form={form} /> : null;
}
