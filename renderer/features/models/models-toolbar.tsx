import {
  Boxes,
  Crosshair,
  Maximize,
  PackagePlus,
  Plus,
  Share,
  Spline,
  Ungroup,
  WandSparkles,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { commandSpec, type CommandId } from '../../../shared/commands.ts';
import { isEnabled, runCommand } from '../../commands/commands.ts';
import { CommandButton, CommandIcon } from '../../commands/command-button.tsx';
import { useDesigner, useStudio } from '../../stores/studio-context.tsx';
import type { Studio } from '../../stores/studio.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Toolbar, ToolbarSeparator, ToolbarSpace } from '../../ui/pane.tsx';
import type { CanvasEngine } from './canvas/canvas-engine.ts';

/** What can be done with the canvas, above it. */
export function ModelsToolbar({ engine }: { readonly engine: CanvasEngine | null }) {
  const studio = useStudio();
  const { designer } = studio;
  // What is chosen decides what the menus offer.
  useDesigner((state) => state.selected);
  useDesigner((state) => state.comparison);
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
      <Menu
        align="end"
        entries={focusEntries(studio)}
        trigger={<IconButton icon={Crosshair} label="Focus and compare" />}
      />
      <Menu
        align="end"
        entries={arrangeEntries(studio)}
        trigger={<IconButton icon={WandSparkles} label="Arrange and collapse" />}
      />
      <CommandIcon command="models.exportDiagram" icon={Share} />
      <ToolbarSeparator />
      <CommandIcon command="models.zoomOut" icon={ZoomOut} />
      {engine === null ? <Ungroup size={14} aria-hidden /> : <ZoomFigure engine={engine} />}
      <CommandIcon command="models.zoomIn" icon={ZoomIn} />
      <CommandIcon command="models.fit" icon={Maximize} />
    </Toolbar>
  );
}

const FOCUS: readonly (readonly [CommandId, string?])[][] = [
  [
    ['models.focusAround', 'F'],
    ['models.reachOut', 'R'],
    ['models.reachIn', 'Shift+R'],
    ['models.focusApp'],
    ['models.overview', 'O'],
    ['models.focusRoute'],
  ],
  [['models.compare'], ['models.focusChanges'], ['models.compareNothing']],
  [['models.focusNothing', 'Escape']],
];
const ARRANGE: readonly (readonly [CommandId, string?])[][] = [
  [['models.arrange'], ['models.arrangeApp'], ['models.arrangeSelection', 'L']],
  [['models.toggleCollapsed', 'C'], ['models.expandAll']],
];

function focusEntries(studio: Studio): readonly MenuEntry[] {
  return entriesOf(studio, FOCUS);
}

function arrangeEntries(studio: Studio): readonly MenuEntry[] {
  return entriesOf(studio, ARRANGE);
}

/** Commands in groups, with the keys they have on the canvas. */
function entriesOf(
  studio: Studio,
  groups: readonly (readonly (readonly [CommandId, string?])[])[],
): readonly MenuEntry[] {
  return groups.flatMap((group, at): readonly MenuEntry[] => [
    ...(at === 0 ? [] : [{ kind: 'separator' as const, id: `group-${String(at)}` }]),
    ...group.map(([command, key]): MenuEntry => ({
      kind: 'item',
      id: command,
      label: commandSpec(command).label,
      shortcut: key ?? commandSpec(command).shortcuts?.[0],
      disabled: !isEnabled(studio, command),
      onChoose: () => void runCommand(studio, command),
    })),
  ]);
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
