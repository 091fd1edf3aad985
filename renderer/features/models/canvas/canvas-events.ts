import type { InspectedField } from '../../../stores/designer-store.ts';
import type { MenuEntry } from '../../../ui/menu.tsx';
import type { Point } from './geometry.ts';
import type { Hit } from './hit-test.ts';
import type { RenameTarget } from './inline-name.tsx';

/** What happens on the canvas, for the view that knows the project. */
export interface CanvasEvents {
  readonly select: (models: Iterable<string>) => void;
  readonly toggle: (model: string) => void;
  readonly inspect: (field: InspectedField | null) => void;
  readonly moved: (places: ReadonlyMap<string, Point>) => void;
  readonly addModel: (app: string | null, at: Point) => void;
  readonly rename: (model: string, field: string | null, name: string) => void;
  readonly remove: () => void;
  /** Moves the focus to the inspector. */
  readonly open: () => void;
  readonly menu: (
    hit: Hit,
    app: string | null,
    at: Point,
    rename: (target: RenameTarget) => void,
  ) => readonly MenuEntry[];
}
