import type { FileChange, Hunk } from '../../shared/django/plan/plan.ts';
import { Badge } from './badge.tsx';
import { countLines, numberedLines, type NumberedLine } from './hunk-lines.ts';
import './hunk-view.css';

const kinds = {
  create: { word: 'new', tone: 'success' },
  edit: { word: 'changed', tone: 'neutral' },
  remove: { word: 'removed', tone: 'danger' },
} as const;

/** What a plan does to one file, as a diff to read. */
export function FileChangeView({ change }: { readonly change: FileChange }) {
  const { added, removed } = countLines(change.hunks);
  const kind = kinds[change.kind];
  return (
    <section className="file-change" aria-label={`${change.path}, ${kind.word}`}>
      <header className="file-change-head">
        {/* The isolate keeps the path in order: the box cuts at its start, so that the file's name stays. */}
        <span className="file-change-path" title={change.path}>
          <bdi>{change.path}</bdi>
        </span>
        {change.kind !== 'edit' && <Badge tone={kind.tone}>{kind.word}</Badge>}
        <span className="file-change-count">{countWords(added, removed)}</span>
      </header>
      <div
        className="file-change-body"
        tabIndex={0}
        role="group"
        aria-label={`Changed lines of ${change.path}`}
      >
        <HunkView hunks={change.hunks} />
      </div>
    </section>
  );
}

/** How much changes, in as few signs as it takes. */
function countWords(added: number, removed: number): string {
  const parts = [added > 0 && `+${added}`, removed > 0 && `−${removed}`].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'empty';
}

/** Runs of changed lines with their line numbers. */
export function HunkView({ hunks }: { readonly hunks: readonly Hunk[] }) {
  return (
    <table className="hunks">
      {hunks.map((hunk) => (
        <tbody key={`${hunk.oldStart}:${hunk.newStart}`}>
          <tr className="hunk-gap">
            <td colSpan={4}>Line {hunk.newStart}</td>
          </tr>
          {numberedLines(hunk).map((line) => (
            <Line key={`${line.before ?? ''}:${line.after ?? ''}`} line={line} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

const signs = { context: ' ', added: '+', removed: '−' };

function Line({ line }: { readonly line: NumberedLine }) {
  return (
    <tr className={`hunk-line hunk-${line.kind}`}>
      <td className="hunk-number">{line.before}</td>
      <td className="hunk-number">{line.after}</td>
      <td className="hunk-sign">{signs[line.kind]}</td>
      <td className="hunk-text">{line.text}</td>
    </tr>
  );
}
