import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, lineOf } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { PossibleReference } from '../references/field-references.ts';
import type { Reference } from '../references/model-references.ts';
import { routesInTemplates } from '../references/template-references.ts';
import type { PlanContext } from '../plan-context.ts';

/** What names a route: what surely does, and strings that may. */
export interface RouteUses {
  readonly certain: readonly RouteUse[];
  readonly possible: readonly (RouteUse & PossibleReference)[];
}

/** A name of a route in code or in a template: its range covers the whole name with its namespaces. */
export interface RouteUse extends Reference {
  readonly name: string;
}

const REVERSING = /(^|\.|_)(reverse|reverse_lazy|redirect|resolve_url|drf_reverse)$/;
/** Arguments, attributes and keys that take the name of a route, in Django and its REST framework. */
const NAMING =
  /^(viewname|view_name|url_name|pattern_name|login_url|next_page|success_url|LOGIN_URL|LOGIN_REDIRECT_URL|LOGOUT_REDIRECT_URL|to)$/;

/** Everything that reverses one of these full names. */
export function routeUses(names: readonly string[], context: PlanContext): RouteUses {
  const certain: RouteUse[] = [];
  const possible: (RouteUse & PossibleReference)[] = [];
  for (const name of names) {
    certain.push(...routesInTemplates(name, context).map((reference) => ({ ...reference, name })));
    for (const path of context.files.paths()) {
      const source = path.endsWith('.py') ? context.files.get(path) : null;
      if (source?.text.includes(name) !== true) continue;
      for (const node of stringsOf(source, name)) {
        const use = useAt(node, source, name);
        if (namesRoute(node)) certain.push(use);
        else if (/[:-]/.test(name) && !definesName(node))
          possible.push({ ...use, why: `code has the text ${name}` });
      }
    }
  }
  return { certain, possible };
}

function stringsOf(source: SourceText, name: string): readonly SyntaxNode[] {
  return source.root.descendantsOfType('string').filter((node) => readString(node) === name);
}

function useAt(node: SyntaxNode, { path }: SourceText, name: string): RouteUse {
  const content = node.namedChildren.find(({ type }) => type === 'string_content') ?? node;
  return { path, start: content.startIndex, end: content.endIndex, line: lineOf(node), name };
}

/** The string is what a function, an argument or an attribute takes the name of a route from. */
function namesRoute(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type === 'argument_list') {
    const callee = dottedName(parent.parent?.childForFieldName('function') ?? null) ?? '';
    return REVERSING.test(callee) && argumentsOf(parent).positional[0]?.value.id === node.id;
  }
  if (parent?.type === 'keyword_argument') return NAMING.test(parent.childForFieldName('name')?.text ?? '');
  if (parent?.type === 'pair') {
    const key = parent.childForFieldName('key');
    return key?.id !== node.id && NAMING.test((key === null ? undefined : readString(key)) ?? '');
  }
  return parent?.type === 'assignment' && NAMING.test(parent.childForFieldName('left')?.text ?? '');
}

function definesName({ parent }: SyntaxNode): boolean {
  return parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.text === 'name';
}
