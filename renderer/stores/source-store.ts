import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { History, SourceEntry } from '../../shared/contract/source-calls.ts';
import type { ModelFacts, ProjectSnapshot } from '../../shared/django/project-model.ts';
import { applyChange } from '../../shared/django/snapshot-change.ts';

/** What the source lens knows of the open project. */
export interface SourceState {
  readonly snapshot: ProjectSnapshot | null;
  readonly files: readonly SourceEntry[];
  readonly history: History;
}

/** Follows the source of the project; undo and redo of its changes. */
export interface SourceStore {
  readonly state: StoreApi<SourceState>;
  readonly load: () => Promise<void>;
  readonly clear: () => void;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

const nothing: SourceState = { snapshot: null, files: [], history: { undo: null, redo: null } };

/** Makes the store of the source lens. */
export function createSourceStore(api: Client): SourceStore {
  const state = createStore<SourceState>(() => nothing);
  const refreshFiles = oneAtATime(async () => {
    const files = await api.call('source.list', {});
    if (state.getState().snapshot !== null) state.setState({ files });
  });

  const refreshSnapshot = oneAtATime(async () => {
    const whole = await api.call('source.snapshot', {});
    state.setState(({ snapshot }) => ({ snapshot: newerSnapshot(snapshot, whole) }));
  });

  api.subscribe('source.changed', (change) => {
    const { snapshot } = state.getState();
    if (snapshot !== null && snapshot.revision >= change.revision) return; // an answer overtook it
    const next = applyChange(snapshot, change);
    if (next === null) refreshSnapshot();
    else state.setState({ snapshot: next });
  });
  api.subscribe('source.filesChanged', ({ paths, removed = [] }) => {
    const known = new Set(state.getState().files.map((file) => file.path));
    // A changed text leaves the tree as it is; only names that come or may have gone ask for a new one.
    if (paths.length > 1 || removed.length > 0 || paths.some((path) => !known.has(path))) refreshFiles();
  });
  api.subscribe('source.historyChanged', (history) => {
    state.setState({ history });
  });

  return {
    state,
    load: async () => {
      const [snapshot, files, history] = await Promise.all([
        api.call('source.snapshot', {}),
        api.call('source.list', {}),
        api.call('source.history', {}),
      ]);
      state.setState({ snapshot, files, history });
    },
    clear: () => {
      state.setState(nothing);
    },
    undo: async () => {
      state.setState({ history: await api.call('source.undo', {}) });
    },
    redo: async () => {
      state.setState({ history: await api.call('source.redo', {}) });
    },
  };
}

/** The later one of two snapshots: events may overtake answers. */
export function newerSnapshot(before: ProjectSnapshot | null, next: ProjectSnapshot): ProjectSnapshot {
  return before !== null && before.revision > next.revision ? before : next;
}

/** The facts of a model by its id, `catalog.Book`. */
export function modelById(snapshot: ProjectSnapshot | null, id: string): ModelFacts | null {
  return snapshot?.models.find((model) => model.id === id) ?? null;
}

/** Runs the work again when it was asked for while it ran, but never twice at a time. */
function oneAtATime(work: () => Promise<void>): () => void {
  let wanted = 0;
  let running = false;
  const run = async (): Promise<void> => {
    for (let done = -1; done !== wanted;) {
      done = wanted;
      await work();
    }
  };
  return () => {
    wanted += 1;
    if (running) return;
    running = true;
    run()
      .catch((error: unknown) => {
        reportError(error);
      })
      .finally(() => {
        running = false;
      });
  };
}
