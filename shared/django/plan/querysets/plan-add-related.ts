import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { lineOf, undecorated } from '../../../python/syntax.ts';
import { applyEdits, type TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { addToAdmin } from './admin-querysets.ts';
import { addToClass, ownerOf, unclear } from './class-querysets.ts';
import { FetchFinder, type Fetch } from './find-fetches.ts';
import { addRelated } from './queryset-chain.ts';

type AddRelated = OperationOf<'queryset.addRelated'>;

/**
 * Fetches a relation with the objects it is followed from: at the line that fetched them, else in the function or
 * class around it, else in the view that was answering.
 */
export function planAddRelated(operation: AddRelated, context: PlanContext, draft: Draft): void {
  const sites = new QuerysetSites(operation, context, draft);
  if (sites.addWhereFetched() || sites.addInView()) return;
  const { model, method, relation, fetched } = operation;
  throw new Failure(
    'not-found',
    `Where ${model} is fetched was not found in the source. Add .${method}("${relation}") to its queryset in the editor.`,
    fetched === null ? {} : { file: fetched.file, line: fetched.line },
  );
}

class QuerysetSites {
  private readonly operation: AddRelated;
  private readonly context: PlanContext;
  private readonly draft: Draft;

  constructor(operation: AddRelated, context: PlanContext, draft: Draft) {
    this.operation = operation;
    this.context = context;
    this.draft = draft;
  }

  /** From the line outwards: its statement, the function, the class. */
  addWhereFetched(): boolean {
    const { fetched } = this.operation;
    if (fetched?.file.endsWith('.py') !== true || !this.context.files.has(fetched.file)) return false;
    const source = this.draft.source(fetched.file);
    const statement = statementAtLine(source, fetched.line);
    if (statement === null) return false;
    const finder = this.finder(source);
    if (
      this.add(
        finder,
        headOf(statement).flatMap((part) => finder.in(part, true)),
      )
    )
      return true;
    for (let outer = statement.parent; outer !== null; outer = outer.parent) {
      if (outer.type === 'function_definition' && this.add(finder, finder.in(outer))) return true;
      const name = outer.type === 'class_definition' ? outer.childForFieldName('name')?.text : undefined;
      if (name !== undefined && this.addToClassNamed(source.path, name)) return true;
    }
    return false;
  }

  addInView(): boolean {
    const { view, model } = this.operation;
    if (view === null) return false;
    if (view.startsWith('django.contrib.admin.'))
      return addToAdmin(model, this.operation, this.context, this.draft);
    const dot = view.lastIndexOf('.');
    const path = this.context.resolver.findModule(view.slice(0, dot));
    if (path === null) return false;
    const name = view.slice(dot + 1);
    if (this.addToClassNamed(path, name)) return true;
    const found = this.context.resolver.resolve(path, name);
    if (found?.kind !== 'class' && found?.kind !== 'function') return false;
    const source = this.draft.source(found.path);
    const definition = source.root.descendantForIndex(found.facts.span.start, found.facts.span.end);
    const finder = this.finder(source);
    return definition !== null && this.add(finder, finder.in(undecorated(definition)));
  }

  private addToClassNamed(path: string, name: string): boolean {
    const found = this.context.resolver.resolve(path, name);
    return (
      found?.kind === 'class' &&
      ownerOf(found, this.draft) !== null &&
      addToClass(found, this.operation.model, this.operation, this.context, this.draft)
    );
  }

  /** Writes the only one; where there are several, the user says which. */
  private add({ source }: FetchFinder, fetches: readonly Fetch[]): boolean {
    const [only, ...others] = fetches;
    if (only === undefined) return false;
    if (others.length === 0 && only.unsure === null) {
      this.draft.edit(source.path, this.editsOf(only, source));
      return true;
    }
    for (const fetch of fetches) {
      const edit = asOne(this.editsOf(fetch, source), source.text);
      if (edit === null) continue;
      const why =
        fetch.unsure === null
          ? `may be where ${this.operation.model} is fetched`
          : `${fetch.unsure} may give something else than a queryset`;
      this.draft.offer(source.path, edit, why);
    }
    return true;
  }

  private editsOf({ kind, node, query }: Fetch, { path, text }: SourceText): readonly TextEdit[] {
    const { method, relation } = this.operation;
    const { quote } = this.draft.style(path);
    if (kind === 'model') {
      const code = `.objects.${method}(${quote}${relation}${quote})`;
      return [{ start: node.endIndex, end: node.endIndex, text: code }];
    }
    const edits = addRelated(query, this.operation, text, quote);
    if (edits === null) throw unclear(path, node, this.operation);
    return edits;
  }

  private finder(source: SourceText): FetchFinder {
    return new FetchFinder(source, this.operation.model, this.context);
  }
}

/** The innermost statement that a line is part of. */
function statementAtLine({ root, text }: SourceText, line: number): SyntaxNode | null {
  const shown = text.split('\n')[line - 1];
  if (shown === undefined) return null;
  const column = shown.search(/\S/);
  if (column === -1) return null;
  let node = root.descendantForPosition({ row: line - 1, column });
  while (node !== null && node.parent !== null && !/^(module|block)$/.test(node.parent.type))
    node = node.parent;
  return node === null || lineOf(node) > line || node.parent === null ? null : node;
}

/** What of a statement runs at its own line: a loop without its body. */
function headOf(statement: SyntaxNode): readonly SyntaxNode[] {
  if (/^(decorated_definition|function_definition|class_definition)$/.test(statement.type)) return [];
  return statement.namedChildren.filter(({ type }) => type !== 'block' && !type.endsWith('_clause'));
}

function asOne(edits: readonly TextEdit[], text: string): TextEdit | null {
  const [first] = edits;
  if (first === undefined) return null;
  const start = Math.min(...edits.map((edit) => edit.start));
  const end = Math.max(...edits.map((edit) => edit.end));
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return { start, end, text: applyEdits(text.slice(start, end), moved) };
}
