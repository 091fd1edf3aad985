import type { CommandId } from '../../../../shared/commands.ts';
import type { CopiedModels } from '../../../../shared/django/copied-models.ts';
import type { InspectedField } from '../../../stores/designer-store.ts';
import type { MenuEntry } from '../../../ui/menu.tsx';
import type { Point } from './geometry.ts';
import type { FieldDrop, FieldSource } from './field-drag.ts';
import type { Hit } from './hit-test.ts';
import type { RenameTarget } from './inline-name.tsx';

/** What happens on the canvas, for the view that knows the project. */
export interface CanvasEvents {
  readonly select: (models: Iterable<string>) => void;
  readonly toggle: (model: string) => void;
  readonly inspect: (field: InspectedField | null) => void;
  readonly moved: (places: ReadonlyMap<string, Point>) => void;
  /** A field was dragged onto another model, or to another place of its own. */
  readonly fieldDropped: (source: FieldSource, drop: FieldDrop) => void;
  /** The box of a collapsed app was opened. */
  readonly expand: (app: string) => void;
  readonly run: (command: CommandId) => void;
  /** Copies what is chosen; null where nothing of the project is. */
  readonly copy: () => CopiedModels | null;
  readonly paste: (copied: CopiedModels) => void;
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
