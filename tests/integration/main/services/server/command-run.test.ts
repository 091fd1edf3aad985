import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { ServerService } from '../../../../../main/services/server/server-service.ts';
import { createServerService } from '../../../../../main/services/server/server-service.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { freePort } from '../../../../support/free-port.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';
import { untilAnswer } from '../../../../support/until-answer.ts';

let project: DjangoProject;
let session: HostSession;
let server: ServerService;
let command: string;

beforeAll(async () => {
  project = await makeDjangoProject();
  session = openHostSession(project);
  server = createServerService({
    emit: session.emit,
    host: session.host,
    wantedPort: () => Promise.resolve(0),
    ownCommand: () =>
      Promise.resolve({
        command,
        place: { folder: project.folder, interpreter: project.interpreter, environment: process.env },
      }),
    onServing: (generation) => session.served.push(generation),
    report: (error) => session.reports.push(error),
  });
});
afterEach(async () => {
  await server.stop();
});
afterAll(async () => {
  await server.endCommand();
  server.dispose();
  await session.end();
  await project.remove();
});

async function until(state: string): Promise<void> {
  await vi.waitFor(() => expect(server.status().state).toBe(state), { timeout: 60_000, interval: 50 });
}

function logged(): string {
  return server
    .log()
    .lines.map(({ text }) => text)
    .join('\n');
}

it('serves and stops a project by its own command, and ends all that it started', async () => {
  command = 'python manage.py runserver {port}'; // its reloader is a second process
  const port = await freePort();
  await server.start({ port });
  expect(server.status()).toMatchObject({ command, port });
  await until('serving');
  expect(server.status().address).toBe(`http://localhost:${port}/`);
  await untilAnswer(`http://127.0.0.1:${port}/`, (body) => body === 'first');
  expect(logged()).toContain(`Running python manage.py runserver ${port}`);
  await server.stop();
  expect(server.status()).toMatchObject({ state: 'stopped', address: null });
  const free = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => free.once('listening', resolve).once('error', reject));
  await new Promise((resolve) => free.close(resolve));
  expect(session.reports).toEqual([]);
});

it('says why a command ended, and where, and restarts it', async () => {
  command = 'python broken.py';
  await project.write('broken.py', 'print("begins")\nimport nothing_of_this_name\n');
  await server.start({ port: await freePort() });
  await until('broken');
  const { failure, address } = server.status();
  expect(address).toBeNull();
  expect(failure?.message).toContain('with the exit code 1');
  expect(failure).toMatchObject({
    file: join(project.folder, 'broken.py'),
    line: 2,
    missingModule: 'nothing_of_this_name',
  });
  command = 'python -m http.server {port} --bind 127.0.0.1';
  const { generation } = server.status();
  await server.restart();
  await until('serving');
  expect(server.status().generation).toBeGreaterThan(generation);
});

it('names who holds the port, and counts what a flood leaves out', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { readonly port: number };
  command = 'yes flood';
  await expect(server.start({ port })).rejects.toMatchObject({ code: 'port-in-use', detail: { port } });
  expect(server.status().state).toBe('stopped');
  await new Promise((resolve) => taken.close(resolve));
  await server.start({ port });
  await vi.waitFor(() => expect(server.log().dropped).toBeGreaterThan(1000), { timeout: 60_000 });
  expect(server.log().lines.length).toBeLessThanOrEqual(10_000);
});
