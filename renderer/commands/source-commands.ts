import type { Command } from './command.ts';

/** Takes the last change of the designers back, in the source or on the canvas. */
export const undoChange: Command = {
  id: 'source.undo',
  enabled: ({ source, places }) =>
    source.state.getState().history.undo !== null || places.nextUndo() !== null,
  run: async ({ source, places, notify }) => {
    const moved = places.nextUndo();
    const entry = source.state.getState().history.undo;
    await (moved === null ? source.undo() : places.undo());
    notify({ kind: 'info', title: `Undone: ${moved ?? entry?.title ?? 'last change'}` });
  },
};

/** Makes the change again that was taken back last. */
export const redoChange: Command = {
  id: 'source.redo',
  enabled: ({ source, places }) =>
    source.state.getState().history.redo !== null || places.nextRedo() !== null,
  run: async ({ source, places, notify }) => {
    const moved = places.nextRedo();
    const entry = source.state.getState().history.redo;
    await (moved === null ? source.redo() : places.redo());
    notify({ kind: 'info', title: `Done again: ${moved ?? entry?.title ?? 'last change'}` });
  },
};
