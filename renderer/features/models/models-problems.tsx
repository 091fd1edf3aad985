import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** What the source lens could not read, on top of everything, with the way to the line. */
export function ModelsProblems({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const { editor, shell } = useStudio();
  const errors = snapshot.problems.filter((problem) => problem.severity === 'error');
  const [first] = errors;
  if (first === undefined) return null;
  const { place } = first;
  return (
    <Banner
      tone="danger"
      actions={
        <>
          {errors.length > 1 && (
            <Button
              small
              kind="quiet"
              onClick={() => {
                shell.togglePanel('problems');
              }}
            >
              {errors.length - 1} more
            </Button>
          )}
          {place !== null && (
            <Button small onClick={() => void editor.reveal(place).catch(reportError)}>
              Go to line {place.line}
            </Button>
          )}
        </>
      }
    >
      {place === null || first.message.includes(place.file)
        ? first.message
        : `${place.file}: ${first.message}`}
    </Banner>
  );
}
