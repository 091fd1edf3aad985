import {
  Boxes,
  Maximize,
  PackagePlus,
  Plus,
  Spline,
  Ungroup,
  WandSparkles,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { CommandButton, CommandIcon } from '../../commands/command-button.tsx';
import { useDesigner, useStudio } from '../../stores/studio-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSeparator, ToolbarSpace } from '../../ui/pane.tsx';
import type { CanvasEngine } from './canvas/canvas-engine.ts';

/** What can be done with the canvas, above it. */
export function ModelsToolbar({ engine }: { readonly engine: CanvasEngine | null }) {
  const { designer } = useStudio();
  const edgesHidden = useDesigner((state) => state.edgesHidden);
  const outsideShown = useDesigner((state) => state.outsideShown);
  return (
    <Toolbar label="Models">
      <CommandButton command="models.addModel" kind="quiet" small icon={Plus}>
        Model
      </CommandButton>
      <CommandButton command="models.addApp" kind="quiet" small icon={PackagePlus}>
        App
      </CommandButton>
      <ToolbarSpace />
      <IconButton
        icon={Spline}
        label="Show relations"
        pressed={!edgesHidden}
        onClick={designer.toggleEdges}
      />
      <IconButton
        icon={Boxes}
        label="Show models of other packages"
        pressed={outsideShown}
        onClick={designer.toggleOutside}
      />
      <CommandIcon command="models.arrange" icon={WandSparkles} />
      <ToolbarSeparator />
      <CommandIcon command="models.zoomOut" icon={ZoomOut} />
      {engine === null ? <Ungroup size={14} aria-hidden /> : <ZoomFigure engine={engine} />}
      <CommandIcon command="models.zoomIn" icon={ZoomIn} />
      <CommandIcon command="models.fit" icon={Maximize} />
    </Toolbar>
  );
}

function ZoomFigure({ engine }: { readonly engine: CanvasEngine }) {
  const subscribe = useCallback((listener: () => void) => engine.onDrawn(listener), [engine]);
  const percent = useSyncExternalStore(subscribe, () => Math.round(engine.camera().zoom * 100));
  return (
    <button
      type="button"
      className="models-zoom"
      aria-label={`Zoom ${String(percent)} percent; press for natural size`}
      onClick={() => {
        engine.zoomBy(1 / engine.camera().zoom);
      }}
    >
      {percent}%
    </button>
  );
}
