import { Failure } from '../../../contract/failure.ts';
import { indentAt, type FileStyle } from '../../../python/file-style.ts';
import { layoutExpression } from '../../../python/layout.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import type { PythonClass } from '../../../python/python-module.ts';
import { indentLines, removeStatements } from '../../../python/statement-edit.ts';
import { assignmentsOf, undecorated } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import { membersOf, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { insertMember, memberNamed } from '../models/class-members.ts';
import type { PlanContext } from '../plan-context.ts';

/** A model's class with its `Meta`, as they stand in the file. */
export interface MetaSource {
  readonly source: SourceText;
  readonly definition: SyntaxNode;
  readonly meta: SyntaxNode | null;
  readonly style: FileStyle;
}

/** Finds the class and the `Meta` of a model. */
export function metaSource(model: ModelFacts, draft: Draft): MetaSource {
  const source = draft.source(model.place.file);
  const definition = statementAt(source, model.place);
  const found = memberNamed(definition, 'Meta');
  const meta = found !== null && undecorated(found).type === 'class_definition' ? found : null;
  if (found !== null && meta === null) throw unclearMeta(model, found);
  return { source, definition, meta, style: draft.style(source.path) };
}

/** The statement and the value of an option; null where `Meta` does not have it. */
export function optionIn(
  { meta }: MetaSource,
  model: ModelFacts,
  option: string,
): { readonly statement: SyntaxNode; readonly value: SyntaxNode } | null {
  const statement = meta === null ? null : memberNamed(meta, option);
  if (statement === null) return null;
  const [assignment, ...others] = assignmentsOf(statement);
  if (assignment === undefined || others.length > 0) throw unclearMeta(model, statement);
  return { statement, value: assignment.value };
}

function unclearMeta({ name, place }: ModelFacts, node: SyntaxNode): Failure {
  return new Failure(
    'unclear-source',
    `Meta of ${name} is put together when the project runs: change it in the editor.`,
    { file: place.file, line: node.startPosition.row + 1 },
  );
}

/** Adds an option to `Meta`, and `Meta` to a model without one. */
export function addOption(
  found: MetaSource,
  model: ModelFacts,
  option: string,
  value: SyntaxNode,
  context: PlanContext,
): readonly TextEdit[] {
  const { source, definition, meta, style } = found;
  const outer = indentAt(source.text, definition.startIndex) + style.indent;
  const code = layoutExpression(`${option} = `, value, style, outer + style.indent);
  if (meta !== null) return appendOption(meta, source, code, style);
  const head = `class Meta${inheritedMeta(model, context)}:`;
  const body = `${head}\n${indentLines(code, style.indent)}`;
  return insertMember(definition, source, body, 'meta', style.indent);
}

/** A Meta of its own takes the place of an inherited one, so it extends that: https://docs.djangoproject.com/en/5.2/topics/db/models/#meta-inheritance */
function inheritedMeta(model: ModelFacts, { snapshot, resolver }: PlanContext): string {
  for (const base of model.bases) {
    const found = resolver.resolve(model.place.file, base);
    if (found?.kind !== 'class') continue;
    const parent = snapshot.models.find(
      ({ name, place }) => name === found.facts.name && place.file === found.path,
    );
    const hasMeta = (parent?.meta.length ?? 0) > 0;
    const more = parent?.meta.some(({ name }) => name !== 'abstract') === true || extendsMeta(found.facts);
    if (parent?.abstract === true && hasMeta && more) return `(${base}.Meta)`;
  }
  return '';
}

function extendsMeta({ classes }: PythonClass): boolean {
  return classes.some(({ name, bases }) => name === 'Meta' && bases.length > 0);
}

function appendOption(
  meta: SyntaxNode,
  source: SourceText,
  code: string,
  { indent }: FileStyle,
): readonly TextEdit[] {
  const members = membersOf(meta);
  const last = members.findLast((member) => assignmentsOf(member).length > 0);
  const edits = insertMember(meta, source, code, 'choices', indent);
  if (last === undefined) return edits;
  // Options stand one below the other.
  return edits.map((edit) => ({
    ...edit,
    text: edit.text.replace(/^\n\n(?=[ \t])/, '\n').replace(/\n$/, ''),
  }));
}

/** Takes an option out, and `Meta` with its last one. */
export function removeOption({ source, meta }: MetaSource, statement: SyntaxNode): readonly TextEdit[] {
  const members = meta === null ? [] : membersOf(meta);
  const gone = meta !== null && members.length === 1 ? meta : statement;
  return removeStatements([gone], source.text);
}
