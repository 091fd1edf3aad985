import { beforeAll, describe, expect, test } from 'vitest';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { makeLargeProject } from '../../../support/large-project.ts';
import { createRandom } from '../../../support/seeded-random.ts';
import { indexOf, python, sha256, testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const PROJECT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(makeLargeProject({ files: 4, modelsPerFile: 4 })),
  'app_0/bases.py': python(`
    from django.db import models


    class Named(models.Model):
        name = models.CharField(max_length=10)

        class Meta:
            abstract = True


    class Word(models.CharField):
        pass
    `),
  'app_1/more.py': python(`
    from app_0.bases import *
    from app_0 import bases as of_all
    from .models import Thing4


    class Child(of_all.Named):
        word = of_all.Word(max_length=3)
        thing = of_all.models.ForeignKey(Thing4, of_all.models.CASCADE)


    if True:
        class Grandchild(Child, Named):
            """Two ways to one base."""
    `),
};

/** What people do to lines; most results are Python, the others are mended in the next step. */
const EDITS: readonly ((lines: readonly string[], at: number, other: number) => readonly string[])[] = [
  (lines, at) => lines.toSpliced(at, 0, '# a comment'),
  (lines, at) => lines.toSpliced(at, 0, ''),
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  (lines, at, other) => lines.with(at, lines[other] ?? ''),
  (lines, at) =>
    lines.with(
      at,
      (lines[at] ?? '').replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
    ),
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/[a-z](?=\w*\W*$)/, 'x')),
  (lines, at) =>
    lines.with(
      at,
      (lines[at] ?? '').replace(/[A-Z]\w+/, (name) => `${name}2`),
    ),
  (lines, at) => lines.with(at, (lines[at] ?? '').slice(0, -1)),
];

/** The two are compared but for the count of snapshots. */
function facts(snapshot: ProjectSnapshot): ProjectSnapshot {
  return { ...snapshot, revision: 0 };
}

function isPython(text: string): boolean {
  const tree = parser.parse(text);
  const sound = !tree.rootNode.hasError;
  tree.delete();
  return sound;
}

test.each([1, 2, 3])('random edits leave what a first look would find (seed %i)', (seed) => {
  const random = createRandom(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  const files = new Map(Object.entries(PROJECT));
  const index = indexOf(parser, PROJECT);
  const set = (path: string, text: string | null): ProjectSnapshot => {
    if (text === null) index.removeFile(path);
    else index.setFile(path, text, sha256(text));
    return index.snapshot();
  };
  for (let step = 0; step < 40; step += 1) {
    const path = [...files.keys()][pick(files.size)] ?? '';
    const before = files.get(path) ?? '';
    const lines = before.split('\n');
    const after = EDITS[pick(EDITS.length)]?.(lines, pick(lines.length), pick(lines.length)).join('\n');
    const text = random() < 0.05 ? null : (after ?? '');
    const snapshot = set(path, text);
    if (text !== null && isPython(text)) {
      files.set(path, text);
      const first = indexOf(parser, Object.fromEntries(files));
      expect(facts(snapshot), `step ${String(step)}, ${path}`).toEqual(facts(first.snapshot()));
      first.dispose();
    } else set(path, before);
  }
  index.dispose();
});

describe('what an edit does not reach stays the same object', () => {
  const edited = (path: string, from: string, to: string): readonly [ProjectSnapshot, ProjectSnapshot] => {
    const index = indexOf(parser, PROJECT);
    const before = index.snapshot();
    const text = (PROJECT[path] ?? '').replace(from, to);
    index.setFile(path, text, sha256(text));
    return [before, index.snapshot()];
  };
  const fresh = ([before, after]: readonly [ProjectSnapshot, ProjectSnapshot]): readonly string[] =>
    after.models.filter((model) => !before.models.includes(model)).map(({ id }) => id);

  test('a field that changes costs its model', () => {
    expect(fresh(edited('app_2/models.py', 'max_length=200', 'max_length=201'))).toEqual(['app_2.Thing8']);
  });

  test('a line more costs the models behind it', () => {
    const line = fresh(edited('app_2/models.py', '\n\nclass Thing10', '\n\n\nclass Thing10'));
    expect(line).toEqual(['app_2.Thing10', 'app_2.Thing11']);
  });

  test('an abstract base costs those that inherit from it', () => {
    expect(fresh(edited('app_0/bases.py', 'max_length=10', 'max_length=11'))).toEqual([
      'app_0.Named',
      'app_1.Child',
      'app_1.Grandchild',
    ]);
  });

  test('a comment at the end of a module that others import costs nothing', () => {
    expect(fresh(edited('app_0/bases.py', '        pass\n', '        pass\n\n# the end\n'))).toEqual([]);
  });

  test('another user model costs the models that point to it', () => {
    const text = "AUTH_USER_MODEL = 'app_0.Thing0'\nROOT_URLCONF";
    const [before, after] = edited('config/settings.py', 'ROOT_URLCONF', text);
    expect(fresh([before, after])).toHaveLength(16);
    expect(after.routes).toEqual(before.routes);
  });
});
