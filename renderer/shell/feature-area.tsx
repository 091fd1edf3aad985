import { ShieldAlert } from 'lucide-react';
import { Activity, Suspense, useState } from 'react';
import { CommandButton } from '../commands/command-button.tsx';
import { features, type Feature } from '../features.tsx';
import type { ViewId } from '../stores/shell-store.ts';
import { useShell, useWorkspace } from '../stores/studio-context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Spinner } from '../ui/progress.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

/** The feature in sight. Those that were shown before keep their state, but do nothing until they are shown again. */
export function FeatureArea() {
  const view = useShell((state) => state.view);
  const folder = useWorkspace((state) => state.workspace?.realPath);
  // Another project starts with nothing of the former one.
  return <VisitedFeatures key={folder} view={view} />;
}

function VisitedFeatures({ view }: { readonly view: ViewId }) {
  const [visited, setVisited] = useState<ReadonlySet<ViewId>>(new Set([view]));
  if (!visited.has(view)) setVisited(new Set([...visited, view]));
  return features
    .filter((feature) => visited.has(feature.id))
    .map((feature) => (
      <Activity key={feature.id} mode={feature.id === view ? 'visible' : 'hidden'}>
        <ErrorBoundary name={feature.label}>
          <Suspense fallback={<Waiting />}>
            <FeatureOrReason feature={feature} />
          </Suspense>
        </ErrorBoundary>
      </Activity>
    ));
}

function FeatureOrReason({ feature }: { readonly feature: Feature }) {
  const trusted = useWorkspace((state) => state.workspace?.trusted ?? false);
  if (trusted || !feature.needsTrust) return <feature.View />;
  return (
    <EmptyState
      icon={ShieldAlert}
      title={`“${feature.label}” needs your trust`}
      actions={<CommandButton command="project.trust" kind="primary" />}
    >
      It runs code of this project, and this folder is not trusted. Models, routes and code can be read
      without.
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div className="studio-waiting" role="status" aria-label="Loading">
      <Spinner />
    </div>
  );
}
