import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './pane.css';

interface PaneProps {
  readonly title: ReactNode;
  /** Muted text behind the title: a count, a path. */
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
  /** A list beside the work, on a quieter ground. */
  readonly side?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}

/** A part of the window with its own header. */
export function Pane({ title, detail, actions, side = false, label, children }: PaneProps) {
  return (
    <section className={classNames('pane', side && 'pane-side')} aria-label={label}>
      <PaneHeader title={title} detail={detail} actions={actions} />
      <div className="pane-body">{children}</div>
    </section>
  );
}

/** The line on top of a pane. */
export function PaneHeader({ title, detail, actions }: Pick<PaneProps, 'title' | 'detail' | 'actions'>) {
  return (
    <header className="pane-header">
      <h2 className="pane-title">{title}</h2>
      {detail !== undefined && <span className="pane-detail">{detail}</span>}
      {actions !== undefined && <div className="pane-actions">{actions}</div>}
    </header>
  );
}

/** A row of controls above a view. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="toolbar" role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}

/** A fine line between two groups of a toolbar. */
export function ToolbarSeparator() {
  return <span className="toolbar-separator" aria-hidden />;
}

/** Pushes what follows to the end of a toolbar. */
export function ToolbarSpace() {
  return <span className="toolbar-space" aria-hidden />;
}
