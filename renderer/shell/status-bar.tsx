import { CircleAlert, CircleCheck, ShieldAlert, TriangleAlert, Undo2 } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { useCommand } from '../commands/use-command.ts';
import {
  useJobs,
  useNextPlacesUndo,
  useRuntime,
  useServer,
  useSource,
  useStudio,
  useWorkspace,
} from '../stores/studio-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { Spinner } from '../ui/progress.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { countProblems, useProblems } from './problems.ts';
import { serverWords } from './server-pill.tsx';
import './status-bar.css';

/** The bottom line: what the project runs on, how it is, what is going on, what undo would take back. */
export function StatusBar() {
  const open = useWorkspace((state) => state.workspace !== null);
  return (
    <footer className="status-bar" data-part="status bar" aria-label="Status">
      {open && (
        <>
          <InterpreterItem />
          <ServerItem />
          <ProblemsItem />
        </>
      )}
      <span className="status-space" />
      {open && <UndoItem />}
      <JobsItem />
    </footer>
  );
}

interface StatusItemProps {
  readonly command: CommandId;
  readonly hint: ReactNode;
  readonly tone?: 'danger' | 'warning' | undefined;
  readonly keep?: boolean;
  readonly children: ReactNode;
}

function StatusItem({ command, hint, tone, keep = false, children }: StatusItemProps) {
  const { shortcut, enabled, run } = useCommand(command);
  return (
    <Tooltip label={hint} shortcut={shortcut} side="top">
      <button
        type="button"
        className={classNames(
          'status-item',
          tone !== undefined && `status-item-${tone}`,
          keep && 'status-item-keep',
        )}
        disabled={!enabled}
        onClick={run}
      >
        {children}
      </button>
    </Tooltip>
  );
}

function InterpreterItem() {
  const workspace = useWorkspace((state) => state.workspace);
  const lens = useRuntime((state) => state.lens);
  useVersions();
  if (workspace === null) return null;
  if (!workspace.trusted) {
    return (
      <StatusItem
        command="project.trust"
        hint="Nothing of this project runs until you trust it"
        tone="warning"
      >
        <ShieldAlert size={12} aria-hidden />
        Restricted
      </StatusItem>
    );
  }
  const { interpreter } = workspace;
  return (
    <StatusItem
      command="project.chooseInterpreter"
      hint={interpreter ?? 'No interpreter is chosen for this project'}
      tone={interpreter === null ? 'warning' : undefined}
    >
      {interpreter === null ? (
        'No interpreter'
      ) : (
        <span className="truncate">
          {lens === null ? shortPath(interpreter) : `Python ${lens.python} · Django ${lens.django}`}
        </span>
      )}
    </StatusItem>
  );
}

/** Has Django asked for the versions once it runs anyway. */
function useVersions(): void {
  const { runtime } = useStudio();
  const serving = useServer((state) => state.status.state === 'serving');
  useEffect(() => {
    if (serving) runtime.need();
  }, [runtime, serving]);
}

function shortPath(path: string): string {
  const parts = path.split(/[\\/]/);
  return parts.slice(-3).join('/');
}

function ServerItem() {
  const status = useServer((state) => state.status);
  return (
    <StatusItem command="view.server" hint="Show the server">
      <span className={`state-dot state-dot-${status.state}`} aria-hidden />
      <span className="truncate">{serverWords(status)}</span>
    </StatusItem>
  );
}

function ProblemsItem() {
  const { errors, warnings } = countProblems(useProblems());
  const tone = errors > 0 ? 'danger' : warnings > 0 ? 'warning' : undefined;
  return (
    <StatusItem command="view.problems" hint="Show the problems" tone={tone} keep>
      {errors > 0 && (
        <>
          <CircleAlert size={12} aria-hidden />
          {errors} {errors === 1 ? 'error' : 'errors'}
        </>
      )}
      {warnings > 0 && (
        <>
          <TriangleAlert size={12} aria-hidden />
          {warnings} {warnings === 1 ? 'warning' : 'warnings'}
        </>
      )}
      {errors + warnings === 0 && (
        <>
          <CircleCheck size={12} aria-hidden />
          No problems
        </>
      )}
    </StatusItem>
  );
}

function UndoItem() {
  const entry = useSource((state) => state.history.undo);
  const moved = useNextPlacesUndo();
  const title = moved ?? entry?.title;
  if (title === undefined) return null;
  return (
    <StatusItem command="source.undo" hint={`Undo: ${title}`}>
      <Undo2 size={12} aria-hidden />
      <span className="visually-hidden">Undo: </span>
      <span className="truncate">{title}</span>
    </StatusItem>
  );
}

function JobsItem() {
  const running = useJobs((state) => state.jobs).filter((job) => job.state === 'running');
  const first = running[0];
  return (
    <StatusItem command="view.jobs" hint="Show the jobs" keep>
      {first === undefined ? (
        'No jobs'
      ) : (
        <>
          <Spinner />
          {running.length === 1 ? first.title : `${running.length} jobs`}
        </>
      )}
    </StatusItem>
  );
}
