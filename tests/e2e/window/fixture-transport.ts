import type { FixtureState } from './fixture-project.ts';

/**
 * Puts a bridge on the window that answers from a fixture, so that the window's looks can be tested in
 * states that are hard to bring about. Runs in the page: it must not use anything outside of itself.
 */
export function installFixtureBridge(fixture: FixtureState): void {
  type Answer = (input: Record<string, unknown>) => unknown;
  const listeners = new Set<(message: { event: string; payload: unknown }) => void>();
  const tell = (event: string, payload: unknown): void => {
    for (const listener of listeners) listener({ event, payload });
  };
  const fail = (code: string, message: string): never => {
    throw Object.assign(new Error(message), { failure: { code, message } });
  };
  let { workspace, settings, history } = fixture;
  const files = { ...fixture.files };
  const opened = {
    path: '/home/marie/library',
    realPath: '/home/marie/library',
    name: 'library',
    trusted: false,
    projects: [''],
    project: '',
    interpreter: null,
    problem: null,
  };
  const answers: Record<string, Answer> = {
    'app.info': () => fixture.info,
    'settings.read': () => settings,
    'settings.change': (input) => (settings = { ...settings, ...input }),
    'job.list': () => fixture.jobs,
    'job.log': () => fixture.jobLog,
    'job.cancel': () => null,
    'workspace.current': () => workspace,
    'workspace.recent': () => fixture.recent,
    'workspace.open': (input) => (workspace = { ...opened, path: String(input['path']) }),
    'workspace.close': () => {
      workspace = null;
      return null;
    },
    'workspace.forget': () => null,
    'workspace.listFolder': (input) => {
      const path = typeof input['path'] === 'string' ? input['path'] : fixture.info.home;
      return {
        path,
        parent: path === '/' ? null : path.slice(0, path.lastIndexOf('/')) || '/',
        writable: true,
        isProject: false,
        folders: fixture.folders.map((name) => ({
          name,
          path: `${path}/${name}`,
          isProject: name === 'library',
        })),
      };
    },
    'workspace.createFolder': (input) => `${String(input['parent'])}/${String(input['name'])}`,
    'workspace.checkNew': (input) =>
      input['name'] === 'django'
        ? [
            {
              field: 'name',
              message: '"django" is the name of something the project imports. Try "django_project".',
            },
          ]
        : input['name'] === ''
          ? [{ field: 'name', message: 'Give the project a name.' }]
          : [],
    'workspace.create': () => ({ jobId: fixture.jobs[0]?.id ?? 'none' }),
    'workspace.removeUnfinished': () => null,
    'trust.grant': () => (workspace = workspace && { ...workspace, trusted: true }),
    'trust.revoke': () => null,
    'trust.list': () => [
      { path: '/home/marie/projects/library', grantedAt: Date.now() - 7_200_000 },
      {
        path: '/home/marie/customers/a-very-long-customer-name/backend',
        grantedAt: Date.now() - 864_000_000,
      },
    ],
    'python.interpreters': () => fixture.interpreters,
    'python.inspect': () =>
      fail('not-found', 'There is no Python at this path. Give the path of a python executable.'),
    'source.snapshot': () => fixture.snapshot,
    'source.list': () => fixture.entries,
    'source.history': () => history,
    'source.undo': () => (history = { undo: null, redo: history.undo }),
    'source.redo': () => (history = { undo: history.redo, redo: null }),
    'source.fileHistory': (input) => fixture.versions[String(input['path'])] ?? [],
    'source.fileHistoryText': () => ({ text: fixture.formerText }),
    'source.restoreFile': (input) => files[String(input['path'])],
    'source.removedFiles': () => fixture.removed,
    'source.read': (input) =>
      files[String(input['path'])] ?? fail('not-found', 'This file is not there any more.'),
    'source.write': (input) => {
      const path = String(input['path']);
      const before = files[path];
      if (before === undefined || before.hash !== input['baseHash'])
        fail('changed-outside', 'The file is another one by now.');
      const text = String(input['text']);
      return (files[path] = {
        path,
        text,
        hash: `${text.length}:${Date.now()}`,
        lineEnding: 'lf',
        readOnly: null,
      });
    },
    'source.plan': () => fixture.plan,
    'source.apply': () => fixture.plan,
    'layout.read': () => ({}),
    'layout.write': () => null,
    'server.status': () => fixture.server,
    'server.runMode': () => ({ command: null }),
    'server.log': () => ({ lines: fixture.log, dropped: 0 }),
    'server.start': () => fixture.server,
    'server.stop': () => fixture.server,
    'server.restart': () => fixture.server,
    'runtime.read': () => fixture.lens ?? fail('project-error', 'The project does not start.'),
  };
  const request = (name: string, input: Record<string, unknown>): Promise<unknown> => {
    const answer = answers[name];
    try {
      if (answer === undefined) fail('not-available', `The fixture has no answer to ${name}.`);
      return Promise.resolve({ ok: true, value: answer?.(input) });
    } catch (error) {
      return Promise.resolve({ ok: false, failure: (error as { failure?: unknown }).failure });
    }
  };
  const subscribe = (listener: (message: { event: string; payload: unknown }) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const textOf = (path: string): string | undefined => files[path]?.text;
  const changeOutside = (path: string, text: string): void => {
    files[path] = { path, text, hash: `outside ${text}`, lineEnding: 'lf', readOnly: null };
    tell('source.filesChanged', { paths: [path] });
  };
  Object.assign(globalThis, { samois: { request, subscribe }, fixture: { tell, changeOutside, textOf } });
}
