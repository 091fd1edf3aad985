import type { ProjectComponents } from './component-model.ts';
import type { OptionFacts, Place } from './source-place.ts';

export type { OptionFacts, Place } from './source-place.ts';

/** Something the source lens could not read, or read only in part. */
export interface SourceProblem {
  readonly message: string;
  readonly place: Place | null;
  readonly severity: 'warning' | 'error';
}

/** A relation as far as the source tells it. */
export interface RelationFacts {
  readonly kind: 'foreign-key' | 'one-to-one' | 'many-to-many' | 'generic';
  /** `catalog.Author`; null where the source does not tell. */
  readonly target: string | null;
  readonly targetCode: string;
  /** `CASCADE`; null for many-to-many. */
  readonly onDelete: string | null;
  readonly relatedName: string | null;
  /** `catalog.Membership`; null without `through`. */
  readonly through: string | null;
}

/** What a field may be chosen from. */
export type FieldChoices =
  | {
      readonly kind: 'list';
      /** The name it has in the class or the module; null where it stands in the field. */
      readonly name: string | null;
      readonly members: readonly {
        /** As written. */
        readonly value: string;
        readonly labelCode: string;
        /** null where it is computed. */
        readonly label: string | null;
      }[];
    }
  /** A choices class, by its name and its file. */
  | { readonly kind: 'class'; readonly name: string; readonly file: string };

/** One field of a model, as written. */
export interface FieldFacts {
  readonly name: string;
  /** Class name: `CharField`. */
  readonly type: string;
  /**
   * Of a class that is not Django's own: Django's class it derives from, `CharField`; null where code of
   * another package is in between.
   */
  readonly base?: string | null;
  /** As written: `models.CharField`. */
  readonly typeCode: string;
  /** Positional arguments as written. */
  readonly positional: readonly string[];
  readonly options: readonly OptionFacts[];
  readonly relation: RelationFacts | null;
  /** The whole statement. */
  readonly place: Place;
  /** `blog.Dated` where it comes from an abstract base; null where it stands in the model itself. */
  readonly inheritedFrom: string | null;
  /** Of the option `choices`, where the source tells it. */
  readonly choices?: FieldChoices;
  /** The condition in the class body on which it is there, as written. */
  readonly when?: string;
}

/** A method, property or manager of a model, by name and place. */
export interface MemberFacts {
  readonly kind: 'method' | 'property' | 'class-method' | 'static-method' | 'manager';
  readonly name: string;
  readonly place: Place;
}

/** One model, as written. */
export interface ModelFacts {
  /** `catalog.Book`: what everything else names it by. */
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** As written. */
  readonly bases: readonly string[];
  readonly abstract: boolean;
  readonly proxy: boolean;
  readonly fields: readonly FieldFacts[];
  readonly meta: readonly OptionFacts[];
  /** Options that come from the `Meta` of other classes of the project, by `class Meta(Base.Meta)` or an abstract base. */
  readonly inheritedMeta?: readonly OptionFacts[];
  readonly methods: readonly string[];
  /** Methods, properties and managers in the order of the source. */
  readonly members?: readonly MemberFacts[];
  readonly docstring: string | null;
  readonly place: Place;
  /** True while its file does not parse: these are the last good facts. */
  readonly stale: boolean;
  /** Bases, as written, that may bring more fields than can be known: code of other packages, or made by a call. */
  readonly unknownBases?: readonly string[];
}

/** One app: a package of the project, or an installed one that is only named. */
export interface AppFacts {
  readonly label: string;
  /** Dotted module: `shop.catalog`. */
  readonly name: string;
  /** Folder in the workspace; null for a package that is not part of it. */
  readonly folder: string | null;
  /** Stands in `INSTALLED_APPS`. */
  readonly installed: boolean;
}

/** One URL pattern, as written. */
export interface RouteFacts {
  /**
   * Full path as far as the source tells it, `/api/books/<int:pk>/`; regular expressions as addresses, the
   * way the runtime lens has them.
   */
  readonly pattern: string;
  readonly kind: 'path' | 're-path' | 'include' | 'router' | 'ninja';
  /** With its namespace: `catalog:book-list`. */
  readonly name: string | null;
  /** The view as written; null for an include. */
  readonly view: string | null;
  /** Where the view is defined; null where the source does not tell. */
  readonly viewPlace: Place | null;
  /** The statement that makes the route. */
  readonly place: Place;
  /** HTTP methods that the view takes; null where the source does not tell. */
  readonly methods: readonly string[] | null;
  /** The condition it stands below, as written: `settings.DEBUG`; null for a route that is always there. */
  readonly condition: string | null;
  /** Stands below the language prefix of `i18n_patterns`, which is not part of `pattern`. */
  readonly localized: boolean;
  /** What can't be known from the source, in a sentence; null when all is. */
  readonly unknown: string | null;
}

/** One entry of `DATABASES`, as written. */
export interface DatabaseFacts {
  readonly alias: string;
  readonly engine: string | null;
  /** Absolute path of a SQLite file where the source tells it. */
  readonly file: string | null;
  readonly unknown: string | null;
}

/** One setting that is assigned at the top of a settings module. */
export interface SettingFacts {
  readonly name: string;
  /** As written. */
  readonly code: string;
  /** The entries as written where the value is one list or tuple; null for anything else. */
  readonly entries: readonly string[] | null;
  readonly place: Place;
}

/** What the settings module says, as far as it can be read without running it. */
export interface SettingsFacts {
  /** Dotted: `library.settings`. */
  readonly module: string;
  readonly file: string;
  readonly installedApps: readonly string[];
  /** `installedApps` misses entries that are computed. */
  readonly installedAppsPartial: boolean;
  readonly rootUrlconf: string | null;
  readonly authUserModel: string;
  readonly defaultAutoField: string | null;
  readonly databases: readonly DatabaseFacts[];
  /** Settings that name a model: `AUTH_USER_MODEL`, `SHOP_ORDER_MODEL`. */
  readonly swappableModels?: Readonly<Record<string, string>>;
  /** Names of settings whose value here is the default of an environment variable. */
  readonly fromEnvironment?: readonly string[];
  /** Every setting with its last plain assignment, in the order of the source. */
  readonly values: readonly SettingFacts[];
}

/** All the source lens knows; a new one with the next revision follows every change. */
export interface ProjectSnapshot extends ProjectComponents {
  readonly revision: number;
  /** Folder of `manage.py` in the workspace, '' when it is the workspace itself; null without one. */
  readonly project: string | null;
  readonly settings: SettingsFacts | null;
  readonly apps: readonly AppFacts[];
  readonly models: readonly ModelFacts[];
  readonly routes: readonly RouteFacts[];
  readonly problems: readonly SourceProblem[];
}
