import type { ExpressionFacts } from '../../python/python-module.ts';
import type { AdminFacts } from '../component-model.ts';
import type { Place } from '../source-place.ts';
import { attributeOf } from './class-lineage.ts';
import { classFacts, namesIn, type ClassReading, type ComponentContext } from './component-context.ts';
import { urlconfOf } from './read-urlconf.ts';

const MODEL_ADMIN = /(^|\.)(\w*ModelAdmin|admin\.\w+Admin)$/;
const INLINE = /(^|\.)\w*Inline(ModelAdmin)?$/;

/** One `admin.site.register()`. */
export interface AdminRegistration {
  /** The admin class with the file it stands in; null where a model is registered without one. */
  readonly admin: { readonly path: string; readonly name: string } | null;
  readonly models: readonly string[];
  readonly site: string | null;
  readonly app: string;
  readonly place: Place;
}

/** A class as an admin or an inline; null for any other class. */
export function readAdmin(reading: ClassReading, context: ComponentContext): AdminFacts | null {
  const { path, facts, lineage } = reading;
  const isInline = lineage.names.some((name) => INLINE.test(name));
  if (!isInline && !lineage.names.some((name) => MODEL_ADMIN.test(name))) return null;
  const about = context.modelOf(path, attributeOf(lineage, 'model'));
  const common = { ...classFacts(reading, context), inlines: inlinesOf(attributeOf(lineage, 'inlines')) };
  if (isInline) {
    return {
      kind: 'inline',
      ...common,
      models: about === null ? [] : [about],
      site: null,
      registrations: [],
    };
  }
  const decorators = facts.decorators.flatMap(({ call }) =>
    call !== null && /(^|\.)register$/.test(call.callee ?? '') ? [call] : [],
  );
  const models = decorators.flatMap(({ positional }) => positional.flatMap(namesIn));
  const site = decorators.flatMap(
    ({ keywords }) => keywords.find(({ name }) => name === 'site')?.value ?? [],
  )[0];
  return {
    kind: 'model-admin',
    ...common,
    models: models.flatMap((name) => context.modelOf(path, name) ?? []),
    site: site?.code ?? null,
    registrations: decorators.length > 0 ? [common.place] : [],
  };
}

function inlinesOf(list: ExpressionFacts | undefined): readonly string[] {
  return namesIn(list).map(({ code }) => code);
}

/** The `register()` calls at the top of a module. */
export function adminRegistrations(path: string, context: ComponentContext): readonly AdminRegistration[] {
  const calls = urlconfOf(path, context.files)?.methodCalls ?? new Map<string, never>();
  return [...calls].flatMap(([site, made]) => {
    if (!/(^|[._])(site|admin)$/i.test(site)) return [];
    return made.flatMap(({ method, call, span }): readonly AdminRegistration[] => {
      if (method !== 'register') return [];
      const named = call.positional[1] ?? call.keywords.find(({ name }) => name === 'admin_class')?.value;
      const found =
        named?.dotted === undefined || named.dotted === null
          ? null
          : context.resolver.resolve(path, named.dotted);
      return [
        {
          admin: found?.kind === 'class' ? { path: found.path, name: found.facts.name } : null,
          models: namesIn(call.positional[0]).flatMap((name) => context.modelOf(path, name) ?? []),
          site: /(^|\.)admin\.site$|^site$/.test(site) ? null : site,
          app: context.appLabel(path),
          place: { file: path, ...span },
        },
      ];
    });
  });
}

/** The admins with what is registered for them, and the models that are registered without a class. */
export function withRegistrations(
  admins: readonly AdminFacts[],
  registrations: readonly AdminRegistration[],
): readonly AdminFacts[] {
  const byClass = new Map<string, AdminRegistration[]>();
  for (const one of registrations) {
    if (one.admin === null) continue;
    const key = `${one.admin.path} ${one.admin.name}`;
    byClass.set(key, [...(byClass.get(key) ?? []), one]);
  }
  const registered = admins.map((admin): AdminFacts => {
    const own = byClass.get(`${admin.place.file} ${admin.name}`);
    if (own === undefined) return admin;
    return {
      ...admin,
      models: [...new Set([...admin.models, ...own.flatMap(({ models }) => models)])],
      site: admin.site ?? own[0]?.site ?? null,
      registrations: [...admin.registrations, ...own.map(({ place }) => place)],
    };
  });
  const plain = registrations.filter(({ admin, models }) => admin === null && models.length > 0);
  return [...registered, ...plain.map(plainAdmin)];
}

function plainAdmin({ models, site, app, place }: AdminRegistration): AdminFacts {
  const empty = { bases: [], options: [], inlines: [], stale: false };
  return {
    kind: 'model-admin',
    name: 'ModelAdmin',
    ...empty,
    app,
    models,
    site,
    registrations: [place],
    place,
  };
}
