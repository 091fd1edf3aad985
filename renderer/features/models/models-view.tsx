import { Boxes } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import {
  useDesigner,
  useRememberedPanes,
  useSource,
  useStudio,
  useWorkspace,
} from '../../stores/studio-context.tsx';
import { modelById } from '../../stores/source-store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import type { CanvasEngine } from './canvas/canvas-engine.ts';
import { inBoth, matchFields, matchModels } from './canvas/filter.ts';
import { ModelCanvas } from './canvas/model-canvas.tsx';
import { ModelList } from './canvas/model-list.tsx';
import { CanvasBars } from './canvas-bars.tsx';
import { DesignerDialogs } from './designer-dialogs.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { ModelsProblems } from './models-problems.tsx';
import { appMenu, modelMenu } from './model-menu.ts';
import { ModelsToolbar } from './models-toolbar.tsx';
import { useCanvasEvents } from './use-canvas-events.ts';
import { useEndOfFocus, useWishes } from './use-wishes.ts';
import { usePicture } from './use-picture.ts';
import './models.css';
import './inspector/inspector.css';
import './inspector/sections/sections.css';

/** The model designer: list, canvas and inspector of the models of all apps. */
export function ModelsView() {
  const snapshot = useSource((state) => state.snapshot);
  const folder = useWorkspace((state) => state.workspace?.realPath ?? '');
  if (snapshot === null) return <div className="models" aria-busy="true" />;
  // Another folder has other places: nothing of the former picture may stay.
  return <Designer key={folder} snapshot={snapshot} />;
}

function Designer({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const studio = useStudio();
  const { designer } = studio;
  const { picture, keeper, focused } = usePicture();
  const [engine, setEngine] = useState<CanvasEngine | null>(null);
  const inspector = useRef<HTMLDivElement>(null);
  const { selected, field, filter, edgesHidden, wish } = useDesigner((state) => state);
  const matching = useMemo(() => matchModels(snapshot.models, filter), [snapshot.models, filter]);
  const found = useMemo(() => matchFields(snapshot.models, filter), [snapshot.models, filter]);
  const events = useCanvasEvents(snapshot, keeper, inspector);
  useWishes(wish, keeper, matching);
  useEndOfFocus(picture, wish);
  const panes = useRememberedPanes('models');
  const [only] = selected;

  const list = (
    <ModelList
      apps={snapshot.apps}
      models={snapshot.models}
      matching={matching}
      filter={filter}
      onFilter={designer.setFilter}
      selected={selected.size === 1 ? (only ?? null) : null}
      onSelect={designer.reveal}
      menuOf={(row) => {
        if (row.kind === 'app') return isOwnApp(snapshot, row.id) ? appMenu(studio, row.id) : [];
        const model = modelById(snapshot, row.id);
        return model === null
          ? []
          : modelMenu(studio, model, () => {
              designer.reveal(model.id);
              designer.ask({ kind: 'rename' });
            });
      }}
    />
  );
  const canvas = (
    <div className="models-middle" data-part="canvas">
      <ModelsToolbar engine={engine} />
      <ModelsProblems snapshot={snapshot} />
      <CanvasBars focused={focused?.size ?? 0} />
      {snapshot.models.length === 0 ? (
        <NoModels snapshot={snapshot} />
      ) : (
        picture !== null && (
          <ModelCanvas
            picture={picture}
            selected={selected}
            field={field?.kind === 'field' ? field.name : null}
            matching={inBoth(matching, focused)}
            found={found}
            edgesHidden={edgesHidden}
            wish={wish}
            events={events}
            onEngine={setEngine}
          />
        )
      )}
    </div>
  );
  return (
    <div className="models">
      <SplitPanes
        {...panes}
        panes={[
          {
            id: 'list',
            content: (
              <div className="models-side" data-part="models">
                {list}
              </div>
            ),
            size: 220,
            min: 140,
            max: 420,
            fixed: true,
          },
          { id: 'canvas', content: canvas, min: 240 },
          {
            id: 'inspector',
            content: (
              <div ref={inspector} className="models-side" data-part="inspector">
                <Inspector snapshot={snapshot} />
              </div>
            ),
            size: 340,
            min: 260,
            max: 560,
            fixed: true,
          },
        ]}
      />
      <DesignerDialogs snapshot={snapshot} keeper={keeper} picture={picture} />
    </div>
  );
}

/** Its package is part of the project. */
function isOwnApp({ apps }: ProjectSnapshot, label: string): boolean {
  return apps.some((app) => app.label === label && app.folder !== null);
}

function NoModels({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const hasApp = snapshot.apps.some((app) => app.folder !== null);
  return (
    <EmptyState
      icon={Boxes}
      title={hasApp ? 'No models yet' : 'No apps yet'}
      actions={
        <>
          <CommandButton command="models.addModel" kind={hasApp ? 'primary' : 'secondary'} />
          <CommandButton command="models.addApp" kind={hasApp ? 'secondary' : 'primary'} />
        </>
      }
    >
      {hasApp
        ? 'A model is a table of your database, written as a Python class in an app.'
        : 'Models live in apps: packages of your project that belong together, like a catalog or orders.'}
    </EmptyState>
  );
}
