import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createShellService, type ShellService } from '../../../../../main/services/shell/shell-service.ts';
import type { ShellEntry } from '../../../../../shared/contract/shell-calls.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';

let project: DjangoProject;
let session: HostSession;
let shell: ShellService;

beforeAll(async () => {
  project = await makeDjangoProject();
  session = openHostSession(project);
  shell = createShellService({ emit: session.emit, host: session.host });
});
afterAll(async () => {
  await shell.dispose();
  await session.end();
  await project.remove();
});

async function ready(): Promise<readonly ShellEntry[]> {
  await vi.waitFor(() => expect(shell.read().status.phase).toBe('ready'), { timeout: 60_000 });
  return shell.read().entries;
}

it('keeps its state from input to input, is interrupted, and takes new code by a restart', async () => {
  await expect(shell.run({ text: '1', whole: true })).rejects.toMatchObject({ code: 'not-available' });
  expect(await shell.open()).toMatchObject({ phase: 'ready' });
  expect(shell.read().status.names).toContain('Book');
  expect(await shell.run({ text: 'for n in range(2):', whole: false })).toEqual({ ran: false });
  expect(await shell.run({ text: 'n = 20', whole: false })).toEqual({ ran: true });
  await ready();
  await shell.run({ text: 'n + 1', whole: false });
  const entries = await ready();
  expect(entries.slice(-2).map(({ kind, text }) => [kind, text])).toEqual([
    ['input', 'n + 1'],
    ['stdout', '21\n'],
  ]);
  expect(shell.read().history).toEqual(['n = 20', 'n + 1']);
  expect(await shell.complete({ text: 'Book.objects.filter(ti' })).toMatchObject({
    start: 20,
    options: [{ text: 'title', kind: 'field' }],
  });

  await shell.run({ text: 'while True: pass', whole: true });
  await expect(shell.run({ text: '1', whole: true })).rejects.toMatchObject({ code: 'conflict' });
  await shell.interrupt();
  expect((await ready()).at(-1)?.text).toBe('KeyboardInterrupt\n');

  await project.write('catalog/views.py', 'TASTE = "new"\n');
  shell.codeChanged();
  expect(shell.read().status.stale).toBe(true);
  expect(await shell.restart()).toMatchObject({ stale: false });
  await shell.run({ text: 'n', whole: true });
  expect((await ready()).at(-1)?.text).toContain('NameError');
});

it('says that it has ended, and why it can’t start', async () => {
  await shell.run({ text: 'exit()', whole: true });
  await vi.waitFor(() => expect(shell.read().status.phase).toBe('closed'), { timeout: 60_000 });
  expect(shell.read().entries.at(-1)).toMatchObject({ kind: 'note', text: 'The shell has ended.' });
  await project.write('catalog/models.py', 'import nothing_of_this_name\n');
  await expect(shell.open()).rejects.toMatchObject({ code: 'project-error' });
  expect(shell.read().status).toMatchObject({ phase: 'closed', failure: { code: 'project-error' } });
  expect(session.reports).toEqual([]);
});
