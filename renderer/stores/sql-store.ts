import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CellValue } from '../../shared/contract/cell-value.ts';
import type { FailureValue } from '../../shared/contract/failure.ts';
import type { QueryPlan, StatementResult } from '../../shared/contract/query-calls.ts';
import { splitStatements } from '../../shared/sql/sql-statements.ts';
import { failureOf } from './notices.ts';

/** What running SQL has led to. */
export type SqlOutcome =
  | { readonly kind: 'results'; readonly results: readonly StatementResult[] }
  | { readonly kind: 'plan'; readonly plan: QueryPlan }
  | {
      readonly kind: 'failure';
      readonly failure: FailureValue;
      /** What was run. */
      readonly sql: string;
      /** It was refused because it writes: it may be run so. */
      readonly writes: boolean;
    };

/** The SQL that the user writes, by database, and what became of it. */
export interface SqlState {
  readonly texts: Readonly<Record<string, string>>;
  /** What stands in the fields of the parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly running: boolean;
  readonly outcome: SqlOutcome | null;
  /** What was run in this window, the newest first. */
  readonly history: readonly string[];
}

/** Runs SQL and remembers what was run. */
export interface SqlStore {
  readonly state: StoreApi<SqlState>;
  readonly edit: (database: string, text: string) => void;
  readonly setParameter: (name: string, text: string) => void;
  readonly run: (database: string, sql: string, write?: boolean) => Promise<void>;
  readonly explain: (database: string, sql: string) => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** What was run in this folder before. */
  readonly loadHistory: () => Promise<void>;
  /** Another folder is open. */
  readonly clear: () => void;
}

const ROWS_SHOWN = 1000;
const HISTORY_KEPT = 100;

const nothing: SqlState = { texts: {}, parameters: {}, running: false, outcome: null, history: [] };

/** Makes the store of the SQL page. */
export function createSqlStore(api: Client): SqlStore {
  const state = createStore<SqlState>(() => nothing);

  const remember = async (sql: string): Promise<void> => {
    try {
      await api.call('database.remember', { sql });
    } catch {
      // it stands in the history of this window all the same
    }
  };

  const attempt = async (sql: string, work: () => Promise<SqlOutcome>): Promise<void> => {
    if (state.getState().running) return;
    state.setState(({ history }) => ({
      running: true,
      history: newestFirst([sql, ...history]),
    }));
    void remember(sql);
    try {
      state.setState({ outcome: await work() });
    } catch (error) {
      const failure = failureOf(error);
      const writes = failure.detail?.['writes'] === true;
      state.setState({ outcome: { kind: 'failure', failure, sql, writes } });
    } finally {
      state.setState({ running: false });
    }
  };

  const given = (sql: string): Record<string, CellValue> => {
    const { parameters } = state.getState();
    return Object.fromEntries(
      parametersOf(sql).map((name) => [name, parameterValue(parameters[name] ?? '')]),
    );
  };

  return {
    state,
    edit: (database, text) => {
      state.setState(({ texts }) => ({ texts: { ...texts, [database]: text } }));
    },
    setParameter: (name, text) => {
      state.setState(({ parameters }) => ({ parameters: { ...parameters, [name]: text } }));
    },
    run: (database, sql, write = false) =>
      attempt(sql, async () => ({
        kind: 'results',
        results: await api.call('database.query', {
          ...{ database, sql, write, limit: ROWS_SHOWN },
          parameters: given(sql),
        }),
      })),
    explain: (database, sql) =>
      attempt(sql, async () => ({
        kind: 'plan',
        plan: await api.call('database.explain', { database, sql, parameters: given(sql) }),
      })),
    loadHistory: async () => {
      try {
        const before = await api.call('database.history', {});
        state.setState(({ history }) => ({ history: newestFirst([...history, ...before]) }));
      } catch {
        // no folder is open: nothing was run in it
      }
    },
    cancel: async () => {
      await api.call('database.cancel', {});
    },
    clear: () => {
      state.setState(nothing);
    },
  };
}

function newestFirst(history: readonly string[]): readonly string[] {
  return [...new Set(history)].slice(0, HISTORY_KEPT);
}

/** The names of all parameters of a text, each once. */
export function parametersOf(sql: string): readonly string[] {
  return [...new Set(splitStatements(sql).flatMap(({ parameters }) => parameters))];
}

/** What a typed parameter stands for: nothing is NULL, digits are a number, 'quotes' make a text of anything. */
export function parameterValue(text: string): CellValue {
  if (text === '') return { kind: 'null' };
  if (/^-?\d{1,18}$/.test(text)) return { kind: 'integer', text };
  if (/^-?(\d+\.\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return { kind: 'real', text };
  const quoted = /^'([\s\S]*)'$/.exec(text)?.[1];
  return { kind: 'text', text: quoted === undefined ? text : quoted.replaceAll("''", "'") };
}
