import { useEffect, useRef } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { followPageTheme } from '../../ui/editor-theme.ts';
import { createModel, editorOptions, monaco } from '../../ui/monaco.ts';
import { completeSql } from './sql-completion.ts';

interface SqlEditorProps {
  /** What stands in it at first. */
  readonly text: string;
  readonly fontSize: number;
  readonly tables: readonly DatabaseTable[];
  readonly onChange: (text: string) => void;
  /** The selection changed: its text, '' where nothing is selected. */
  readonly onSelect: (text: string) => void;
  readonly onRun: () => void;
  readonly onExplain: () => void;
}

/** The text of the statements. Monaco owns the page below this element. */
export function SqlEditor(props: SqlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (place.current === null) return undefined;
    return mountEditor(place.current, () => latest.current);
  }, []);
  return <div ref={place} className="sql-editor" />;
}

function mountEditor(place: HTMLElement, props: () => SqlEditorProps): () => void {
  const stopTheme = followPageTheme();
  const { text, fontSize } = props();
  const model = createModel(text, 'sql');
  const editor = monaco.editor.create(place, {
    ...editorOptions,
    ...{
      model,
      fontSize,
      ariaLabel: 'SQL',
      lineNumbers: 'off',
      folding: false,
      stickyScroll: { enabled: false },
    },
  });
  const stopCompletion = completeSql(model, () => props().tables);
  model.onDidChangeContent(() => {
    props().onChange(model.getValue());
  });
  editor.onDidChangeCursorSelection(({ selection }) => {
    props().onSelect(model.getValueInRange(selection));
  });
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => {
    props().onRun();
  });
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter, () => {
    props().onExplain();
  });
  editor.focus();
  void document.fonts.ready.then(() => {
    monaco.editor.remeasureFonts();
  });
  return () => {
    stopCompletion();
    editor.dispose();
    model.dispose();
    stopTheme();
  };
}
