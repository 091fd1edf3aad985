import { useEffect } from 'react';
import { NewProjectDialog } from '../features/new-project/new-project-dialog.tsx';
import { PlanDialog } from '../features/plan-dialog/plan-dialog.tsx';
import { OpenFolderDialog } from '../features/welcome/open-folder-dialog.tsx';
import { StudioNotices } from '../features/welcome/studio-notices.tsx';
import { WelcomeView } from '../features/welcome/welcome-view.tsx';
import { isDirty } from '../stores/open-files.ts';
import { useRememberedPanes, useShell, useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { SplitPanes, type SplitPane } from '../ui/split-panes.tsx';
import { Toasts, type ToastManager } from '../ui/toast.tsx';
import { TooltipGroup } from '../ui/tooltip.tsx';
import { ActivityBar } from './activity-bar.tsx';
import { CommandPalette, QuickOpen } from './command-palette.tsx';
import { ConnectionState } from './connection-screen.tsx';
import { DifferenceDialog } from './difference-dialog.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { FeatureArea } from './feature-area.tsx';
import { InterpreterDialog } from './interpreter-dialog.tsx';
import { JobsPanel } from './jobs-panel.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { ProjectBanners } from './project-banners.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { TrustDialog } from './trust-dialog.tsx';
import './studio-window.css';

/** The whole window. */
export function StudioWindow({ toasts }: { readonly toasts: ToastManager }) {
  useWindowTitle();
  useUnsavedGuard();
  return (
    <TooltipGroup>
      <Toasts toasts={toasts}>
        <div className="studio-window">
          <ConnectionState />
          <TitleBar />
          <ErrorBoundary name="Samois">
            <StudioNotices />
            <StudioBody />
          </ErrorBoundary>
          <StatusBar />
        </div>
        <CommandPalette />
        <QuickOpen />
        <OpenFolderDialog />
        <NewProjectDialog />
        <PlanDialog />
        <TrustDialog />
        <InterpreterDialog />
        <ShortcutsDialog />
        <DifferenceDialog />
      </Toasts>
    </TooltipGroup>
  );
}

function StudioBody() {
  const loaded = useWorkspace((state) => state.loaded);
  const open = useWorkspace((state) => state.workspace !== null);
  const settings = useShell((state) => state.view === 'settings');
  if (!loaded) return <main className="studio-main studio-body" aria-busy />;
  if (!open && !settings) {
    return (
      <div className="studio-body">
        <MainArea>
          <WelcomeView />
        </MainArea>
      </div>
    );
  }
  return (
    <>
      <ProjectBanners />
      <div className="studio-body">
        <ActivityBar />
        <MainArea>
          <FeatureArea />
        </MainArea>
      </div>
    </>
  );
}

/** The view, and below it the panel that is open. */
function MainArea({ children }: { readonly children: React.ReactNode }) {
  const panel = useShell((state) => state.panel);
  const remembered = useRememberedPanes('bottom-panel');
  const view: SplitPane = {
    id: 'view',
    content: (
      <main className="studio-view" data-part="view">
        {children}
      </main>
    ),
    min: 120,
  };
  const below: readonly SplitPane[] =
    panel === null
      ? []
      : [
          {
            id: 'panel',
            content: (
              <div className="studio-view" data-part="panel">
                {panel === 'jobs' ? <JobsPanel /> : <ProblemsPanel />}
              </div>
            ),
            size: 220,
            min: 100,
            fixed: true,
          },
        ];
  return (
    <div className="studio-main">
      <SplitPanes {...remembered} direction="vertical" panes={[view, ...below]} />
    </div>
  );
}

function useWindowTitle(): void {
  const name = useWorkspace((state) => state.workspace?.name);
  useEffect(() => {
    document.title = name === undefined ? 'Samois' : `${name} – Samois`;
  }, [name]);
}

/** Asks before a page with unsaved text is left. */
function useUnsavedGuard(): void {
  const { editor } = useStudio();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (editor.state.getState().files.some(isDirty)) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, [editor]);
}
