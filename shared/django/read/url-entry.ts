import type { CallFacts, ExpressionFacts, Span } from '../../python/python-module.ts';

/** A piece of a pattern: text, the name of a constant that holds text, or one of two by a setting. */
export type PatternPart =
  | string
  | { readonly dotted: string }
  | { readonly setting: string; readonly yes: PatternText; readonly no: PatternText };
/** A pattern as it is put together; null where it is computed. */
export type PatternText = readonly PatternPart[] | null;

/** What an `include()` leads to. */
export type IncludeTarget =
  | { readonly kind: 'module'; readonly module: string; readonly appName: string | null }
  | { readonly kind: 'entries'; readonly entries: readonly UrlEntry[]; readonly appName: string | null }
  /** `admin.site.urls`, `api.urls`: an object that gives patterns with their namespaces. */
  | { readonly kind: 'object'; readonly dotted: string }
  | { readonly kind: 'unknown'; readonly code: string };

/** One entry of a list of URL patterns, as written. */
export type UrlEntry =
  | {
      readonly kind: 'route';
      readonly regex: boolean;
      readonly pattern: PatternText;
      /** null for a route without a name, and where it is computed. */
      readonly name: string | null;
      readonly view: ExpressionFacts;
      readonly span: Span;
    }
  | {
      readonly kind: 'include';
      readonly regex: boolean;
      readonly pattern: PatternText;
      readonly namespace: string | null;
      readonly target: IncludeTarget;
      readonly span: Span;
    }
  /** Another list, a router's `urls` or a module by its name. */
  | { readonly kind: 'name'; readonly dotted: string; readonly span: Span }
  /** `get_patterns()`, `decorated(urlpatterns, login_required)`: `given` are the patterns among the arguments. */
  | {
      readonly kind: 'call';
      readonly dotted: string | null;
      readonly code: string;
      readonly given: readonly UrlEntry[];
      readonly span: Span;
    }
  | { readonly kind: 'when'; readonly condition: string; readonly entries: readonly UrlEntry[] }
  /** Patterns that may become other ones; `reason` is a sentence. */
  | { readonly kind: 'doubt'; readonly reason: string; readonly entries: readonly UrlEntry[] }
  | { readonly kind: 'language'; readonly entries: readonly UrlEntry[] }
  /** `format_suffix_patterns()` of Django REST Framework: each one twice. */
  | {
      readonly kind: 'suffixes';
      readonly entries: readonly UrlEntry[];
      readonly required: boolean;
      readonly allowed: readonly string[];
    }
  /** `static()`: files are served below it while DEBUG is on. */
  | { readonly kind: 'static'; readonly prefix: PatternText; readonly code: string; readonly span: Span }
  | { readonly kind: 'unknown'; readonly code: string; readonly span: Span };

/** A list of patterns, or such a list in a tuple with its application namespace. */
export interface UrlList {
  readonly entries: readonly UrlEntry[];
  readonly appName: string | null;
}

/** One `router.register()`. */
export interface Registration {
  /** null where it is computed. */
  readonly prefix: string | null;
  readonly prefixText: PatternText;
  readonly viewset: string | null;
  readonly basename: string | null;
  readonly condition: string | null;
  readonly span: Span;
}

/** A router of Django REST Framework that a URLconf makes. */
export interface RouterFacts {
  /** As written: `routers.DefaultRouter`. */
  readonly callee: string;
  readonly trailingSlash: boolean;
  readonly registrations: Registration[];
  readonly call: CallFacts;
  readonly span: Span;
}

/** A call of a method of an object that may be a router or an API: `api.add_router('/events', events)`. */
export interface MethodCall {
  readonly method: string;
  readonly call: CallFacts;
  readonly span: Span;
}

/** What one module says of URLs. */
export interface UrlconfFacts {
  readonly appName: string | null;
  readonly lists: ReadonlyMap<string, UrlList>;
  readonly routers: ReadonlyMap<string, RouterFacts>;
  /** `register()` of routers that stand in another module, by the name they have here. */
  readonly registrations: ReadonlyMap<string, readonly Registration[]>;
  /** `router.registry.extend(other.registry)`: the others by the router. */
  readonly extensions: ReadonlyMap<string, readonly string[]>;
  /** Other calls of methods at the top of the module, by the object. */
  readonly methodCalls: ReadonlyMap<string, readonly MethodCall[]>;
  /** Variables that are put together like patterns. */
  readonly constants: ReadonlyMap<string, PatternText>;
  /** What functions of the module return; those of classes by `Class.method`. */
  readonly functions: ReadonlyMap<string, readonly UrlEntry[]>;
}
