import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, lineOf } from '../../../python/syntax.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { SourceText } from '../../project-files.ts';
import { settingsFiles } from './plan-app.ts';
import type { PlanContext } from '../plan-context.ts';
import type { Reference } from '../references/model-references.ts';

/** A package of the project. */
export interface PackageSubject {
  readonly folder: string;
  /** `shop.catalog` */
  readonly dotted: string;
}

/** A place that names a package: its range is the part of the name that belongs to the package itself. */
export interface PackageReference extends Reference {
  readonly kind: 'import' | 'use' | 'string';
  readonly node: SyntaxNode;
  /** `from shop import catalog` needs an `as` to go on with the name it binds. */
  readonly bindsName: boolean;
  /** Why the place may be meant; null where it surely is. */
  readonly why: string | null;
}

/** Everything in the project's Python that names a package: imports, their uses, and dotted paths in strings. */
export function packageReferences(
  subject: PackageSubject,
  context: PlanContext,
): readonly PackageReference[] {
  const last = lastPart(subject.dotted);
  return context.files.paths().flatMap((path) => {
    const source = path.endsWith('.py') ? context.files.get(path) : null;
    if (source?.text.includes(last) !== true) return [];
    return new PackageFinder(subject, source, context).find();
  });
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

class PackageFinder {
  private readonly subject: PackageSubject;
  private readonly source: SourceText;
  private readonly context: PlanContext;
  private readonly last: string;
  private readonly found: PackageReference[] = [];

  constructor(subject: PackageSubject, source: SourceText, context: PlanContext) {
    this.subject = subject;
    this.source = source;
    this.context = context;
    this.last = lastPart(subject.dotted);
  }

  find(): readonly PackageReference[] {
    const { root } = this.source;
    let isBound = false;
    for (const statement of root.descendantsOfType('import_statement'))
      isBound = this.inImport(statement) || isBound;
    for (const statement of root.descendantsOfType('import_from_statement')) this.inFromImport(statement);
    if (isBound) this.inUses();
    for (const node of root.descendantsOfType('string')) this.inString(node);
    return this.found;
  }

  /** `import shop.catalog.models`; says whether the code uses the package by that name. */
  private inImport(statement: SyntaxNode): boolean {
    let binds = false;
    for (const item of statement.childrenForFieldName('name')) {
      const name = item.type === 'aliased_import' ? item.childForFieldName('name') : item;
      if (name === null || !this.leadsInside(name.text)) continue;
      this.add('import', name, name.startIndex + this.subject.dotted.length - this.last.length);
      binds ||= item.type !== 'aliased_import';
    }
    return binds;
  }

  /** `from shop.catalog.models import Book`, `from ..catalog import urls`, `from shop import catalog` */
  private inFromImport(statement: SyntaxNode): void {
    const module = statement.childForFieldName('module_name');
    if (module === null) return;
    const dots = /^\.*/.exec(module.text)?.[0].length ?? 0;
    const parts = module.text
      .slice(dots)
      .split('.')
      .filter((part) => part.trim() !== '');
    const base = dots === 0 ? null : this.baseFolder(dots);
    if (base === null ? this.leadsInside(module.text) : this.leadsFrom(base, parts)) {
      const segment = base === null ? this.subject.dotted.split('.').length - 1 : this.segmentFrom(base);
      const at = dots + parts.slice(0, segment).join('.').length + (segment > 0 ? 1 : 0);
      this.add('import', module, module.startIndex + at);
      return;
    }
    const parent = base === null ? null : joinPath(base, ...parts);
    const isParent =
      parent === null
        ? module.text === this.subject.dotted.slice(0, -this.last.length - 1)
        : parent === folderOf(this.subject.folder);
    if (!isParent) return;
    for (const item of statement.childrenForFieldName('name')) {
      const name = item.type === 'aliased_import' ? item.childForFieldName('name') : item;
      if (name?.text === this.last) this.add('import', name, name.startIndex, item.type !== 'aliased_import');
    }
  }

  private baseFolder(dots: number): string {
    let folder = folderOf(this.source.path);
    for (let up = 1; up < dots; up += 1) folder = folderOf(folder);
    return folder;
  }

  /** The names behind the dots go through the package itself. */
  private leadsFrom(base: string, parts: readonly string[]): boolean {
    const target = joinPath(base, ...parts);
    const { folder } = this.subject;
    const above = base === '' || folder.startsWith(`${base}/`);
    return above && (target === folder || target.startsWith(`${folder}/`));
  }

  private segmentFrom(base: string): number {
    return this.subject.folder.split('/').length - (base === '' ? 0 : base.split('/').length) - 1;
  }

  private leadsInside(dotted: string): boolean {
    return dotted === this.subject.dotted || dotted.startsWith(`${this.subject.dotted}.`);
  }

  /** `catalog.models.Book` where `import catalog.models` stands in the file. */
  private inUses(): void {
    const [first = ''] = this.subject.dotted.split('.');
    const shadows = this.source.root
      .descendantsOfType('identifier')
      .some((node) => node.text === first && bindsAnew(node));
    for (const node of this.source.root.descendantsOfType('attribute')) {
      const object = node.childForFieldName('object');
      if (object === null || dottedName(object) !== this.subject.dotted || isInImport(node)) continue;
      this.add(
        'use',
        object,
        object.endIndex - this.last.length,
        false,
        shadows ? `the code names ${object.text}` : null,
      );
    }
  }

  private inString(node: SyntaxNode): void {
    const text = readString(node);
    const content = node.namedChildren.find(({ type }) => type === 'string_content');
    if (text === undefined || content?.text !== text) return;
    const { folder } = this.subject;
    if (text.startsWith(`${folder}/`) && this.isSettings()) {
      const at = content.startIndex + folder.length - this.last.length;
      this.add('string', node, at, false, `the settings name the folder ${text}`);
    }
    if (!this.leadsInside(text)) return;
    const start = content.startIndex + this.subject.dotted.length - this.last.length;
    const verdict = text === this.subject.dotted ? this.nameAlone(node, text) : this.pathInside(text);
    if (verdict === 'no') return;
    this.add('string', node, start, false, verdict === 'surely' ? null : `code has the text ${text}`);
  }

  /** `catalog.urls` is a module, `catalog.Book` is a model, whose label stays. */
  private pathInside(text: string): 'surely' | 'maybe' | 'no' {
    const { resolver, snapshot } = this.context;
    const parts = text.split('.');
    const own = this.subject.dotted.split('.').length;
    for (let length = parts.length; length > own; length -= 1) {
      const path = resolver.findModule(parts.slice(0, length).join('.'));
      if (path?.startsWith(`${this.subject.folder}/`) === true) return 'surely';
    }
    const isModel = snapshot.models.some(({ id }) => id.toLowerCase() === text.toLowerCase());
    if (isModel || own > 1) return isModel ? 'no' : 'maybe';
    return this.isSettings() ? 'maybe' : 'no';
  }

  private nameAlone(node: SyntaxNode, text: string): 'surely' | 'maybe' | 'no' {
    const { parent } = node;
    const isInstalled = this.context.snapshot.settings?.installedApps.includes(text) === true;
    if (this.isSettings()) {
      const inList = parent?.type === 'list' || parent?.type === 'tuple';
      return inList && isInstalled && assignedTo(node) !== 'LOCALE_PATHS' ? 'surely' : 'maybe';
    }
    const target = parent?.type === 'assignment' ? parent.childForFieldName('left')?.text : undefined;
    if (target === 'name' && this.source.path.startsWith(`${this.subject.folder}/`)) return 'surely';
    const call = parent?.type === 'argument_list' ? parent.parent : null;
    const callee = dottedName(call?.childForFieldName('function') ?? null) ?? '';
    if (/(^|\.)(import_module|find_spec|autodiscover_modules)$/.test(callee)) return 'surely';
    return this.subject.dotted.includes('.') ? 'maybe' : 'no';
  }

  private isSettings(): boolean {
    const file = this.context.snapshot.settings?.file;
    return file !== undefined && settingsFiles(file, this.context).includes(this.source.path);
  }

  private add(
    kind: PackageReference['kind'],
    node: SyntaxNode,
    start: number,
    bindsName = false,
    why: string | null = null,
  ): void {
    const { path } = this.source;
    this.found.push({
      path,
      start,
      end: start + this.last.length,
      line: lineOf(node),
      kind,
      node,
      bindsName,
      why,
    });
  }
}

/** The name a list in the settings is given to. */
function assignedTo(node: SyntaxNode): string {
  let parent = node.parent;
  while (parent !== null && !/assignment$/.test(parent.type)) parent = parent.parent;
  return parent?.childForFieldName('left')?.text ?? '';
}

function isInImport(node: SyntaxNode): boolean {
  let parent = node.parent;
  while (parent !== null && !/_statement$/.test(parent.type)) parent = parent.parent;
  return parent?.type.startsWith('import_') === true;
}

/** A parameter or a variable of the same name. */
function bindsAnew(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (/parameters?$/.test(parent.type)) return true;
  return (
    /^(assignment|for_statement|named_expression)$/.test(parent.type) && parent.namedChild(0)?.id === node.id
  );
}

/** The `path(…)` that an `include()` of this string stands in; null for other strings. */
export function includingPattern(node: SyntaxNode): SyntaxNode | null {
  let call = node.parent;
  while (call !== null && /^(argument_list|tuple|parenthesized_expression)$/.test(call.type))
    call = call.parent;
  if (call?.type !== 'call' || !/(^|\.)include$/.test(dottedName(call.childForFieldName('function')) ?? ''))
    return null;
  const outer = call.parent?.parent ?? null;
  const first =
    outer?.type === 'call'
      ? argumentsOf(outer.childForFieldName('arguments')).positional[1]?.value
      : undefined;
  return first?.id === call.id ? outer : null;
}
