import { lineEnd } from '../../../python/file-style.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { pythonString } from '../../../python/python-code.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import { argumentsOf, assignmentsOf, codeEnd, dottedName } from '../../../python/syntax.ts';
import { applyEdits, mergeDeletions, type TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { membersOf, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { fieldCall } from '../fields/plan-field.ts';
import { assertWayBack } from '../fields/reverse-clashes.ts';
import { assertModelName, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelReferences } from '../references/model-references.ts';
import { memberNamed } from './class-members.ts';
import { exportWith } from './models-package.ts';
import { boundNames, snakeCase } from './plan-model.ts';

/** Copies a model under another name, with names of its own where there can be only one. */
export function planModelDuplicate(
  { model: id, name }: OperationOf<'model.duplicate'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const source = draft.source(model.place.file);
  assertModelName(name, model.app, context.snapshot, boundNames(source));
  const statement = statementAt(source, model.place);
  const copier = new ModelCopy(model, name, source, context);
  const { text } = source;
  const [start, end] = [statement.startIndex, codeEnd(statement)];
  // A field that is left out at the end takes the lines behind it along.
  const edits = copier
    .edits(statement)
    .map((edit) => ({ ...edit, start: edit.start - start, end: Math.min(edit.end, end) - start }));
  const copy = applyEdits(text.slice(start, end), mergeDeletions(edits));
  const code = copy.replaceAll('\r\n', '\n').trimEnd();
  const at = lineEnd(text, end);
  draft.edit(source.path, [{ start: at, end: at, text: `\n\n\n${code}` }]);
  exportWith(model, name, context, draft);
  for (const field of copier.leftOut) {
    draft.note(
      `${field.name} is not copied: it goes through ${field.relation?.through ?? ''}, which leads to ${id}.`,
    );
  }
  draft.note('Its registration in the admin, its routes and serializers are not copied.');
}

class ModelCopy {
  /** Relations through a model that leads to the original alone. */
  readonly leftOut: readonly FieldFacts[];
  private readonly model: ModelFacts;
  private readonly name: string;
  private readonly source: SourceText;
  private readonly context: PlanContext;
  private readonly own: readonly FieldFacts[];

  constructor(model: ModelFacts, name: string, source: SourceText, context: PlanContext) {
    this.model = model;
    this.name = name;
    this.source = source;
    this.context = context;
    this.own = model.fields.filter(({ inheritedFrom }) => inheritedFrom === null);
    this.leftOut = this.own.filter(({ relation }) => relation !== null && relation.through !== null);
  }

  edits(statement: SyntaxNode): readonly TextEdit[] {
    const gone = this.leftOut.map(({ place }) => statementAt(this.source, place));
    const isGone = ({ start }: TextEdit): boolean =>
      gone.some((each) => start >= each.startIndex && start < each.endIndex);
    const meta = memberNamed(statement, 'Meta');
    const edits = [
      ...this.names(statement),
      ...this.own.flatMap((field) => this.fieldNames(field)),
      ...(meta === null ? [] : this.metaNames(meta)),
    ];
    return [...edits.filter((edit) => !isGone(edit)), ...removeStatements(gone, this.source.text)];
  }

  /** The class itself and whatever names it in its own body. */
  private names(statement: SyntaxNode): readonly TextEdit[] {
    const { startIndex, endIndex } = statement;
    return modelReferences(this.model, this.context, [this.source.path])
      .certain.filter(({ start }) => start >= startIndex && start < endIndex)
      .map(({ start, end }) => ({ start, end, text: this.name }));
  }

  private fieldNames(field: FieldFacts): readonly TextEdit[] {
    const call = fieldCall(statementAt(this.source, field.place));
    const options = new Map(field.options.map(({ name, code }) => [name, code]));
    const edits = argumentsOf(call.childForFieldName('arguments')).keywords.flatMap((argument) => {
      if (!/^(related_name|related_query_name|db_table)$/.test(argument.name ?? '')) return [];
      const edit = this.uniqueString(argument.value);
      if (edit !== null) options.set(argument.name ?? '', edit.text);
      return edit ?? [];
    });
    const relation = { field: field.name, type: field.type, target: field.relation?.target ?? null, options };
    const copy = { ...this.model, name: this.name, id: `${this.model.app}.${this.name}` };
    assertWayBack(copy, relation, this.context.snapshot, this.context.files);
    return edits;
  }

  private metaNames(meta: SyntaxNode): readonly TextEdit[] {
    return membersOf(meta)
      .flatMap((member) =>
        assignmentsOf(member).flatMap(({ target, value }): readonly (TextEdit | null)[] => {
          if (/^(db_table|default_related_name)$/.test(target.text)) return [this.uniqueString(value)];
          if (!/^(indexes|constraints)$/.test(target.text)) return [];
          return value.descendantsOfType('call').map((call) => {
            const callee = dottedName(call.childForFieldName('function')) ?? '';
            if (!/(Index|Constraint)$/.test(callee)) return null;
            const given = argumentsOf(call.childForFieldName('arguments')).keywords;
            const named = given.find((argument) => argument.name === 'name');
            return named === undefined
              ? null
              : this.uniqueString(named.value, /Index$/.test(callee) ? 30 : undefined);
          });
        }),
      )
      .filter((edit) => edit !== null);
  }

  /** A name that only one model may have, made one of the copy. */
  private uniqueString(value: SyntaxNode, length?: number): TextEdit | null {
    const text = readString(value);
    const quote = value.text.includes('"') ? '"' : "'";
    if (text === undefined || text.includes('%(') || text.endsWith('+')) return null;
    const wanted = this.renamed(text);
    const cut = (suffix: string): string =>
      (length === undefined ? wanted : wanted.slice(0, length - suffix.length)) + suffix;
    let unique = cut('');
    for (let count = 2; this.isTaken(unique); count += 1) unique = cut(`_${String(count)}`);
    return { start: value.startIndex, end: value.endIndex, text: pythonString(unique, quote) };
  }

  private renamed(text: string): string {
    const [from, to] = [snakeCase(this.model.name), snakeCase(this.name)];
    if (text.includes(from)) return text.replace(from, to);
    const [lower, other] = [this.model.name.toLowerCase(), this.name.toLowerCase()];
    return text.includes(lower) ? text.replace(lower, other) : `${to}_${text}`;
  }

  private isTaken(text: string): boolean {
    const { files } = this.context;
    const holders = new Set(this.context.snapshot.models.map(({ place }) => place.file));
    return [...holders].some((path) => {
      const written = files.get(path)?.text ?? '';
      return written.includes(`'${text}'`) || written.includes(`"${text}"`);
    });
  }
}
