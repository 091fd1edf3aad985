import type { NamedExpression, PythonClass } from '../../python/python-module.ts';
import { splitOutside } from '../../python/split-outside.ts';
import { readString } from '../../python/string-code.ts';
import type { ChoiceMemberFacts, ChoicesFacts } from '../component-model.ts';
import type { Derivations } from '../derivations.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { FileStore } from '../project-files.ts';
import type { AppFacts, ModelFacts } from '../project-model.ts';
import { appLabelOf } from './read-apps.ts';

interface ChoicesContext {
  readonly files: FileStore;
  readonly resolver: ModuleResolver;
  readonly derivations: Derivations;
  readonly apps: () => readonly AppFacts[];
  readonly models: () => readonly ModelFacts[];
}

const MAY_HOLD_CHOICES = /Choices\b/;
/** https://docs.djangoproject.com/en/5.2/ref/models/fields/#enumeration-types */
const BASE = /^django\.db\.models(?:\.enums)?\.(Text|Integer|)Choices$/;

/** Gives a function that reads every choices class of the project: nested in models, and at the top of modules of apps. */
export function createChoicesReader(context: ChoicesContext): () => readonly ChoicesFacts[] {
  const { files, resolver, derivations, apps, models } = context;

  // `seen` because a class that inherits from itself leads nowhere.
  const kindOf = (
    path: string,
    facts: PythonClass,
    seen = new Set<PythonClass>(),
  ): ChoicesFacts['kind'] | null => {
    if (seen.has(facts)) return null;
    seen.add(facts);
    for (const { dotted } of facts.bases) {
      const found = dotted === null ? null : resolver.resolve(path, dotted);
      if (found?.kind === 'class') {
        const inherited = kindOf(found.path, found.facts, seen);
        if (inherited !== null) return inherited;
      }
      const base = found?.kind === 'external' ? BASE.exec(found.name) : null;
      if (base !== null) return base[1] === 'Text' ? 'text' : base[1] === 'Integer' ? 'integer' : 'other';
    }
    return null;
  };

  const readFile = derivations.derive((path: string): readonly ChoicesFacts[] => {
    const source = files.get(path);
    if (source === null || !MAY_HOLD_CHOICES.test(source.text)) return [];
    const app = appLabelOf(path, apps());
    const describe = (facts: PythonClass, model: string | null, outer: string): readonly ChoicesFacts[] => {
      const kind = kindOf(path, facts);
      if (kind === null) return [];
      const place = { file: path, ...facts.span };
      const members = facts.attributes.flatMap((attribute) => memberOf(path, attribute));
      return [{ name: facts.name, app, place, stale: source.stale.has(outer), kind, model, members }];
    };
    return source.module.classes.flatMap((facts) => [
      ...describe(facts, null, facts.name),
      ...facts.classes.flatMap((inner) => describe(inner, `${app}.${facts.name}`, facts.name)),
    ]);
  });

  return () => {
    const paths = new Set(models().map(({ place }) => place.file));
    const folders = apps().flatMap(({ folder }) => (folder === null ? [] : [`${folder}/`]));
    return files
      .paths()
      .filter(
        (path) =>
          path.endsWith('.py') &&
          (paths.has(path) ||
            (/(choices|enums|constants)\.py$/.test(path) && folders.some((each) => path.startsWith(each)))),
      )
      .flatMap((path) => readFile(path));
  };
}

/** `DRAFT = "draft", _("Draft")`; names with an underscore in front are Python's and no members. */
function memberOf(file: string, { name, value, span }: NamedExpression): readonly ChoiceMemberFacts[] {
  if (name.startsWith('_')) return [];
  const inside = /^\(([^]*)\)$/.exec(value.code.trim())?.[1] ?? value.code;
  const parts = splitOutside(inside, ',').filter((part) => part !== '');
  const labelCode = parts.length > 1 ? (parts.at(-1) ?? null) : null;
  return [
    {
      name,
      value: parts.slice(0, Math.max(parts.length - 1, 1)).join(', '),
      labelCode,
      label: labelCode === null ? null : labelText(labelCode),
      place: { file, ...span },
    },
  ];
}

/** The text of a label, also below a call of gettext. */
function labelText(code: string): string | null {
  const inside = /^(?:[\w.]+)\(([^]*)\)$/.exec(code)?.[1] ?? code;
  return readString(inside.replace(/,\s*$/, ''));
}
