import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { EventName, Events } from '../../../../../shared/contract/contract.ts';
import type { Operation } from '../../../../../shared/django/operations.ts';
import { changeBetween } from '../../../../../shared/django/snapshot-change.ts';
import {
  createSourceService,
  type FileNotice,
  type SourceService,
} from '../../../../../main/services/source/source-service.ts';
import { testPython } from '../../../../support/python-environment.ts';
import { temporaryFolder, writeFiles } from './opened-source.ts';

const addField: Operation = {
  kind: 'field.add',
  model: 'catalog.Book',
  field: { name: 'isbn', type: 'CharField', to: null, options: { max_length: '13' } },
  after: null,
};

interface Started {
  readonly root: string;
  readonly service: SourceService;
  readonly events: { readonly name: EventName; readonly payload: unknown }[];
  readonly notices: FileNotice[];
  readonly reports: unknown[];
}

/** A real project, made by Django, opened through the service with its worker thread. */
async function startService(): Promise<Started> {
  const folder = temporaryFolder();
  const root = join(folder, 'shop');
  await mkdir(root);
  execFileSync(testPython, ['-m', 'django', 'startproject', 'shop', root]);
  execFileSync(testPython, ['manage.py', 'startapp', 'catalog'], { cwd: root });
  await writeFiles(root, {
    'catalog/models.py':
      'from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=200)\n',
  });
  const settings = join(root, 'shop/settings.py');
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace('INSTALLED_APPS = [', "INSTALLED_APPS = [\n    'catalog',"),
  );
  const events: Started['events'] = [];
  const notices: FileNotice[] = [];
  const reports: unknown[] = [];
  const service = createSourceService({
    emit: <N extends EventName>(name: N, payload: Events[N]) => events.push({ name, payload }),
    storageFolder: join(folder, 'storage'),
    onFilesChanged: (changes) => notices.push(...changes),
    report: (error) => reports.push(error),
  });
  onTestFinished(() => service.dispose());
  return { root, service, events, notices, reports };
}

it('reads a real project in its thread, applies an operation, and takes it back', async () => {
  const { root, service, events, notices, reports } = await startService();
  const models = join(root, 'catalog/models.py');
  const before = readFileSync(models, 'utf8');
  const snapshot = await service.open(root, '');
  expect(snapshot.models.map((model) => model.id)).toEqual(['catalog.Book']);
  expect(snapshot.settings?.module).toBe('shop.settings');

  const plan = await service.plan({ operation: addField, accepted: [] });
  expect(readFileSync(models, 'utf8')).toBe(before);
  await service.apply({ operation: addField, accepted: [], planId: plan.id });
  expect(readFileSync(models, 'utf8')).toContain('isbn = models.CharField(max_length=13)');
  expect(notices).toEqual([{ place: models, kind: 'changed' }]);
  const fields = (await service.snapshot()).models[0]?.fields.map((field) => field.name);
  expect(fields).toEqual(['title', 'isbn']);
  expect(events.at(-1)?.payload).toEqual(changeBetween(snapshot, await service.snapshot()));
  const order = events.map((event) => event.name);
  expect(order).toEqual(['source.changed', 'source.filesChanged', 'source.historyChanged', 'source.changed']);

  await service.undo();
  expect(readFileSync(models, 'utf8')).toBe(before);
  expect(reports).toEqual([]);
});

it('follows outside changes with rising revisions, over closing and opening again', async () => {
  const { root, service, events } = await startService();
  const first = await service.open(root, '');
  writeFileSync(join(root, 'catalog/models.py'), 'from django.db import models\n');
  await vi.waitFor(async () => expect((await service.snapshot()).models).toEqual([]), 10_000);
  await service.close();
  await expect(service.snapshot()).rejects.toMatchObject({ code: 'not-available' });
  const second = await service.open(root, '');
  expect(second.revision).toBeGreaterThan(first.revision + 1);
  expect(events.at(-1)).toEqual({ name: 'source.changed', payload: changeBetween(null, second) });
});

it('passes failures on as what they are', async () => {
  const { root, service } = await startService();
  await service.open(root, '');
  await expect(service.read({ path: 'gone.py' })).rejects.toMatchObject({
    name: 'Failure',
    code: 'not-found',
  });
  await expect(
    service.plan({ operation: { ...addField, model: 'catalog.Gone' }, accepted: [] }),
  ).rejects.toMatchObject({
    name: 'Failure',
  });
  await expect(
    service.write({ path: 'catalog/models.py', text: 'x\n', baseHash: 'old' }),
  ).rejects.toMatchObject({ code: 'changed-outside', detail: { yours: 'x\n' } });
});

it('says so when the folder is gone', async () => {
  const { service } = await startService();
  await expect(service.open('/nowhere/at/all', null)).rejects.toMatchObject({ code: 'not-found' });
});
