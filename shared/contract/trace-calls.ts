import { z } from 'zod';
import { call } from './call.ts';
import type { LogLine, ProjectFailure } from './host-calls.ts';

/** What one request to the user's server did, in a line. */
export interface TraceSummary {
  readonly id: number;
  /** Which version of the code answered: counts the reloads. */
  readonly generation: number;
  readonly kind: 'sync' | 'async' | 'websocket';
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** `/books/<int:pk>/`; null where nothing matched, or no view was reached. */
  readonly route: string | null;
  /** `catalog:book-detail`. */
  readonly routeName: string | null;
  /** Dotted path of the view, and where it stands. */
  readonly view: string | null;
  readonly file: string | null;
  readonly line: number | null;
  /** Only where the project itself asked who it is. */
  readonly user: string | null;
  readonly status: number | null;
  readonly milliseconds: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly size: number;
  readonly queryCount: number;
  readonly queryMilliseconds: number;
  /** Queries that a group of the same ones from the same line holds. */
  readonly repeated: number;
  /** Class name of the exception that no view handled. */
  readonly exception: string | null;
}

/** A query of a request. */
export interface TraceQuery {
  /** Index into the statements of the trace. */
  readonly statement: number;
  readonly params: readonly unknown[] | Readonly<Record<string, unknown>> | null;
  readonly alias: string;
  readonly milliseconds: number;
  /** Milliseconds since the request began. */
  readonly start: number;
  /** The line of the project, or of its template, that issued it; null where only libraries did. */
  readonly file: string | null;
  readonly line: number | null;
  readonly function: string | null;
  readonly failed?: string;
}

/** Where one call makes many queries one. */
export interface TraceCure {
  readonly method: 'select_related' | 'prefetch_related';
  /** `book__author`. */
  readonly relation: string;
  /** `catalog.Book`. */
  readonly model: string;
  /** Where the objects were fetched whose relation was followed. */
  readonly file: string | null;
  readonly line: number | null;
}

/** How the database carries out a query. */
export interface TracePlan {
  /** A line a step. */
  readonly plan: readonly string[];
  /** Each would spare the database to read all of a table. */
  readonly missingIndexes: readonly { readonly model: string; readonly fields: readonly string[] }[];
}

/** The same query from the same line, again and again. */
export interface TraceGroup {
  /** Indexes into the queries of the trace. */
  readonly queries: readonly number[];
  readonly count: number;
  readonly milliseconds: number;
  readonly sql: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly cure: TraceCure | null;
}

/** What one request to the user's server did. */
export interface Trace extends TraceSummary {
  readonly statements: readonly string[];
  readonly queries: readonly TraceQuery[];
  readonly groups: readonly TraceGroup[];
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly templates: readonly { readonly name: string; readonly count: number }[];
  readonly logs: readonly {
    readonly level: LogLine['level'];
    readonly logger: string;
    readonly text: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly signals: readonly { readonly name: string; readonly sender: string }[];
  readonly failure: ProjectFailure | null;
}

export const traceCalls = {
  /** The last requests, oldest first; empty while no host runs. */
  'traces.list': call<{ readonly on: boolean; readonly traces: readonly TraceSummary[] }>()(
    'none',
    z.strictObject({}),
  ),
  'traces.read': call<Trace>()('project', z.strictObject({ id: z.number().int().min(1) })),
  'traces.clear': call<null>()('none', z.strictObject({})),
  /** Off, nothing is noted and nothing of it is in the way of the project. */
  'traces.switch': call<null>()('none', z.strictObject({ on: z.boolean() })),
  /** How the database carries out a query of a request. */
  'traces.explain': call<TracePlan>()(
    'project',
    z.strictObject({ id: z.number().int().min(1), query: z.number().int().min(0) }),
  ),
} as const;

/** What is told of requests unasked. */
export interface TraceEvents {
  readonly 'traces.added': { readonly traces: readonly TraceSummary[] };
  /** They are gone: the host ended, or somebody forgot them. */
  readonly 'traces.cleared': null;
}
