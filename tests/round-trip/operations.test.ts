import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../shared/django/operations.ts';
import type { PythonParser } from '../../shared/python/parser.ts';
import { applyEdits, invertEdits, type TextEdit } from '../../shared/python/text-edit.ts';
import { sharedEnds } from '../../shared/python/shared-ends.ts';
import { applyTo } from '../unit/shared/plan-fixture.ts';
import { indexOf, LIBRARY, sha256, testParser } from '../unit/shared/source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const OPERATIONS: readonly Operation[] = [
  { kind: 'app.add', name: 'club' },
  {
    kind: 'model.add',
    app: 'catalog',
    name: 'Shelf',
    admin: true,
    fields: [{ name: 'label', type: 'CharField', to: null, options: { max_length: '5' } }],
  },
  { kind: 'model.rename', model: 'catalog.Book', name: 'Volume' },
  { kind: 'model.remove', model: 'catalog.Loan' },
  {
    kind: 'field.add',
    model: 'catalog.Author',
    after: 'name',
    field: { name: 'born', type: 'DateField', to: null, options: { null: 'True', blank: 'True' } },
  },
  {
    kind: 'field.change',
    model: 'catalog.Book',
    field: 'sequel_to',
    type: 'OneToOneField',
    to: 'self',
    set: { related_name: "'sequel'" },
    unset: ['blank'],
  },
  { kind: 'field.rename', model: 'catalog.Book', field: 'title', name: 'heading' },
  { kind: 'field.remove', model: 'catalog.Loan', field: 'reader' },
  {
    kind: 'api.add',
    model: 'catalog.Book',
    path: 'books',
    fields: ['id', 'title', 'author'],
    filters: ['author'],
    search: ['title'],
    permission: 'authenticated',
  },
  { kind: 'route.add', app: 'catalog', path: 'new/', name: 'new', view: 'new' },
];

/** The same project in other bytes: what people's editors, platforms and habits make of it. */
const DRESSES: Readonly<Record<string, (text: string, path: string) => string>> = {
  'as it is': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with tabs': (text) => text.replaceAll('    ', '\t'),
  'with a byte order mark': (text) => (text === '' ? '' : `\uFEFF${text}`),
  'without a final newline': (text) => text.replace(/\n$/, ''),
  'with double quotes': (text) => text.replaceAll("'", '"'),
  'with letters outside the basic plane': (text) => (text === '' ? '' : `# 𝒟jango 🎸 naïve\n${text}# 🎸 é\n`),
};

function files(dress: string): Readonly<Record<string, string>> {
  const change = DRESSES[dress] ?? ((text: string) => text);
  const loans = { 'catalog/views.py': LIBRARY['catalog/views.py'] ?? '' };
  const models = (LIBRARY['catalog/models.py'] ?? '').replace(", through='Loan'", '');
  return Object.fromEntries(
    Object.entries({ ...LIBRARY, ...loans, 'catalog/models.py': models }).map(([path, text]) => [
      path,
      change(text, path),
    ]),
  );
}

describe.each(Object.keys(DRESSES))('a project %s', (dress) => {
  test('is read without a change or a problem', () => {
    const { models, routes, problems } = indexOf(parser, files(dress)).snapshot();
    expect(models.map(({ id }) => id)).toEqual([
      'catalog.Dated',
      'catalog.Author',
      'catalog.Book',
      'catalog.Loan',
    ]);
    expect(routes).toHaveLength(4);
    expect(problems).toEqual([]);
  });

  test.each(OPERATIONS.map((operation) => [operation.kind, operation] as const))(
    '%s keeps the laws',
    (_kind, operation) => {
      const before = files(dress);
      const index = indexOf(parser, before);
      const plan = applyTo(index, operation);
      for (const { path, kind, after, baseHash } of plan.files) {
        const old = before[path] ?? '';
        const fresh = after ?? '';
        expect(baseHash).toBe(kind === 'create' ? null : sha256(old));
        const tree = parser.parse(path.endsWith('.py') ? fresh : '');
        expect(tree.rootNode.hasError).toBe(false);
        tree.delete();
        if (kind !== 'edit') continue;
        expect(fresh.startsWith('\uFEFF')).toBe(old.startsWith('\uFEFF'));
        if (dress === 'with CRLF') expect(fresh.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        else expect(fresh).not.toContain('\r');
        if (dress === 'with tabs') expect(fresh).not.toMatch(/^ +\S/m);
        if (dress === 'with double quotes') expect(fresh).not.toContain("'");
        expect(keptComments(fresh)).toEqual(
          expect.arrayContaining(operation.kind.endsWith('remove') ? [] : [...keptComments(old)]),
        );
        // What stands before the first and behind the last change is the same text.
        const { head, tail } = sharedEnds(old, fresh);
        expect(fresh.slice(0, head) + fresh.slice(fresh.length - tail)).toBe(
          old.slice(0, head) + old.slice(old.length - tail),
        );
      }
      expect(() => index.plan(operation)).toThrow();
    },
  );
});

function keptComments(text: string): readonly string[] {
  return text.match(/#.*$/gm) ?? [];
}

test('inverted edits give the same bytes again', () => {
  const random = seeded(7);
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: 40 }, () => 'aé🎸\r\n \t'[Math.floor(random() * 8)] ?? '').join('');
    const edits: TextEdit[] = [];
    for (let at = 0; at < text.length;) {
      const start = at + Math.floor(random() * 8);
      const end = Math.min(text.length, start + Math.floor(random() * 4));
      if (start > text.length) break;
      edits.push({ start, end, text: 'x'.repeat(Math.floor(random() * 3)) });
      at = end + 1;
    }
    expect(applyEdits(applyEdits(text, edits), invertEdits(text, edits))).toBe(text);
  }
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
