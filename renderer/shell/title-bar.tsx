import { ChevronDown, Search } from 'lucide-react';
import { useCommand } from '../commands/use-command.ts';
import { attempt } from '../stores/notices.ts';
import { useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { Select } from '../ui/select.tsx';
import mark from '../ui/samois.svg';
import { ServerPill } from './server-pill.tsx';
import './title-bar.css';

/** The top of the window: which project, a way to everything, and whether it runs. */
export function TitleBar() {
  const workspace = useWorkspace((state) => state.workspace);
  const palette = useCommand('palette.commands');
  return (
    <header className="title-bar" data-part="title bar">
      <div className="title-bar-start">
        <img className="title-bar-mark" src={mark} alt="Samois" />
        {workspace !== null && <WorkspaceMenu name={workspace.name} />}
        <ProjectChooser />
      </div>
      <button type="button" className="title-search" onClick={palette.run}>
        <Search size={13} aria-hidden />
        <span className="title-search-text truncate">Search commands</span>
        <KeyHint shortcut="Mod+K" />
      </button>
      <div className="title-bar-end">{workspace !== null && <ServerPill />}</div>
    </header>
  );
}

function WorkspaceMenu({ name }: { readonly name: string }) {
  const studio = useStudio();
  const current = useWorkspace((state) => state.workspace?.path);
  const recent = useWorkspace((state) => state.recent);
  const newProject = useCommand('workspace.new');
  const open = useCommand('workspace.open');
  const close = useCommand('workspace.close');
  const others = recent.filter((other) => other.path !== current && other.exists).slice(0, 6);
  const entries: readonly MenuEntry[] = [
    ...[newProject, open, close].map((command): MenuEntry => ({
      kind: 'item',
      id: command.label,
      label: command.label,
      shortcut: command.shortcut,
      onChoose: command.run,
    })),
    ...(others.length > 0 ? ([{ kind: 'label', id: 'recent', label: 'Recent' }] as const) : []),
    ...others.map((other): MenuEntry => ({
      kind: 'item',
      id: other.path,
      label: other.name,
      detail: other.path,
      onChoose: () => {
        void attempt(studio.notify, `${other.name} could not be opened`, () =>
          studio.workspace.open(other.path),
        );
      },
    })),
  ];
  return (
    <Menu
      entries={entries}
      trigger={
        <Button kind="quiet" className="workspace-button">
          <span className="truncate">{name}</span>
          <ChevronDown size={13} aria-hidden />
        </Button>
      }
    />
  );
}

/** Which of several `manage.py` the studio works on; nothing where there is one or none. */
function ProjectChooser() {
  const studio = useStudio();
  const workspace = useWorkspace((state) => state.workspace);
  if (workspace === null || workspace.projects.length < 2) return null;
  return (
    <div className="title-bar-projects">
      <Select
        small
        label="Project in this folder"
        placeholder="Choose a project…"
        value={workspace.project === null ? null : choiceOf(workspace.project)}
        choices={workspace.projects.map((project) => ({
          value: choiceOf(project),
          label: project === '' ? 'top folder' : project,
        }))}
        onChange={(choice) => {
          const project = workspace.projects.find((each) => choiceOf(each) === choice);
          if (project === undefined) return;
          void attempt(studio.notify, 'The project could not be opened', () =>
            studio.workspace.open(workspace.path, project),
          );
        }}
      />
    </div>
  );
}

/** An empty value would mean that nothing is chosen. */
function choiceOf(project: string): string {
  return `./${project}`;
}
