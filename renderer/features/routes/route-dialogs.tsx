import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { useRoutes, useSource, useStudio } from '../../stores/studio-context.tsx';
import { AddRouteDialog } from './add-route-dialog.tsx';
import { IncludeForm, RouteMoveForm, RouteNameForm, RoutePathForm } from './route-forms.tsx';
import { ViewForm } from './view-form.tsx';

interface RouteDialogsProps {
  readonly snapshot: ProjectSnapshot;
  /** The app of the chosen route. */
  readonly app: string | null;
}

/** The form that is open in front of the list of routes. */
export function RouteDialogs({ snapshot, app }: RouteDialogsProps) {
  const { routes } = useStudio();
  const dialog = useRoutes((state) => state.dialog);
  const files = useSource((state) => state.files);
  const { close } = routes;
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'add':
      return <AddRouteDialog snapshot={snapshot} app={app} onClose={close} />;
    case 'add-view':
      return <ViewForm snapshot={snapshot} app={ownApp(snapshot, app)} onClose={close} />;
    case 'include':
      return <IncludeForm snapshot={snapshot} files={files.map(({ path }) => path)} onClose={close} />;
    case 'path':
      return <RoutePathForm route={dialog.route} onClose={close} />;
    case 'rename':
      return <RouteNameForm route={dialog.route} name={dialog.name} onClose={close} />;
    case 'move':
      return <RouteMoveForm snapshot={snapshot} route={dialog.route} onClose={close} />;
  }
}

function ownApp({ apps }: ProjectSnapshot, label: string | null): string | null {
  return apps.find((app) => app.label === label && app.folder !== null)?.label ?? null;
}
