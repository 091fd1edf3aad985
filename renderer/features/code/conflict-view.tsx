import { useEffect, useRef } from 'react';
import type { OpenFile } from '../../stores/open-files.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { followPageTheme } from './editor-theme.ts';
import { editorOptions, languageOf, monaco } from './monaco.ts';

/** Both texts of a file that was changed outside while it held unsaved text: nothing is lost before the user chose. */
export function ConflictView({ file }: { readonly file: OpenFile }) {
  const { editor } = useStudio();
  const place = useRef<HTMLDivElement>(null);
  const theirs = file.conflict?.text ?? '';
  const mine = file.draft;
  useEffect(() => {
    if (place.current === null) return undefined;
    return mountDiff(place.current, file.path, theirs, mine);
  }, [file.path, theirs, mine]);
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
      <div className="conflict-heads">
        <span>On disk</span>
        <span>Your text</span>
      </div>
      <div ref={place} className="code-editor" />
    </div>
  );
}

function mountDiff(place: HTMLElement, path: string, theirs: string, mine: string): () => void {
  const stopTheme = followPageTheme();
  const original = monaco.editor.createModel(theirs, languageOf(path));
  const modified = monaco.editor.createModel(mine, languageOf(path));
  const diff = monaco.editor.createDiffEditor(place, {
    ...editorOptions,
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: false,
    originalAriaLabel: 'Text on disk',
    modifiedAriaLabel: 'Your text',
  });
  diff.setModel({ original, modified });
  return () => {
    diff.dispose();
    original.dispose();
    modified.dispose();
    stopTheme();
  };
}
