import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';

/** Says that a model is shown as it was before its file broke. */
export function StaleBanner({ model }: { readonly model: ModelFacts }) {
  const { editor } = useStudio();
  return (
    <Banner
      tone="warning"
      actions={
        <Button small onClick={() => void editor.reveal(model.place).catch(reportError)}>
          Open the file
        </Button>
      }
    >
      {model.place.file} is not valid Python at the moment: this is how {model.name} was last. It can be
      changed again once the file is mended.
    </Banner>
  );
}
