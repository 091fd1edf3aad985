import { Failure } from '../../../contract/failure.ts';
import { moveStatement } from '../../../python/statement-edit.ts';
import { assignmentsOf, lineOf, undecorated } from '../../../python/syntax.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import type { OperationOf } from '../../operations.ts';
import { membersOf, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { valueNames } from '../models/carried-names.ts';
import { requireField, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';

/** Moves a field behind another one of its model, or before all others. */
export function planFieldReorder(
  { model: id, field: name, after }: OperationOf<'field.reorder'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const field = requireField(model, name);
  if (after === name) throw new Failure('invalid-input', 'A field can’t stand behind itself.');
  const source = draft.source(field.place.file);
  const statement = statementAt(source, field.place);
  const own = model.fields.filter(({ inheritedFrom }) => inheritedFrom === null);
  const anchor = after === null ? null : statementAt(source, requireField(model, after).place);
  const places = own.map(({ place }) => place).sort((a, b) => a.start - b.start);
  const [top = field.place] = places;
  const first = statementAt(source, top);
  const refuse = (reason: string): Failure =>
    new Failure('unclear-source', `${name} ${reason}: move it in the editor.`, {
      file: source.path,
      line: lineOf(statement),
    });
  const sameBlock = [statement, anchor ?? first].every(
    (each) => each.parent?.id === membersOf(statementAt(source, model.place))[0]?.parent?.id,
  );
  if (!sameBlock) throw refuse('does not stand in one block with the others');
  assertNotNeeded(statement, anchor, first, refuse);
  const edits = moveStatement(statement, anchor, first, source.text);
  if (edits === null) throw refuse('shares its line with other code');
  draft.edit(source.path, edits);
}

/** What stands between the old and the new place may neither name the field nor be named by it. */
function assertNotNeeded(
  statement: SyntaxNode,
  anchor: SyntaxNode | null,
  first: SyntaxNode,
  refuse: (reason: string) => Failure,
): void {
  const to = anchor?.endIndex ?? first.startIndex;
  const [from, until] = [Math.min(statement.startIndex, to), Math.max(statement.endIndex, to)];
  const between = (statement.parent?.namedChildren ?? []).filter(
    (each) => each.id !== statement.id && each.startIndex >= from && each.endIndex <= until,
  );
  const bound = (node: SyntaxNode): readonly string[] => {
    const definition = undecorated(node).childForFieldName('name')?.text;
    return [
      ...assignmentsOf(node).map(({ target }) => target.text),
      ...(definition === undefined ? [] : [definition]),
    ];
  };
  const reads = (node: SyntaxNode): ReadonlySet<string> => {
    const values = assignmentsOf(node).map(({ value }) => value);
    return new Set(
      (values.length > 0 ? values : [node]).flatMap((each) => valueNames(each).map(({ text }) => text)),
    );
  };
  const [own, needs] = [bound(statement), reads(statement)];
  for (const each of between) {
    if (bound(each).some((name) => needs.has(name))) throw refuse(`is made with ${bound(each).join(', ')}`);
    const uses = reads(each);
    if (own.some((name) => uses.has(name))) throw refuse(`is used at line ${String(lineOf(each))}`);
  }
}
