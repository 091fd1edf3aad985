import type { SyntaxNode } from '../../python/parser.ts';
import { assignmentsOf, lineOf, partsOf, unwrap } from '../../python/syntax.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles, SourceText } from '../project-files.ts';
import type { SettingFacts } from '../project-model.ts';

interface Deps {
  readonly files: ProjectFiles;
  readonly resolver: ModuleResolver;
}

/** The settings of a module as they are written, with those of the modules it star-imports; the last one of a name counts. */
export function readSettingValues(file: string, deps: Deps): readonly SettingFacts[] {
  const values = new Map<string, SettingFacts>();
  collect(file, deps, values, new Set());
  return [...values.values()];
}

function collect(path: string, deps: Deps, values: Map<string, SettingFacts>, seen: Set<string>): void {
  if (seen.has(path)) return;
  seen.add(path);
  for (const line of deps.files.derived(path, readLines) ?? []) {
    if (line.kind === 'value') values.set(line.value.name, line.value);
    else {
      const target = deps.resolver.findFrom(path, line.module);
      if (target !== null) collect(target, deps, values, seen);
    }
  }
}

type Line =
  | { readonly kind: 'value'; readonly value: SettingFacts }
  | { readonly kind: 'star-import'; readonly module: string };

function readLines({ path, root }: SourceText): readonly Line[] {
  return partsOf(root).flatMap((statement): readonly Line[] => {
    if (statement.type === 'import_from_statement') {
      const star = partsOf(statement).some(({ type }) => type === 'wildcard_import');
      const module = statement.childForFieldName('module_name')?.text ?? '';
      return star ? [{ kind: 'star-import', module }] : [];
    }
    return assignmentsOf(statement)
      .filter(({ target }) => target.type === 'identifier' && /^[A-Z][A-Z0-9_]*$/.test(target.text))
      .map(({ target, value }) => ({
        kind: 'value',
        value: {
          name: target.text,
          code: value.text,
          entries: entriesOf(value),
          place: {
            file: path,
            start: statement.startIndex,
            end: statement.endIndex,
            line: lineOf(statement),
          },
        },
      }));
  });
}

function entriesOf(node: SyntaxNode): readonly string[] | null {
  const value = unwrap(node);
  if (value.type !== 'list' && value.type !== 'tuple') return null;
  return partsOf(value)
    .filter(({ type }) => type !== 'comment')
    .map(({ text }) => text);
}
