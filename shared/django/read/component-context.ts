import type { ExpressionFacts, PythonClass } from '../../python/python-module.ts';
import type { DeclaredFacts } from '../component-model.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { OptionFacts, Place } from '../source-place.ts';
import type { Lineage } from './class-lineage.ts';
import { optionFacts } from './read-models.ts';

/** What the readers of components need to know of the project. */
export interface ComponentContext {
  readonly files: ProjectFiles;
  readonly resolver: ModuleResolver;
  readonly appLabel: (path: string) => string;
  /** The model that an expression of a file names: a class, `'catalog.Book'` or the user model. */
  readonly modelOf: (path: string, code: ExpressionFacts | undefined) => string | null;
}

/** A class with what it derives from, in the file it stands in. */
export interface ClassReading {
  readonly path: string;
  readonly facts: PythonClass;
  readonly lineage: Lineage;
}

/** What every component that is a class has. */
export function classFacts({ path, facts }: ClassReading, context: ComponentContext) {
  const { start, end, line } = facts.span;
  const place: Place = { file: path, start, end, line };
  return {
    name: facts.name,
    app: context.appLabel(path),
    bases: facts.bases.map(({ code }) => code),
    options: facts.attributes.flatMap((each) => (isDeclaration(each.value) ? [] : optionFacts(path, each))),
    place,
    stale: false,
  };
}

/** `title = serializers.CharField(…)`: an instance of a class, not a setting of the class. */
function isDeclaration({ call }: ExpressionFacts): boolean {
  return /(^|\.)[A-Z]\w*$/.test(call?.callee ?? '');
}

/** The fields, filters or nested serializers that a class body declares. */
export function declaredIn({ path, facts }: ClassReading): readonly DeclaredFacts[] {
  return facts.attributes.flatMap((attribute): readonly DeclaredFacts[] => {
    const { call } = attribute.value;
    if (call === null || !isDeclaration(attribute.value)) return [];
    const { start, end, line } = attribute.span;
    return [
      {
        name: attribute.name,
        typeCode: call.callee ?? '',
        options: call.keywords.map((keyword) => optionFacts(path, keyword)),
        place: { file: path, start, end, line },
      },
    ];
  });
}

/** The options of an inner class: `Meta`. */
export function metaOf(path: string, meta: PythonClass | undefined): readonly OptionFacts[] {
  return (meta?.attributes ?? []).map((attribute) => optionFacts(path, attribute));
}

/** The names in a list or a tuple of names, or one expression alone; none where the list is computed. */
export function namesIn(value: ExpressionFacts | undefined): readonly ExpressionFacts[] {
  if (value === undefined) return [];
  if (value.dotted !== null || value.call !== null || typeof value.literal === 'string') return [value];
  const list = /^[[(]([^()[\]]*)[\])]$/s.exec(value.code.trim())?.[1];
  const names = (list ?? '').split(',').map((part) => part.replace(/#.*$/gm, '').trim());
  return names
    .filter((name) => /^[A-Za-z_][\w.]*$/.test(name))
    .map((dotted) => ({ code: dotted, literal: undefined, dotted, call: null }));
}
