import type { ImportRequest } from '../../../python/import-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { partsOf, undecorated, visitNodes } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { PlanContext } from '../plan-context.ts';

/** An import that goes with some code. */
export interface CarriedImport extends ImportRequest {
  /** The name the code has for it. */
  readonly local: string;
  /** The file of the project that it reads; null for installed packages. */
  readonly file: string | null;
}

/** Names that code takes from the module around it. */
export interface CarriedNames {
  /** What the code needs that its module imports. */
  readonly imports: readonly CarriedImport[];
  /** What it needs that the module itself defines. */
  readonly own: readonly string[];
}

/** Every identifier of some code that stands for a value: no attribute, no keyword. */
export function valueNames(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  visitNodes(node, (each) => {
    if (each.type !== 'identifier') return true;
    const { parent } = each;
    const isAttribute = parent?.type === 'attribute' && parent.childForFieldName('object')?.id !== each.id;
    const isKeyword = parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === each.id;
    if (!isAttribute && !isKeyword) found.push(each);
    return true;
  });
  return found;
}

/** What pieces of a module need to be known where they go. */
export function carriedNames(
  nodes: readonly SyntaxNode[],
  source: SourceText,
  context: PlanContext,
): CarriedNames {
  const used = new Set(nodes.flatMap((node) => valueNames(node).map(({ text }) => text)));
  const defined = new Set(nodes.map((node) => undecorated(node).childForFieldName('name')?.text ?? ''));
  const { imports, classes, functions, variables } = source.module;
  const own = [
    ...classes.map(({ name }) => name),
    ...functions.map(({ name }) => name),
    ...variables.keys(),
  ].filter((name) => used.has(name) && !defined.has(name) && !imports.has(name));
  const carried = [...imports].flatMap(([local, { module, name }]): CarriedImport[] => {
    if (!used.has(local) || defined.has(local)) return [];
    const inside =
      name === null ? null : context.resolver.findFrom(source.path, `${module.replace(/\.$/, '')}.${name}`);
    const file = inside ?? context.resolver.findFrom(source.path, module);
    const target = context.resolver.findFrom(source.path, module);
    const absolute = module.startsWith('.') && target !== null ? context.resolver.moduleName(target) : module;
    if (name === null) {
      return [{ module: local === module ? module : `${module} as ${local}`, name: null, local, file }];
    }
    return [{ module: absolute, name: local === name ? name : `${name} as ${local}`, local, file }];
  });
  return { imports: carried, own: [...new Set(own)] };
}

/** The top-level statement that defines a name of a module; null where it stands below `if` or is bound twice. */
export function definitionOf(name: string, { root }: SourceText): SyntaxNode | null {
  const found = partsOf(root).filter((statement) => {
    const definition = undecorated(statement);
    if (/^(class|function)_definition$/.test(definition.type)) {
      return definition.childForFieldName('name')?.text === name;
    }
    const assignment = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
    return assignment?.type === 'assignment' && assignment.childForFieldName('left')?.text === name;
  });
  const [only] = found;
  return only !== undefined && found.length === 1 ? only : null;
}
