import 'monaco-editor/features/register.all.js';
import 'monaco-editor/languages/definitions/css/register.js';
import 'monaco-editor/languages/definitions/dockerfile/register.js';
import 'monaco-editor/languages/definitions/html/register.js';
import 'monaco-editor/languages/definitions/ini/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/markdown/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/shell/register.js';
import 'monaco-editor/languages/definitions/sql/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import 'monaco-editor/languages/definitions/xml/register.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import * as monaco from 'monaco-editor/editor.js';

// Monaco asks for its worker under this name.
Object.assign(globalThis, { MonacoEnvironment: { getWorker: () => new EditorWorker() } });

/** The code editor with the languages of a Django project. */
export { monaco };

/** A text for an editor, without the colors by bracket depth that an option of the editor does not reach. */
export function createModel(text: string, language: string, uri?: monaco.Uri): monaco.editor.ITextModel {
  const model = monaco.editor.createModel(text, language, uri);
  model.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  return model;
}

/** What every editor of the studio is set to. */
export const editorOptions = {
  automaticLayout: true,
  bracketPairColorization: { enabled: false },
  contextmenu: true,
  cursorBlinking: 'solid',
  fixedOverflowWidgets: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace",
  fontLigatures: false,
  insertSpaces: true,
  detectIndentation: true,
  tabSize: 4,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerBorder: false,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: 'line',
  rulers: [],
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  smoothScrolling: false,
  stickyScroll: { enabled: true, maxLineCount: 3 },
  unicodeHighlight: { nonBasicASCII: false },
  wordBasedSuggestions: 'currentDocument',
} as const satisfies monaco.editor.IEditorOptions & monaco.editor.IGlobalEditorOptions;

const languages: Readonly<Record<string, string>> = {
  py: 'python',
  pyi: 'python',
  html: 'html',
  htm: 'html',
  djhtml: 'html',
  css: 'css',
  js: 'javascript',
  mjs: 'javascript',
  json: 'javascript',
  ts: 'typescript',
  md: 'markdown',
  yml: 'yaml',
  yaml: 'yaml',
  toml: 'ini',
  ini: 'ini',
  cfg: 'ini',
  env: 'ini',
  sh: 'shell',
  sql: 'sql',
  xml: 'xml',
  svg: 'xml',
};

/** The language of a file by its name. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.startsWith('dockerfile')) return 'dockerfile';
  if (name.startsWith('.env')) return 'ini';
  return languages[name.slice(name.lastIndexOf('.') + 1)] ?? 'plaintext';
}
