import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../api/transport.ts';
import type { DesignerState } from './designer-store.ts';
import type { DjangoShellState } from './django-shell-store.ts';
import type { EditorState } from './editor-store.ts';
import type { FileHistoryState } from './file-history-store.ts';
import type { JobsState } from './jobs-store.ts';
import type { MigrationsState } from './migrations-store.ts';
import type { PlanState } from './plan-store.ts';
import type { ProjectState } from './project-store.ts';
import type { RequestsState } from './requests-store.ts';
import type { RoutesState } from './routes-store.ts';
import type { RuntimeState } from './runtime-store.ts';
import type { ServerState } from './server-store.ts';
import type { SettingsState } from './settings-store.ts';
import type { ShellState } from './shell-store.ts';
import type { SourceState } from './source-store.ts';
import type { Studio } from './studio.ts';
import type { TestsState } from './tests-store.ts';
import type { TracesState } from './traces-store.ts';
import type { WorkspaceState } from './workspace-store.ts';

const StudioContext = createContext<Studio | null>(null);

/** Gives the parts of the window their studio. */
export function StudioProvider({
  studio,
  children,
}: {
  readonly studio: Studio;
  readonly children: ReactNode;
}) {
  return <StudioContext value={studio}>{children}</StudioContext>;
}

/** The studio of this window. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === null) throw new Error('There is no StudioProvider above this component.');
  return studio;
}

/** What the user chose for the studio. */
export function useSettings<T>(select: (state: SettingsState) => T): T {
  return useStore(useStudio().settings.state, select);
}

/** The open folder. */
export function useWorkspace<T>(select: (state: WorkspaceState) => T): T {
  return useStore(useStudio().workspace.state, select);
}

/** What the source lens knows. */
export function useSource<T>(select: (state: SourceState) => T): T {
  return useStore(useStudio().source.state, select);
}

/** What undo would take back of the canvas; null where it would take a change of the source back. */
export function useNextPlacesUndo(): string | null {
  const { places } = useStudio();
  return useStore(places.state, places.nextUndo);
}

/** The change that waits for the user's word. */
export function usePlan<T>(select: (state: PlanState) => T): T {
  return useStore(useStudio().plan.state, select);
}

/** Long work. */
export function useJobs<T>(select: (state: JobsState) => T): T {
  return useStore(useStudio().jobs.state, select);
}

/** The user's server. */
export function useServer<T>(select: (state: ServerState) => T): T {
  return useStore(useStudio().server.state, select);
}

/** The requests that the user's server answered; call `studio.traces.need()` in an effect to follow them. */
export function useTraces<T>(select: (state: TracesState) => T): T {
  return useStore(useStudio().traces.state, select);
}

/** The project's tests; call `studio.tests.need()` in an effect to have them looked for. */
export function useTests<T>(select: (state: TestsState) => T): T {
  return useStore(useStudio().tests.state, select);
}

/** The Django shell; call `studio.djangoShell.need()` in an effect to follow it. */
export function useDjangoShell<T>(select: (state: DjangoShellState) => T): T {
  return useStore(useStudio().djangoShell.state, select);
}

/** What Django itself says; call `studio.runtime.need()` in an effect to have it read. */
export function useRuntime<T>(select: (state: RuntimeState) => T): T {
  return useStore(useStudio().runtime.state, select);
}

/** The migrations of the project and what would be written. */
export function useMigrations<T>(select: (state: MigrationsState) => T): T {
  return useStore(useStudio().migrations.state, select);
}

/** What is chosen in the list of routes. */
export function useRoutes<T>(select: (state: RoutesState) => T): T {
  return useStore(useStudio().routes.state, select);
}

/** What of the project's settings and packages is shown. */
export function useProject<T>(select: (state: ProjectState) => T): T {
  return useStore(useStudio().project.state, select);
}

/** The request that is being written, and those that were sent. */
export function useRequests<T>(select: (state: RequestsState) => T): T {
  return useStore(useStudio().requests.state, select);
}

/** The open files. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useStudio().editor.state, select);
}

/** What of the past of files is in sight. */
export function useFileHistory<T>(select: (state: FileHistoryState) => T): T {
  return useStore(useStudio().fileHistory.state, select);
}

/** What is chosen and shown in the model designer. */
export function useDesigner<T>(select: (state: DesignerState) => T): T {
  return useStore(useStudio().designer.state, select);
}

/** The frame of the window. */
export function useShell<T>(select: (state: ShellState) => T): T {
  return useStore(useStudio().shell.state, select);
}

/** Whether the main process can be reached. */
export function useConnection(): Connection {
  const { api } = useStudio();
  return useSyncExternalStore(api.onConnection, api.connection);
}

/** The sizes of a group of panes, remembered in the settings: spread the result on `SplitPanes`. */
export function useRememberedPanes(group: string) {
  const studio = useStudio();
  const layout = useSettings((state) => state.settings.panes[group]);
  return {
    id: group,
    layout,
    onLayoutChange: (next: Readonly<Record<string, number>>) => {
      studio.settings.rememberPanes(group, next).catch(reportError);
    },
  };
}
