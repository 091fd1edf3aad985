import type { Command } from './command.ts';

/** Takes the last change of the designers back. */
export const undoChange: Command = {
  id: 'source.undo',
  enabled: ({ source }) => source.state.getState().history.undo !== null,
  run: async ({ source, notify }) => {
    const entry = source.state.getState().history.undo;
    await source.undo();
    notify({ kind: 'info', title: `Undone: ${entry?.title ?? 'last change'}` });
  },
};

/** Makes the change again that was taken back last. */
export const redoChange: Command = {
  id: 'source.redo',
  enabled: ({ source }) => source.state.getState().history.redo !== null,
  run: async ({ source, notify }) => {
    const entry = source.state.getState().history.redo;
    await source.redo();
    notify({ kind: 'info', title: `Done again: ${entry?.title ?? 'last change'}` });
  },
};
