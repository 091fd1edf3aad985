import { useEffect, useRef } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import type { EditorState } from '../../stores/editor-store.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import type { Studio } from '../../stores/studio.ts';
import { followPageTheme } from '../../ui/editor-theme.ts';
import { editorOptions, monaco } from '../../ui/monaco.ts';
import { textModelsOf, type TextModels } from './text-models.ts';

type ViewStates = Map<string, monaco.editor.ICodeEditorViewState>;

/** The text of the file in sight. Monaco owns the page below this element; the stores tell it what to show. */
export function CodeEditor() {
  const studio = useStudio();
  const place = useRef<HTMLDivElement>(null);
  const viewStates = useRef<ViewStates>(new Map());
  useEffect(() => {
    if (place.current === null) return undefined;
    return mountEditor(place.current, studio, viewStates.current);
  }, [studio]);
  return <div ref={place} className="code-editor" />;
}

function mountEditor(place: HTMLElement, studio: Studio, viewStates: ViewStates): () => void {
  const stopTheme = followPageTheme();
  const { state } = studio.editor;
  const models = textModelsOf(studio.editor);
  const editor = monaco.editor.create(place, {
    ...editorOptions,
    model: null,
    ariaLabel: 'Code',
    fontSize: studio.settings.state.getState().settings.editorFontSize,
  });
  let shown: string | null = null;

  const remember = (): void => {
    const viewState = shown === null ? null : editor.saveViewState();
    if (shown !== null && viewState !== null) viewStates.set(shown, viewState);
  };

  const show = ({ files, active, revealed }: EditorState): void => {
    const file = files.find(({ path }) => path === active);
    if (shown !== (file?.path ?? null)) {
      remember();
      shown = file?.path ?? null;
      editor.setModel(shown === null ? null : models.model(shown));
      const viewState = shown === null ? undefined : viewStates.get(shown);
      if (viewState !== undefined) editor.restoreViewState(viewState);
      if (shown !== null) editor.focus();
    }
    const readOnly = file?.disk.readOnly ?? null;
    editor.updateOptions({
      readOnly: readOnly !== null,
      ...(readOnly === null ? {} : { readOnlyMessage: { value: readOnly } }),
    });
    markProblems(models, files, studio.source.state.getState().snapshot);
    if (revealed !== null && revealed.file === shown) {
      goTo(editor, models, revealed);
      studio.editor.revealDone();
    }
  };

  show(state.getState());
  const stops = [
    state.subscribe(show),
    studio.source.state.subscribe(({ snapshot }) => {
      markProblems(models, state.getState().files, snapshot);
    }),
    studio.settings.state.subscribe(({ settings }) => {
      editor.updateOptions({ fontSize: settings.editorFontSize });
    }),
  ];
  // Widths are measured before the font is there.
  void document.fonts.ready.then(() => {
    monaco.editor.remeasureFonts();
  });
  return () => {
    remember();
    for (const stop of stops) stop();
    editor.dispose();
    stopTheme();
  };
}

function goTo(
  editor: monaco.editor.IStandaloneCodeEditor,
  models: TextModels,
  target: NonNullable<EditorState['revealed']>,
): void {
  const range = models.rangeOf(target);
  if (range === null) return;
  // The start is what was meant: a whole class need not be selected to be seen.
  editor.setPosition({ lineNumber: range.startLineNumber, column: range.startColumn });
  editor.revealRangeNearTop(range, monaco.editor.ScrollType.Immediate);
  const line = new monaco.Range(range.startLineNumber, 1, range.startLineNumber, 1);
  const flash = editor.createDecorationsCollection([
    { range: line, options: { isWholeLine: true, className: 'code-revealed-line' } },
  ]);
  setTimeout(() => {
    flash.clear();
  }, 1600);
  editor.focus();
}

function markProblems(
  models: TextModels,
  files: EditorState['files'],
  snapshot: ProjectSnapshot | null,
): void {
  for (const { path } of files) {
    const model = models.model(path);
    if (model === null) continue;
    const problems = (snapshot?.problems ?? []).filter(({ place }) => place?.file === path);
    monaco.editor.setModelMarkers(
      model,
      'samois',
      problems.flatMap(({ place, message, severity }) => {
        const range = place === null ? null : models.rangeOf(place);
        if (range === null) return [];
        const level = severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning;
        return [{ ...range, message, severity: level }];
      }),
    );
  }
}
