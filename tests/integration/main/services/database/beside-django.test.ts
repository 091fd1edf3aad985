import { execFile, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { testPython } from '../../../../support/python-environment.ts';
import { ownFolder, readAll, rowsInput, serviceFor } from './open-database.ts';

const run = promisify(execFile);

/** A Django application in one file: `setup` migrates, `write` inserts and changes rows one by one. */
const APPLICATION = `
import json, sys, uuid, datetime, decimal
from django.conf import settings
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[2]}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], USE_TZ=True, SECRET_KEY="x",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
import django
django.setup()
from django.db import connection, models
from django.core.management import call_command

class Book(models.Model):
    title = models.CharField(max_length=50, unique=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    published = models.DateField(null=True)
    changed = models.DateTimeField(auto_now=True)
    code = models.UUIDField(default=uuid.uuid4)
    data = models.JSONField(default=dict)
    sold = models.PositiveIntegerField(default=0)
    free = models.BooleanField(default=False)
    length = models.DurationField(null=True, blank=True)
    class Meta:
        app_label = "catalog"

command = sys.argv[1]
if command == "setup":
    if sys.argv[3] == "wal":
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Book)
    for number in range(300):
        Book.objects.create(title=f"book {number}", price=decimal.Decimal("9.99"),
                            published=datetime.date(2024, 2, 29), data={"number": number})
elif command == "write":
    errors = 0
    for number in range(int(sys.argv[4])):
        try:
            Book.objects.create(title=f"{sys.argv[3]} {number}")
            Book.objects.filter(title=f"book {number % 300}").update(sold=models.F("sold") + 1)
        except Exception as error:
            errors += 1
            print(error, file=sys.stderr)
    print(errors)
elif command == "read":
    book = Book.objects.get(pk=1)
    book.full_clean()
    print(json.dumps([book.title, str(book.price), str(book.published), book.data, book.sold, book.free,
                      str(book.code), connection.cursor().execute("PRAGMA journal_mode").fetchone()[0]]))
`;

function application() {
  const folder = ownFolder();
  const script = join(folder, 'application.py');
  const file = join(folder, 'db.sqlite3');
  writeFileSync(script, APPLICATION);
  const django = async (command: string, ...more: string[]): Promise<string> =>
    (await run(testPython, [script, command, file, ...more])).stdout.trim();
  // Four writers and this share the machine: what is proved here is that nobody fails, not how fast it is.
  return { file, django, ...serviceFor(file, { read: 20_000 }) };
}

it.each(['delete', 'wal'])(
  'pages, searches and counts while four processes write, and Django has no error (%s journal)',
  async (mode) => {
    const { django, service, defects } = application();
    await django('setup', mode);
    const state = { writing: true };
    const writers = Promise.all(['a', 'b', 'c', 'd'].map((name) => django('write', name, '60'))).finally(
      () => {
        state.writing = false;
      },
    );
    do {
      await readAll(service, 'catalog_book', { limit: 40, order: { column: 'sold', descending: true } });
      await service.rows(rowsInput('catalog_book', { search: 'book 29' }));
      await service.count({ database: 'default', table: 'catalog_book', search: 'b' });
      await service.tables({ database: 'default' });
    } while (state.writing);
    expect(await writers).toEqual(['0', '0', '0', '0']);
    expect(defects).toEqual([]);
    expect(await service.count({ database: 'default', table: 'catalog_book', search: '' })).toEqual({
      rows: 540,
    });
    expect(JSON.parse(await django('read'))).toContain(mode);
  },
);

it('writes values that Django reads back as its own', async () => {
  const { django, service } = application();
  await django('setup', 'delete');
  const page = await service.rows(rowsInput('catalog_book', { limit: 1 }));
  const [row] = page.rows;
  const wanted: Record<string, string> = {
    title: 'Nuages',
    price: '12.50',
    published: '1946-01-31',
    data: '{"a": [1, null]}',
    sold: '7',
    free: '1',
    code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  };
  const edits = Object.entries(wanted).map(([column, after]) => ({
    key: [...(row?.key ?? [])],
    column,
    before: row?.cells[page.columns.indexOf(column)] ?? { kind: 'null' as const },
    after: { kind: 'text' as const, text: after },
  }));
  const input = { database: 'default', table: 'catalog_book', edits };
  expect((await service.previewEdits(input)).problems).toEqual([]);
  await service.applyEdits(input);
  expect(JSON.parse(await django('read'))).toEqual([
    'Nuages',
    '12.50',
    '1946-01-31',
    { a: [1, null] },
    7,
    true,
    wanted['code'],
    'delete',
  ]);

  const refuse = async (column: string, after: string) =>
    (
      await service.previewEdits({
        ...input,
        edits: [
          {
            key: [...(row?.key ?? [])],
            column,
            before: { kind: 'null' },
            after: { kind: 'text', text: after },
          },
        ],
      })
    ).problems.join(' ');
  expect(await refuse('data', '{not json}')).toMatch(/JSON/);
  expect(await refuse('title', 'book 5')).toMatch(/unique/);
  expect(await refuse('title', 'x'.repeat(51))).toMatch(/50 characters/);
  expect(await refuse('published', '2023-02-29')).toMatch(/no such day/);
});

it('tells the window when the application has written to what it looks at', async () => {
  const { django, service, events } = application();
  await django('setup', 'wal');
  await service.rows(rowsInput('catalog_book'));
  // The first round after looking only remembers; a write before it could not be told from the state looked at.
  await expect
    .poll(
      async () => {
        await django('write', String(Math.random()), '1');
        return events;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toContain('database.changed');
});

it.skipIf(process.platform === 'win32')(
  'leaves no process when the studio is killed in the middle of a statement',
  async () => {
    const folder = ownFolder();
    const script = join(folder, 'studio.ts');
    const service = pathToFileURL(
      join(import.meta.dirname, '../../../../../main/services/database/database-service.ts'),
    ).href;
    writeFileSync(
      script,
      `import { createDatabaseService } from ${JSON.stringify(service)};
     const file = ${JSON.stringify(join(folder, 'db.sqlite3'))};
     const databases = () => [{ alias: 'default', engine: 'sqlite3', file }];
     const folder = ${JSON.stringify(folder)};
     const around = { emit() {}, report() {}, jobs: null, stateFolder: folder, workspaceRoot: () => folder };
     const service = createDatabaseService({ ...around, databases, untrusted: () => Promise.resolve(null), modelOfTable: () => null });
     await service.tables({ database: 'default' });
     console.log('looking');
     await service.count({ database: 'default', table: 'endless', search: '' });`,
    );
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(join(folder, 'db.sqlite3'));
    database.exec(
      'CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c',
    );
    database.close();
    const studio = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const children = (): string[] => {
      try {
        return execFileSync('pgrep', ['-g', String(studio.pid)], { encoding: 'utf8' })
          .trim()
          .split('\n');
      } catch {
        return []; // pgrep ends with 1 when there is none
      }
    };
    await expect.poll(children, { timeout: 20_000 }).toHaveLength(3);
    studio.kill('SIGKILL');
    await expect.poll(children, { timeout: 5000 }).toEqual([]);
  },
);
