import { attempt } from '../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { classNames } from '../../ui/class-names.ts';
import type { TextStyle } from './ansi.ts';
import { segmentsOf, type LogRow, type RowSegment } from './log-rows.ts';
import { isOwnCode, linksIn } from './source-links.ts';

interface LinkedTextProps {
  readonly row: Pick<LogRow, 'text' | 'parts'>;
  /** Marked where it is found. */
  readonly search: string;
}

/** A line in its colors; places of the project's own code can be gone to. */
export function LinkedText({ row, search }: LinkedTextProps) {
  const workspace = useWorkspace((state) => state.workspace);
  const links = linksIn(row.text).filter(
    ({ file }) => workspace !== null && isOwnCode(pathInWorkspace(workspace, file)),
  );
  return segmentsOf(row, links, search).map((segment) => <Segment key={segment.start} segment={segment} />);
}

function Segment({ segment }: { readonly segment: RowSegment }) {
  const { editor, notify } = useStudio();
  const { text, style, link, found } = segment;
  const shown = found ? <mark className="log-found">{text}</mark> : text;
  if (link === null) return <span className={styleNames(style)}>{shown}</span>;
  return (
    <button
      type="button"
      className={classNames('log-link', styleNames(style))}
      onClick={() =>
        void attempt(notify, 'The file could not be opened', () =>
          editor.reveal({ file: link.file, line: link.line }),
        )
      }
    >
      {shown}
    </button>
  );
}

function styleNames(style: TextStyle): string {
  return classNames(
    style.color !== null && `ansi-${style.color}`,
    style.bold && 'ansi-bold',
    style.faint && 'ansi-faint',
    style.italic && 'ansi-italic',
    style.underline && 'ansi-underline',
  );
}
