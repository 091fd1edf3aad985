import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelPlace } from '../../shared/contract/source-calls.ts';
import type { SourceState } from './source-store.ts';

/** Places on the canvas by `app.Model`; an app by its label is collapsed and stands there. null: no place. */
export type PlaceChanges = Readonly<Record<string, ModelPlace | null>>;

/** One gesture that only changed the picture. */
export interface PlacesStep {
  /** "Move catalog.Book", "Arrange models anew". */
  readonly title: string;
  readonly before: PlaceChanges;
  readonly after: PlaceChanges;
}

interface KeptStep extends PlacesStep {
  /** When it was made, counted together with the changes of the source. */
  readonly turn: number;
}

/** What can be taken back and done again of the picture. */
export interface PlacesState {
  readonly undo: readonly KeptStep[];
  readonly redo: readonly KeptStep[];
}

/**
 * Undo and redo of what was put somewhere on the canvas. It shares its keys with undo of the source: what
 * was done last is taken back first, whichever of the two it was.
 */
export interface PlacesStore {
  readonly state: StoreApi<PlacesState>;
  readonly record: (step: PlacesStep) => void;
  /** What undo would take back of the picture; null where the source's last change is later, or nothing was moved. */
  readonly nextUndo: () => string | null;
  readonly nextRedo: () => string | null;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  /** The canvas in sight, which shows changed places itself; the answer takes it off. */
  readonly attach: (canvas: (changes: PlaceChanges) => Promise<void>) => () => void;
  readonly clear: () => void;
}

interface PlacesStoreDeps {
  readonly source: StoreApi<SourceState>;
  /** Remembers places while no canvas is in sight. */
  readonly write: (changes: PlaceChanges) => Promise<void>;
}

const KEPT_STEPS = 200;
const nothing: PlacesState = { undo: [], redo: [] };

/** Makes the store of the canvas' own undo. */
export function createPlacesStore({ source, write }: PlacesStoreDeps): PlacesStore {
  const state = createStore<PlacesState>(() => nothing);
  /** When each change of the source was seen first; those from before the window count as the oldest. */
  const seen = new Map<string, number>();
  let turns = 0;
  let show = write;

  source.subscribe(({ history: { undo, redo } }, { history: before, snapshot }) => {
    if (snapshot === null || undo === null || redo !== null || seen.has(undo.id)) return;
    // One that only came to the top again, because others were taken back or it was done again, is no new one.
    if (undo.id === before.undo?.id || undo.id === before.redo?.id) return;
    seen.set(undo.id, (turns += 1));
    state.setState({ redo: [] }); // as in the source: what was taken back is gone with the next change
  });

  const turnOf = (id: string): number => seen.get(id) ?? 0;
  const take = async (from: 'undo' | 'redo'): Promise<void> => {
    const step = state.getState()[from].at(-1);
    if (step === undefined) return;
    const to = from === 'undo' ? 'redo' : 'undo';
    state.setState((now) => ({ ...now, [from]: now[from].slice(0, -1), [to]: [...now[to], step] }));
    await show(from === 'undo' ? step.before : step.after);
  };

  return {
    state,
    record: (step) => {
      const turn = (turns += 1);
      state.setState(({ undo }) => ({ undo: [...undo.slice(1 - KEPT_STEPS), { ...step, turn }], redo: [] }));
    },
    nextUndo: () => {
      const step = state.getState().undo.at(-1);
      const change = source.getState().history.undo;
      if (step === undefined || (change !== null && turnOf(change.id) > step.turn)) return null;
      return step.title;
    },
    nextRedo: () => {
      const step = state.getState().redo.at(-1);
      const change = source.getState().history.redo;
      if (step === undefined || (change !== null && turnOf(change.id) < step.turn)) return null;
      return step.title;
    },
    undo: () => take('undo'),
    redo: () => take('redo'),
    attach: (canvas) => {
      show = canvas;
      return () => {
        if (show === canvas) show = write;
      };
    },
    clear: () => {
      seen.clear();
      state.setState(nothing);
    },
  };
}
