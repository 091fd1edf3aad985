import { isDirty } from '../stores/open-files.ts';
import type { Studio } from '../stores/studio.ts';
import { withWorkspace, type Command } from './command.ts';

function activeFile({ editor }: Studio) {
  const { files, active } = editor.state.getState();
  return files.find((file) => file.path === active);
}

/** Writes the file in sight. */
export const saveFile: Command = {
  id: 'editor.save',
  enabled: (studio) => {
    const file = activeFile(studio);
    return file !== undefined && isDirty(file) && file.conflict === null;
  },
  run: async (studio) => {
    const file = activeFile(studio);
    if (file !== undefined) await studio.editor.save(file.path);
  },
};

/** Writes every file that holds unsaved text. */
export const saveAllFiles: Command = {
  id: 'editor.saveAll',
  enabled: ({ editor }) => editor.state.getState().files.some(isDirty),
  run: ({ editor }) => editor.saveAll(),
};

/** Shows the texts that the file in sight once had. */
export const showFileHistory: Command = {
  id: 'editor.fileHistory',
  enabled: (studio) => activeFile(studio) !== undefined && studio.shell.state.getState().view === 'code',
  run: async (studio) => {
    const file = activeFile(studio);
    if (file !== undefined) await studio.fileHistory.open(file.path);
  },
};

/** Lists the files that are not there any more, to bring one back. */
export const bringFileBack: Command = {
  id: 'editor.removedFiles',
  enabled: withWorkspace,
  run: async ({ shell, fileHistory }) => {
    shell.show('code');
    await fileHistory.openRemoved();
  },
};

/** Closes the tab in sight. */
export const closeFile: Command = {
  id: 'editor.closeFile',
  enabled: (studio) => activeFile(studio) !== undefined && studio.shell.state.getState().view === 'code',
  run: (studio) => {
    const file = activeFile(studio);
    if (file !== undefined) studio.editor.close(file.path);
  },
};
