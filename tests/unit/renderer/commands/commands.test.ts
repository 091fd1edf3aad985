import { expect, test } from 'vitest';
import { commands, isEnabled, runCommand } from '../../../../renderer/commands/commands.ts';
import { commandOfKey } from '../../../../renderer/commands/shortcuts.ts';
import type { Notice } from '../../../../renderer/stores/notices.ts';
import { createStudio } from '../../../../renderer/stores/studio.ts';
import { commandSpecs } from '../../../../shared/commands.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import { createFakeApi } from '../stores/fake-api.ts';

test('every described command does something, and every one that does is described', () => {
  expect(commands.map(({ id }) => id).sort()).toEqual(commandSpecs.map(({ id }) => id).sort());
});

test('without a folder nothing can run that needs one', () => {
  const studio = createStudio(createFakeApi({}), () => undefined);
  for (const id of [
    'view.models',
    'server.start',
    'palette.files',
    'project.trust',
    'editor.save',
  ] as const) {
    expect(isEnabled(studio, id), id).toBe(false);
  }
  for (const id of ['workspace.new', 'workspace.open', 'view.settings', 'palette.commands'] as const) {
    expect(isEnabled(studio, id), id).toBe(true);
  }
});

test('a failure of a command is told with the command’s name', async () => {
  const notices: Notice[] = [];
  const api = createFakeApi({
    'settings.change': () => {
      throw new Failure('tool-failed', 'The disk is full.');
    },
  });
  const studio = createStudio(api, (notice) => notices.push(notice));
  await runCommand(studio, 'theme.dark');
  expect(notices).toMatchObject([
    { kind: 'problem', title: '“Theme: dark” did not work', description: 'The disk is full.' },
  ]);
  expect(studio.settings.state.getState().settings.theme).toBe('system');
});

test('a key in a text belongs to the text', () => {
  const undo = { key: 'z', code: 'KeyZ', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
  expect(commandOfKey(undo, false, false)).toBe('source.undo');
  expect(commandOfKey(undo, true, false)).toBeNull();
  expect(commandOfKey({ ...undo, altKey: true }, true, false)).toBe('source.undo');
});
