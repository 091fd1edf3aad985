import type { Trace, TraceCure, TraceQuery, TraceSummary } from '../../../shared/contract/trace-calls.ts';
import type { Choice } from '../../ui/select.tsx';

/** Which requests are shown. */
export type TraceKind = 'all' | 'pages' | 'failed' | 'repeated' | 'slow';

export const traceKinds: readonly Choice<TraceKind>[] = [
  { value: 'all', label: 'All requests' },
  { value: 'pages', label: 'Without static files' },
  { value: 'failed', label: 'Failed' },
  { value: 'repeated', label: 'Repeated queries' },
  { value: 'slow', label: 'Slower than 200 ms' },
];

const SLOW_MILLISECONDS = 200;

const kinds: Readonly<Record<TraceKind, (trace: TraceSummary) => boolean>> = {
  all: () => true,
  pages: ({ view, status }) => view !== null || status === null || status >= 400,
  failed: ({ status, exception }) => exception !== null || status === null || status >= 400,
  repeated: ({ repeated }) => repeated > 0,
  slow: ({ milliseconds }) => milliseconds > SLOW_MILLISECONDS,
};

/** The requests of a kind whose path, view, name or user has the text. */
export function filteredTraces(
  traces: readonly TraceSummary[],
  { search, kind }: { readonly search: string; readonly kind: TraceKind },
): readonly TraceSummary[] {
  const wanted = search.trim().toLowerCase();
  return traces.filter((trace) => {
    if (!kinds[kind](trace)) return false;
    const { method, path, view, routeName, user } = trace;
    return [`${method} ${path}`, view, routeName, user].some((text) => text?.toLowerCase().includes(wanted));
  });
}

/** `select_related("book__author")`. */
export function cureCode({ method, relation }: TraceCure): string {
  return `.${method}("${relation}")`;
}

/** `12 queries in 3.4 ms`. */
export function queryWords({ queryCount, queryMilliseconds }: TraceSummary): string {
  if (queryCount === 0) return 'no queries';
  return `${queryCount} ${queryCount === 1 ? 'query' : 'queries'} in ${queryMilliseconds.toFixed(1)} ms`;
}

/** The statement of a query, cut where it is clear already: the columns of a long SELECT are left out. */
export function shortStatement(sql: string): string {
  return sql.replace(/^SELECT (DISTINCT )?.{60,}? FROM /s, 'SELECT $1… FROM ').replace(/\s+/g, ' ');
}

/** A query of a trace with its statement. */
export function statementOf(trace: Trace, query: TraceQuery): string {
  return trace.statements[query.statement] ?? '';
}

/** Parameters as they are read: `1, 'red', null`. */
export function parameterWords(params: TraceQuery['params']): string {
  if (params === null) return '';
  if (isList(params)) return params.map(valueWords).join(', ');
  return Object.entries(params)
    .map(([name, value]) => `${name}: ${valueWords(value)}`)
    .join(', ');
}

function isList(params: NonNullable<TraceQuery['params']>): params is readonly unknown[] {
  return Array.isArray(params);
}

function valueWords(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
