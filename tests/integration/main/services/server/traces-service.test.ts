import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTracesService } from '../../../../../main/services/server/traces-service.ts';
import type { Emit } from '../../../../../shared/contract/contract.ts';
import type { TraceSummary } from '../../../../../shared/contract/trace-calls.ts';
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

it('tells of requests as they happen, whole on demand, and of none once it is switched off', async () => {
  const told: TraceSummary[] = [];
  let cleared = 0;
  const emit: Emit = (name, payload) => {
    if (name === 'traces.added')
      told.push(...(payload as { readonly traces: readonly TraceSummary[] }).traces);
    if (name === 'traces.cleared') cleared += 1;
  };
  const traces = createTracesService({ emit, host: session.host });
  expect(await traces.list()).toEqual({ on: true, traces: [] });

  await session.server.start({});
  await vi.waitFor(() => expect(session.server.status().state).toBe('serving'), { timeout: 30_000 });
  const address = session.server.status().address ?? '';
  expect((await fetch(address)).status).toBe(200);
  await vi.waitFor(() => expect(told.map(({ path }) => path)).toContain('/'), { timeout: 10_000 });
  const [summary] = told;
  const trace = await traces.read({ id: summary?.id ?? 0 });
  expect(trace).toMatchObject({ method: 'GET', path: '/', status: 200, failure: null });
  expect(trace.view).not.toBeNull();
  await expect(traces.explain({ id: trace.id, query: 999 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(traces.read({ id: 999_999 })).rejects.toMatchObject({ code: 'not-found' });

  await traces.clear();
  expect(cleared).toBe(1);
  expect((await traces.list()).traces).toEqual([]);
  await traces.switchTo({ on: false });
  await vi.waitFor(
    async () => {
      const before = told.length;
      await fetch(address);
      expect((await traces.list()).on).toBe(false);
      expect(told).toHaveLength(before);
    },
    { timeout: 10_000 },
  );
  traces.dispose();
});
