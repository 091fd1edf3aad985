import type { SyntaxNode } from '../../../python/parser.ts';
import { partsOf, rangeOf } from '../../../python/syntax.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import type { FieldReferences } from '../references/field-references.ts';
import type { Reference } from '../references/model-references.ts';
import { entryOf, type Removal } from '../references/removals.ts';
import { choicesUses } from './choices-references.ts';
import type { ChoicesSource } from './choices-source.ts';

/** What names a member of a choices class, with the entry of a list or dictionary that it is. */
export function usesOfMember(
  choices: ChoicesSource,
  member: string,
  context: PlanContext,
  draft: Draft,
): FieldReferences {
  const { members, uncertain } = choicesUses(choices, context);
  return {
    certain: members
      .filter((each) => each.member === member)
      .map((each) => {
        const removal = entryWith(each, draft);
        return { ...each, item: removal !== null && isAmongItsOwn(removal) ? rangeOf(removal.node) : null };
      }),
    uncertain: uncertain
      .filter((each) => each.member === member)
      .map((each) => ({
        ...each,
        why: `may mean ${choices.name}.${member}`,
        removal: entryWith(each, draft),
      })),
  };
}

/** The entry that is `Status.DRAFT`, `book.Status.DRAFT` or `Status['DRAFT']`. */
function entryWith({ path, start, end }: Reference, draft: Draft): Removal | null {
  const whole = draft.canEdit(path) ? wholeExpression(draft.source(path).root, start, end) : null;
  return whole === null ? null : entryOf(whole);
}

function wholeExpression(root: SyntaxNode, start: number, end: number): SyntaxNode | null {
  let node = root.descendantForIndex(start, end);
  while (node?.parent !== null && node !== null && /^(string|attribute|subscript)$/.test(node.parent.type)) {
    node = node.parent;
  }
  return node;
}

/** All entries are members of one class, so that one less says one member less. */
function isAmongItsOwn({ node }: Removal): boolean {
  const entries = partsOf(node.parent ?? node);
  const owners = entries.map((entry) => {
    const key = entry.type === 'pair' ? entry.childForFieldName('key') : entry;
    return key?.type === 'attribute' ? key.childForFieldName('object')?.text : undefined;
  });
  const [owner] = owners;
  return entries.length > 1 && owner !== undefined && owners.every((each) => each === owner);
}
