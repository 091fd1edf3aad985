import { Fragment, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import './split-panes.css';

/** One pane of a split. Sizes are pixels (`240`) or shares (`'30%'`). */
export interface SplitPane {
  readonly id: string;
  readonly content: ReactNode;
  readonly size?: number | string;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Keeps its pixels when the window is resized: for lists beside the work. */
  readonly fixed?: boolean;
}

/** Shares in percent by the id of the pane. */
export type PaneLayout = Readonly<Record<string, number>>;

interface SplitPanesProps {
  readonly id: string;
  readonly direction?: 'horizontal' | 'vertical';
  readonly panes: readonly SplitPane[];
  /** What was remembered; panes that it does not name take their own size. */
  readonly layout?: PaneLayout | undefined;
  /** After the user moved a separator. */
  readonly onLayoutChange?: (layout: PaneLayout) => void;
}

/** Panes with separators that the pointer and the arrow keys move. */
export function SplitPanes({ id, direction = 'horizontal', panes, layout, onLayoutChange }: SplitPanesProps) {
  const known = layout !== undefined && panes.every((pane) => layout[pane.id] !== undefined);
  return (
    <Group
      id={id}
      orientation={direction}
      defaultLayout={known ? { ...layout } : undefined}
      onLayoutChanged={(next, { isUserInteraction }) => {
        if (isUserInteraction) onLayoutChange?.(next);
      }}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && <Separator className="split-separator" aria-label="Resize the panes" />}
          <Panel
            id={pane.id}
            className="split-panel"
            defaultSize={pane.size}
            minSize={pane.min ?? 80}
            maxSize={pane.max}
            groupResizeBehavior={pane.fixed === true ? 'preserve-pixel-size' : 'preserve-relative-size'}
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
