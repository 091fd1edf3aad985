import { FolderOpen, Plus, Sparkles, X, type LucideIcon } from 'lucide-react';
import type { CommandId } from '../../../shared/commands.ts';
import type { RecentWorkspace } from '../../../shared/contract/workspace-calls.ts';
import { useCommand } from '../../commands/use-command.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import mark from '../../ui/samois.svg';
import './welcome.css';

/** What is shown while no folder is open: ways to begin, and ways back. */
export function WelcomeView() {
  const recent = useWorkspace((state) => state.recent);
  return (
    <div className="welcome">
      <div className="welcome-sheet">
        <header className="welcome-head">
          <img src={mark} alt="" />
          <div>
            <h1>Samois</h1>
            <p>Design, run and deploy Django backends. Your Python source is the design file.</p>
          </div>
        </header>
        <section className="welcome-start" aria-label="Start">
          <h2>Start</h2>
          <Choice command="workspace.new" icon={Plus} name="New project">
            A Django project that is ready to run
          </Choice>
          <Choice command="workspace.open" icon={FolderOpen} name="Open a folder">
            Nothing in it is changed or run
          </Choice>
          <Choice command="workspace.openExample" icon={Sparkles} name="Try the example">
            A small bookshop with models and rows to browse
          </Choice>
        </section>
        <section aria-label="Recent projects">
          <h2>Recent</h2>
          {recent.length === 0 ? (
            <p className="welcome-none">Projects you create or open are listed here.</p>
          ) : (
            <ul>
              {recent.slice(0, 12).map((entry) => (
                <Recent key={entry.path} entry={entry} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly command: CommandId;
  readonly icon: LucideIcon;
  readonly name: string;
  readonly children: string;
}

function Choice({ command, icon: Icon, name, children }: ChoiceProps) {
  const { shortcut, run } = useCommand(command);
  return (
    <button type="button" className="welcome-choice" onClick={run}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span className="welcome-choice-name">{name}</span>
      {shortcut === undefined ? <span /> : <KeyHint shortcut={shortcut} />}
      <span className="welcome-choice-text">{children}</span>
    </button>
  );
}

function Recent({ entry }: { readonly entry: RecentWorkspace }) {
  const { workspace, notify } = useStudio();
  return (
    <li className="recent">
      <button
        type="button"
        className="recent-open"
        disabled={!entry.exists}
        title={entry.path}
        onClick={() =>
          void attempt(notify, `${entry.name} could not be opened`, () => workspace.open(entry.path))
        }
      >
        <span className="recent-name">{entry.name}</span>
        <span className="recent-time">{entry.exists ? <TimeAgo time={entry.openedAt} /> : 'is gone'}</span>
        <span className="recent-path">{entry.path}</span>
      </button>
      <IconButton
        className="recent-forget"
        icon={X}
        label={`Forget ${entry.name}`}
        onClick={() =>
          void attempt(notify, 'The project was not forgotten', () => workspace.forget(entry.path))
        }
      />
    </li>
  );
}
