import type { EditorStore, RevealTarget } from '../../stores/editor-store.ts';
import { applyTyped, positionAt, replacementOf, type OpenFile } from '../../stores/open-files.ts';
import { createModel, languageOf, monaco } from '../../ui/monaco.ts';

interface TrackedModel {
  readonly model: monaco.editor.ITextModel;
  /** The file's own text: what the model shows, with the line endings the file has. */
  draft: string;
  readonly stop: () => void;
}

/** The editor's texts, one for each open file, kept the same as the drafts of the editor store. */
export interface TextModels {
  /** Makes the models follow the open files: new ones, closed ones, and texts that others changed. */
  readonly follow: (files: readonly OpenFile[]) => void;
  readonly model: (path: string) => monaco.editor.ITextModel | null;
  readonly rangeOf: (target: RevealTarget) => monaco.IRange | null;
}

const kept = new WeakMap<EditorStore, TextModels>();

/** The texts of a window. They outlive the editor: what was typed can be undone after a look elsewhere. */
export function textModelsOf(editor: EditorStore): TextModels {
  const known = kept.get(editor);
  if (known !== undefined) return known;
  const models = createTextModels(editor.edit);
  models.follow(editor.state.getState().files);
  editor.state.subscribe(({ files }) => {
    models.follow(files);
  });
  kept.set(editor, models);
  return models;
}

/** Makes the models; `onTyped` hears every change that comes from the keyboard. */
function createTextModels(onTyped: (path: string, draft: string) => void): TextModels {
  const tracked = new Map<string, TrackedModel>();
  let following = false;

  const track = (file: OpenFile): void => {
    const uri = monaco.Uri.from({ scheme: 'workspace', path: `/${file.path}` });
    const model = createModel(file.draft, languageOf(file.path), uri);
    const listener = model.onDidChangeContent((event) => {
      const entry = tracked.get(file.path);
      if (entry === undefined || following) return;
      entry.draft = applyTyped(
        entry.draft,
        event.changes.map(({ range, text }) => ({
          startLine: range.startLineNumber,
          startColumn: range.startColumn,
          endLine: range.endLineNumber,
          endColumn: range.endColumn,
          text,
        })),
        model.getEOL() === '\r\n' ? '\r\n' : '\n',
      );
      onTyped(file.path, entry.draft);
    });
    const stop = (): void => {
      listener.dispose();
      model.dispose();
    };
    tracked.set(file.path, { model, draft: file.draft, stop });
  };

  const takeOver = (entry: TrackedModel, draft: string): void => {
    const { model } = entry;
    entry.draft = draft;
    const wanted = draft.replace(/^\uFEFF/, '').replace(/\r\n|\r|\n/g, model.getEOL());
    const { start, end, text } = replacementOf(model.getValue(), wanted);
    const from = model.getPositionAt(start);
    const to = model.getPositionAt(end);
    following = true;
    model.pushEditOperations([], [{ range: monaco.Range.fromPositions(from, to), text }], () => null);
    following = false;
  };

  return {
    follow: (files) => {
      const open = new Set(files.map((file) => file.path));
      for (const [path, entry] of tracked) {
        if (open.has(path)) continue;
        entry.stop();
        tracked.delete(path);
      }
      for (const file of files) {
        const entry = tracked.get(file.path);
        if (entry === undefined) track(file);
        else if (entry.draft !== file.draft) takeOver(entry, file.draft);
      }
    },
    model: (path) => tracked.get(path)?.model ?? null,
    rangeOf: (target) => {
      const entry = tracked.get(target.file);
      if (entry === undefined) return null;
      const line = target.line ?? 1;
      if (target.start === undefined) return new monaco.Range(line, 1, line, 1);
      const start = positionAt(entry.draft, target.start);
      const end = positionAt(entry.draft, target.end ?? target.start);
      return new monaco.Range(start.line, start.column, end.line, end.column);
    },
  };
}
