import type { OpenFile } from '../../stores/open-files.ts';
import { useSettings, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextDifference } from '../../ui/text-difference.tsx';

/** Both texts of a file that was changed outside while it held unsaved text: nothing is lost before the user chose. */
export function ConflictView({ file }: { readonly file: OpenFile }) {
  const { editor } = useStudio();
  const fontSize = useSettings((state) => state.settings.editorFontSize);
  return (
    <div className="conflict">
      <Banner
        tone="warning"
        actions={
          <>
            <Button
              small
              onClick={() => {
                editor.resolve(file.path, 'theirs');
              }}
            >
              Take the text on disk
            </Button>
            <Button
              small
              kind="primary"
              onClick={() => {
                editor.resolve(file.path, 'mine');
              }}
            >
              Keep my text
            </Button>
          </>
        }
      >
        This file was changed outside of the studio while you edited it. Neither text is lost yet.
      </Banner>
      <TextDifference
        path={file.path}
        fontSize={fontSize}
        left={{ name: 'On disk', text: file.conflict?.text ?? '' }}
        right={{ name: 'Your text', text: file.draft }}
      />
    </div>
  );
}
