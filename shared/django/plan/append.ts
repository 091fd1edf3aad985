import { lineEnd } from '../../python/file-style.ts';
import type { TextEdit } from '../../python/text-edit.ts';
import type { SourceText } from '../project-files.ts';

/** New top-level code behind everything a module holds, with `blank` empty lines between. */
export function appendToModule({ root, text }: SourceText, code: string, blank = 2): TextEdit {
  const last = root.lastNamedChild;
  if (last === null) {
    const at = text.startsWith('\uFEFF') ? 1 : 0;
    // A class needs imports, which come above it.
    const gap = /^(class |def |@)/.test(code) ? '\n'.repeat(blank) : '';
    return { start: at, end: text.length, text: `${gap}${code}\n` };
  }
  // The end of the tree's last node takes the comments behind a block with it, and they stay where they are.
  const written = text.slice(0, last.endIndex).trimEnd().length;
  const at = lineEnd(text, written);
  return { start: at, end: at, text: `${'\n'.repeat(blank + 1)}${code}` };
}
