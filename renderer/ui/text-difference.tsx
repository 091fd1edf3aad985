import { useEffect, useRef } from 'react';
import { followPageTheme } from './editor-theme.ts';
import { createModel, editorOptions, languageOf, monaco } from './monaco.ts';
import './text-difference.css';

interface Side {
  /** Stands above it. */
  readonly name: string;
  readonly text: string;
}

interface TextDifferenceProps {
  /** The file both texts are of: its name says their language. */
  readonly path: string;
  readonly left: Side;
  readonly right: Side;
  readonly fontSize: number;
}

/** Two texts of one file beside each other, with what is different marked; neither can be typed in. */
export function TextDifference({ path, left, right, fontSize }: TextDifferenceProps) {
  const place = useRef<HTMLDivElement>(null);
  const [leftName, leftText, rightName, rightText] = [left.name, left.text, right.name, right.text];
  useEffect(() => {
    if (place.current === null) return undefined;
    const sides = { left: { name: leftName, text: leftText }, right: { name: rightName, text: rightText } };
    return mountDifference(place.current, path, sides, fontSize);
  }, [path, leftName, leftText, rightName, rightText, fontSize]);
  return (
    <div className="difference">
      <div className="difference-heads">
        <span>{left.name}</span>
        <span>{right.name}</span>
      </div>
      <div ref={place} className="difference-editor" />
    </div>
  );
}

function mountDifference(
  place: HTMLElement,
  path: string,
  { left, right }: { readonly left: Side; readonly right: Side },
  fontSize: number,
): () => void {
  const stopTheme = followPageTheme();
  const original = createModel(left.text, languageOf(path));
  const modified = createModel(right.text, languageOf(path));
  const diff = monaco.editor.createDiffEditor(place, {
    ...editorOptions,
    fontSize,
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    renderOverviewRuler: false,
    useInlineViewWhenSpaceIsLimited: false,
    originalAriaLabel: left.name,
    modifiedAriaLabel: right.name,
  });
  // Ours, because the editor leaves the one it makes itself comparing after the texts are gone.
  const compared = diff.createViewModel({ original, modified });
  diff.setModel(compared);
  const firstComparison = diff.onDidUpdateDiff(() => {
    firstComparison.dispose();
    diff.revealFirstDiff();
  });
  return () => {
    firstComparison.dispose();
    diff.dispose();
    compared.dispose();
    original.dispose();
    modified.dispose();
    stopTheme();
  };
}
