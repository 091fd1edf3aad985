import { mkdtemp, readFile, readdir, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLayoutService } from '../../../../../main/services/layout/layout-service.ts';

describe('the layout service', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samois-layout-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('reads nothing where nothing was remembered, and makes no file by reading', async () => {
    const layout = createLayoutService({ workspaceRoot: () => folder });
    expect(layout.read()).toEqual({});
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps what other writes remembered, also when they overlap', async () => {
    const layout = createLayoutService({ workspaceRoot: () => folder });
    await Promise.all([
      layout.write({ positions: { 'b.B': { x: 2, y: 2 } } }),
      layout.write({ positions: { 'a.A': { x: 1, y: 1 } } }),
      layout.write({ positions: { 'c.C': { x: 3, y: 3 }, 'b.B': null } }),
    ]);
    expect(layout.read()).toEqual({ 'a.A': { x: 1, y: 1 }, 'c.C': { x: 3, y: 3 } });
    expect(await readdir(join(folder, '.samois'))).toEqual(['layout.json']);
  });

  it('starts anew over a damaged file', async () => {
    await mkdir(join(folder, '.samois'));
    await writeFile(join(folder, '.samois', 'layout.json'), '{"a.A": {"x": 1,');
    const layout = createLayoutService({ workspaceRoot: () => folder });
    expect(layout.read()).toEqual({});
    await layout.write({ positions: { 'b.B': { x: 2, y: 2 } } });
    expect(await readFile(join(folder, '.samois', 'layout.json'), 'utf8')).toBe(
      '{\n  "b.B": { "x": 2, "y": 2 }\n}\n',
    );
  });

  it('says in a sentence that no folder is open, and why it could not write', async () => {
    const nowhere = createLayoutService({ workspaceRoot: () => null });
    expect(() => nowhere.read()).toThrow('Open a project first.');
    await writeFile(join(folder, '.samois'), 'a file where the folder should be');
    const layout = createLayoutService({ workspaceRoot: () => folder });
    expect(layout.read()).toEqual({});
    await expect(layout.write({ positions: { 'a.A': { x: 1, y: 1 } } })).rejects.toThrow(
      /could not be remembered/,
    );
  });
});
