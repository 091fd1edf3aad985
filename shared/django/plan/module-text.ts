import { Failure } from '../../contract/failure.ts';
import { editedRegions } from '../../python/edited-regions.ts';
import type { FileStyle } from '../../python/file-style.ts';
import { layoutEdits, type FormattedStyle, type Range } from '../../python/formatting/lay-out.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { errorLines } from '../../python/syntax.ts';
import { applyEdits, type TextEdit } from '../../python/text-edit.ts';
import type { SourceText } from '../project-files.ts';
import type { PlanContext } from './plan-context.ts';
import { formattedStyleOf } from './project-style.ts';

/** A module after its edits: parsed again, and its touched statements as the project's formatter would leave them. */
export function changedModule(
  context: PlanContext,
  { path, text, root }: SourceText,
  edits: readonly TextEdit[],
  style: FileStyle,
): string {
  const formatted = formattedStyleOf(context, style);
  const regions = editedRegions(root, text, edits).map((region): TextEdit => {
    const written = region.written.map((range, at): Written => {
      const replaced = region.replaced[at];
      return { ...range, style: replaced === undefined ? null : keptStyle(root, text, replaced, formatted) };
    });
    const { start, end } = region;
    return { start, end, text: soundText(context, path, { ...region, written }) };
  });
  const after = applyEdits(text, regions);
  // Without the imports at its top a module starts with its next statement.
  return /^\uFEFF?\r?\n/.test(text) ? after : after.replace(/^(\uFEFF?)(?:\r?\n)+/, '$1');
}

/** The style that a range keeps; what its author laid out otherwise stays so. */
function keptStyle(
  root: SyntaxNode,
  text: string,
  replaced: Range,
  formatted: FormattedStyle | null,
): FormattedStyle | null {
  if (formatted === null) return null;
  const styles = [formatted, { ...formatted, sortsImports: false }];
  return styles.find((style) => layoutEdits(root, text, [replaced], style).length === 0) ?? null;
}

/** A new module: parsed once, and laid out as the project's formatter would. */
export function newModule(context: PlanContext, path: string, text: string, style: FileStyle): string {
  const whole = { start: 0, end: text.length, style: formattedStyleOf(context, style) };
  return soundText(context, path, { text, linesAbove: 0, written: [whole] });
}

interface Written extends Range {
  /** How the statements in it are left; null leaves them as they are. */
  readonly style: FormattedStyle | null;
}

interface WrittenText {
  readonly text: string;
  readonly linesAbove: number;
  readonly written: readonly Written[];
}

/** What is written is parsed again first: a plan never breaks a file. */
function soundText({ files }: PlanContext, path: string, { text, linesAbove, written }: WrittenText): string {
  const tree = files.parse(text);
  try {
    const [inside] = tree.rootNode.hasError ? errorLines(tree.rootNode) : [];
    if (inside === undefined) return laidOut(tree.rootNode, text, written);
    const line = linesAbove + inside;
    throw new Failure(
      'unclear-source',
      `The change would leave ${path} with an error at line ${String(line)}. Make it in the editor.`,
      { file: path, line },
    );
  } finally {
    tree.delete();
  }
}

function laidOut(root: SyntaxNode, text: string, written: readonly Written[]): string {
  const edits = new Map<number, TextEdit>();
  for (const { style, ...range } of written) {
    for (const edit of style === null ? [] : layoutEdits(root, text, [range], style))
      edits.set(edit.start, edit);
  }
  return applyEdits(text, [...edits.values()]);
}
