import { useEffect, useRef } from 'react';
import type { OpenFile } from '../../stores/open-files.ts';
import { useSettings, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { followPageTheme } from '../../ui/editor-theme.ts';
import { createModel, editorOptions, languageOf, monaco } from '../../ui/monaco.ts';

/** Both texts of a file that was changed outside while it held unsaved text: nothing is lost before the user chose. */
export function ConflictView({ file }: { readonly file: OpenFile }) {
  const { editor } = useStudio();
  const place = useRef<HTMLDivElement>(null);
  const fontSize = useSettings((state) => state.settings.editorFontSize);
  const theirs = file.conflict?.text ?? '';
  const mine = file.draft;
  useEffect(() => {
    if (place.current === null) return undefined;
    return mountDiff(place.current, file.path, { theirs, mine }, fontSize);
  }, [file.path, theirs, mine, fontSize]);
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

interface BothTexts {
  readonly theirs: string;
  readonly mine: string;
}

function mountDiff(place: HTMLElement, path: string, texts: BothTexts, fontSize: number): () => void {
  const stopTheme = followPageTheme();
  const original = createModel(texts.theirs, languageOf(path));
  const modified = createModel(texts.mine, languageOf(path));
  const diff = monaco.editor.createDiffEditor(place, {
    ...editorOptions,
    fontSize,
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    renderOverviewRuler: false,
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
