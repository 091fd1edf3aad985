import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PortConflict, ServerStatus } from '../../../../../shared/contract/host-calls.ts';
import { createRuntimeService } from '../../../../../main/services/server/runtime-service.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';

let project: DjangoProject;
let session: HostSession;

beforeEach(async () => {
  project = await makeDjangoProject();
  session = openHostSession(project);
});
afterEach(async () => {
  await session.end();
  await project.remove();
});

async function until(state: ServerStatus['state'], generation = 1): Promise<ServerStatus> {
  await vi.waitFor(
    () => {
      const status = session.server.status();
      expect(status.state).toBe(state);
      expect(status.generation).toBeGreaterThanOrEqual(generation);
    },
    { timeout: 30_000, interval: 10 },
  );
  return session.server.status();
}

const body = async (): Promise<string> => (await fetch(session.server.status().address ?? '')).text();

describe('the server', () => {
  it('starts, answers, reloads after a save, and stops', async () => {
    const { server } = session;
    expect(server.status().state).toBe('stopped');
    await server.start({});
    const status = await until('serving');
    expect(status.address).toBe(`http://localhost:${status.port}/`);
    expect(status.bootMilliseconds).toBeGreaterThan(0);
    expect(await body()).toBe('first');
    expect(session.served).toEqual([1]);

    const views = await project.write(
      'catalog/views.py',
      (await project.read('catalog/views.py')).replace('first', 'second'),
    );
    server.filesChanged([{ place: views, kind: 'changed' }]);
    await until('serving', 2);
    expect(await body()).toBe('second');
    expect(session.served).toEqual([1, 2]);
    await vi.waitFor(
      () =>
        expect(
          server
            .log()
            .lines.map((line) => line.text)
            .join('\n'),
        ).toContain('GET / 200'),
      5000,
    );

    expect(await server.stop()).toMatchObject({ state: 'stopped', port: null, address: null });
    await expect(body()).rejects.toThrow();
    expect(session.reports).toEqual([]);
  });

  it('shows a broken save while the last good code answers, and recovers by itself', async () => {
    const { server } = session;
    await server.start({});
    await until('serving');
    const good = await project.read('catalog/views.py');
    const views = await project.write('catalog/views.py', 'def index(request:\n');
    server.filesChanged([{ place: views, kind: 'changed' }]);
    const broken = await until('broken');
    expect(broken).toMatchObject({ lastGood: true, failure: { type: 'SyntaxError', file: views, line: 1 } });
    expect(await body()).toBe('first');
    await project.write('catalog/views.py', good);
    server.filesChanged([{ place: views, kind: 'changed' }]);
    expect(await until('serving', 3)).toMatchObject({ failure: null, lastGood: false });
  });

  it('names who holds a port that is taken, and one that is free', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { readonly port: number };
    const failure = await session.server.start({ port }).catch((error: unknown) => error);
    blocker.close();
    expect(failure).toMatchObject({ code: 'port-in-use' });
    const { detail } = failure as { readonly detail: PortConflict };
    expect(detail.port).toBe(port);
    expect(detail.free).toBeGreaterThan(port);
    if (process.platform === 'linux') expect(detail.holder).toContain(`(pid ${process.pid})`);
    expect(session.server.status().state).toBe('stopped');
    await session.server.start({ port: detail.free });
    expect((await until('serving')).port).toBe(detail.free);
  });

  it('serves on the same port again when the host was lost', async () => {
    const { server, host } = session;
    await server.start({});
    const { port } = await until('serving');
    const { pid } = (await host.call('hello')) as { readonly pid: number };
    process.kill(pid, 'SIGKILL');
    const status = await until('serving', 2);
    expect(status.port).toBe(port);
    expect(await body()).toBe('first');
    expect(server.log().lines.some((line) => line.level === 'critical')).toBe(true);
  });

  it('restarts from a cold interpreter and moves to another port when asked', async () => {
    const { server } = session;
    await server.start({});
    const first = await until('serving');
    await server.restart();
    await until('serving', 2);
    await server.start({ port: 0 });
    const moved = await until('serving', 3);
    expect(moved.port).not.toBe(first.port);
    expect(await body()).toBe('first');
  });

  it('keeps the newest lines of a flood, counts the rest, and tells them in few events', async () => {
    const flood = 'import sys\nfor number in range(30000):\n    print("line", number)\n';
    await project.write('catalog/views.py', `${await project.read('catalog/views.py')}\n${flood}`);
    await session.server.start({});
    await until('serving');
    await vi.waitFor(() => {
      const { lines, dropped } = session.server.log();
      expect(lines.length).toBeLessThanOrEqual(10_000);
      expect(dropped + lines.length).toBeGreaterThan(29_000); /* a line that was cut in two is not counted */
    }, 10_000);
    const told = session.events.filter((event) => event.name === 'server.logged');
    expect(told.length).toBeLessThan(200);
    expect(session.server.clearLog()).toBeNull();
    expect(session.server.log()).toEqual({ lines: [], dropped: 0 });
  });

  it('tells what Django knows, also while nothing is served, and asks again only after a change', async () => {
    const runtime = createRuntimeService({
      emit: session.emit,
      host: session.host,
      isServed: () => session.server.status().state !== 'stopped',
    });
    const lens = await runtime.read();
    expect(lens.models.map((model) => `${model.app}.${model.name}`)).toContain('catalog.Book');
    expect(lens.routes.find((route) => route.view === 'catalog.views.index')).toMatchObject({
      pattern: '/',
      app: 'catalog',
    });
    expect(lens.databases[0]).toMatchObject({ alias: 'default', vendor: 'sqlite', host: null });
    expect(await runtime.read()).toBe(lens);

    const models = await project.write('catalog/models.py', 'from django.db import models\n');
    runtime.filesChanged([{ place: models, kind: 'changed' }]);
    expect(session.events.map((event) => event.name)).toContain('runtime.changed');
    expect((await runtime.read()).models.map((model) => model.name)).not.toContain('Book');

    await project.write('catalog/models.py', 'from django.db import model\n');
    runtime.served(7);
    expect(session.events.slice(-2)).toEqual([
      { name: 'runtime.changed', payload: { generation: 7 } },
      { name: 'migrations.changed', payload: null },
    ]);
    await expect(runtime.read()).rejects.toMatchObject({ code: 'project-error' });
  });
});
