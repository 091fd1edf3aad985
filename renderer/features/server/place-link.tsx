import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';

interface PlaceLinkProps {
  readonly file: string;
  readonly line: number | null;
}

/** A line of the project; a press opens it. */
export function PlaceLink({ file, line }: PlaceLinkProps) {
  const { editor, notify } = useStudio();
  return (
    <Button
      small
      kind="quiet"
      className="place-link"
      title={file}
      onClick={() =>
        void attempt(notify, 'The file could not be opened', () => editor.reveal({ file, line }))
      }
    >
      {file.split(/[\\/]/).slice(-2).join('/')}
      {line === null ? '' : `:${line}`}
    </Button>
  );
}
