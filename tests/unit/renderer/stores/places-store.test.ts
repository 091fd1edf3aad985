import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { HistoryEntry } from '../../../../shared/contract/source-calls.ts';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { createPlacesStore, type PlaceChanges } from '../../../../renderer/stores/places-store.ts';
import type { SourceState } from '../../../../renderer/stores/source-store.ts';

const entry = (id: string): HistoryEntry => ({ id, title: id, files: [], at: 0 });
const step = (title: string) => ({ title, before: { a: null }, after: { a: { x: 1, y: 1 } } });

function storeBeside(undo: HistoryEntry | null = null) {
  const history = { undo, redo: null as HistoryEntry | null };
  const snapshot = { models: [] } as unknown as ProjectSnapshot;
  const source = createStore<SourceState>(() => ({ snapshot, files: [], history }));
  const written: PlaceChanges[] = [];
  const places = createPlacesStore({
    source,
    write: (changes) => {
      written.push(changes);
      return Promise.resolve();
    },
  });
  const says = (now: HistoryEntry | null, redo: HistoryEntry | null): void => {
    source.setState({ history: { undo: now, redo } });
  };
  return { places, says, written };
}

describe('undo of the canvas beside undo of the source', () => {
  it('takes back whichever was done last, and does it again in the same order', async () => {
    const old = entry('from before');
    const { places, says, written } = storeBeside(old);
    places.record(step('Move Book'));
    expect(places.nextUndo()).toBe('Move Book');
    const added = entry('Add field');
    says(added, null);
    expect(places.nextUndo()).toBeNull();
    says(old, added);
    expect(places.nextUndo()).toBe('Move Book');
    await places.undo();
    expect(written).toEqual([{ a: null }]);
    expect(places.nextUndo()).toBeNull();
    expect(places.nextRedo()).toBe('Move Book');
    await places.redo();
    expect(places.nextRedo()).toBeNull();
    says(added, null);
    expect(places.nextUndo()).toBeNull();
  });

  it('forgets what was taken back once something new is done', async () => {
    const { places, says } = storeBeside();
    places.record(step('Move Book'));
    await places.undo();
    says(entry('Add field'), null);
    expect(places.nextRedo()).toBeNull();
    places.record(step('Move Tag'));
    expect(places.nextUndo()).toBe('Move Tag');
  });

  it('leaves it to the canvas in sight to show the places', async () => {
    const { places, written } = storeBeside();
    const shown: PlaceChanges[] = [];
    const detach = places.attach((changes) => {
      shown.push(changes);
      return Promise.resolve();
    });
    places.record(step('Move Book'));
    await places.undo();
    detach();
    await places.redo();
    expect(shown).toEqual([{ a: null }]);
    expect(written).toEqual([{ a: { x: 1, y: 1 } }]);
  });
});
