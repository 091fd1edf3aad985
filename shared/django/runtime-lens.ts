/** One app of Django's registry. */
export interface RuntimeApp {
  readonly label: string;
  readonly name: string;
  readonly path: string;
  readonly verboseName: string;
}

/** One field as Django's model meta knows it. */
export interface RuntimeField {
  readonly name: string;
  readonly attname: string;
  readonly column: string | null;
  readonly type: string;
  readonly null: boolean;
  readonly blank: boolean;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly index: boolean;
  readonly editable: boolean;
  readonly relation: 'fk' | 'o2o' | 'm2m' | 'generic' | null;
  readonly relatedModel: string | null;
  readonly through: string | null;
  readonly relatedName: string | null;
  readonly inheritedFrom: string | null;
}

/** One model of Django's registry. */
export interface RuntimeModel {
  readonly app: string;
  readonly name: string;
  readonly module: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly proxy: boolean;
  readonly managed: boolean;
  readonly dbTable: string;
  readonly autoCreated: boolean;
  readonly fields: readonly RuntimeField[];
}

/** One URL pattern as Django's resolver knows it. */
export interface RuntimeRoute {
  /** Full path: `/api/books/<int:pk>/`. */
  readonly pattern: string;
  readonly regex: boolean;
  readonly name: string | null;
  readonly namespace: string | null;
  /** Dotted path of the view. */
  readonly view: string;
  readonly viewKind: 'function' | 'class' | 'viewset';
  /** null where it can't be known. */
  readonly methods: readonly string[] | null;
  /** Absolute path of the file that defines the view. */
  readonly file: string | null;
  readonly line: number | null;
  readonly parameters: readonly { readonly name: string; readonly converter: string | null }[];
  /** Label of the app whose code the view is; null for others' code. */
  readonly app: string | null;
  readonly permissions: readonly string[];
}

/** What Django itself says after `django.setup()`. */
export interface RuntimeLens {
  readonly django: string;
  readonly python: string;
  readonly settingsModule: string;
  readonly apps: readonly RuntimeApp[];
  readonly models: readonly RuntimeModel[];
  readonly routes: readonly RuntimeRoute[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly databases: readonly {
    readonly alias: string;
    readonly vendor: string;
    readonly engine: string;
    readonly name: string;
    readonly host: string | null;
    readonly port: string | null;
    readonly isLocal: boolean;
  }[];
}
