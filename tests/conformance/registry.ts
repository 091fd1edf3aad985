/** A value that is the same in JSON and in Python. */
export type PlainValue = string | number | boolean | null;

/** A relation as `dump_registry.py` finds it. */
export interface RegistryRelation {
  readonly target: string | null;
  readonly onDelete: string | null;
  readonly relatedName: string | null;
  readonly through: string | null;
}

/** A field of a model of Django's registry. */
export interface RegistryField {
  readonly name: string;
  readonly type: string;
  /** Class names of its MRO. */
  readonly bases: readonly string[];
  /** Its class is one of Django's own. */
  readonly djangoType: boolean;
  /** A class statement of the project binds its name: CPython's `ast` says so. */
  readonly written: boolean;
  /** The class whose statement made it: `shop.models.Dated`. */
  readonly origin: string;
  readonly options: Readonly<Record<string, PlainValue>>;
  readonly optionNames: readonly string[];
  readonly attributes: Readonly<Record<string, PlainValue>>;
  readonly relation: RegistryRelation | null;
}

/** A model of Django's registry. */
export interface RegistryModel {
  readonly id: string;
  readonly module: string;
  readonly file: string;
  readonly inProject: boolean;
  /** A class statement at the top of a module of the project makes it. */
  readonly written: boolean;
  readonly proxy: boolean;
  readonly fields: readonly RegistryField[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly bases: readonly string[];
}

/** One part of a route: `RoutePattern`, `books/`. */
export interface RegistryPattern {
  readonly kind: string;
  readonly text: string;
  /** The code of a module of the project made it, not a function and not another package. */
  readonly written: boolean;
}

/** One route of Django's URL resolver, from the root to the view. */
export interface RegistryRoute {
  readonly pattern: readonly RegistryPattern[];
  readonly name: string | null;
  readonly view: string;
  readonly viewFile: string | null;
}

/** What `dump_registry.py` writes. */
export interface Registry {
  readonly django: string;
  readonly models: readonly RegistryModel[];
  readonly routes: readonly RegistryRoute[];
  readonly routesProblem: string | null;
}
