import { ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import './section.css';

interface SectionProps {
  readonly title: string;
  /** Beside the title: how many there are. */
  readonly count?: number | undefined;
  readonly actions?: ReactNode;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** A part of a pane under its own title, which opens and closes it. */
export function Section({ title, count, actions, open, onToggle, children }: SectionProps) {
  const id = useId();
  return (
    <section className="section" aria-label={title}>
      <header className="section-head">
        <h3>
          <button
            type="button"
            className="section-toggle"
            aria-expanded={open}
            aria-controls={id}
            onClick={onToggle}
          >
            <ChevronRight size={13} aria-hidden />
            {title} {count !== undefined && count > 0 && <span className="section-count">{count}</span>}
          </button>
        </h3>
        {open && actions}
      </header>
      <div id={id} hidden={!open} className="section-body">
        {open && children}
      </div>
    </section>
  );
}
