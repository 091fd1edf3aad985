import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failureOf, ownFolder, rowsInput, serviceFor, writeDatabase } from './open-database.ts';

const input = rowsInput('t');
const ENDLESS = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)';

it.each<[string, (file: string) => void, RegExp]>([
  ['missing', () => undefined, /does not exist/],
  [
    'text',
    (file) => {
      writeFileSync(file, 'this is no database at all, but long enough');
    },
    /not a SQLite database/,
  ],
  [
    'encrypted',
    (file) => {
      writeFileSync(file, createHash('sha512').update('x').digest());
    },
    /encrypted/,
  ],
  [
    'a folder',
    (file) => {
      mkdirSync(file);
    },
    /folder/,
  ],
  [
    'a header and nothing else',
    (file) => {
      writeFileSync(file, 'SQLite format 3\0');
    },
    /not a SQLite|damaged|opened/,
  ],
  ...(process.platform === 'win32'
    ? []
    : [
        [
          'a FIFO',
          (file: string) => {
            execFileSync('mkfifo', [file]);
          },
          /ordinary file/,
        ] as const,
      ].map(([name, make, reason]): [string, (file: string) => void, RegExp] => [name, make, reason])),
])('says what is wrong with a file that is %s, and makes none', async (_, make, reason) => {
  const file = join(ownFolder(), 'db.sqlite3');
  make(file);
  const existed = existsSync(file);
  const { service, defects } = serviceFor(file);
  const [listed] = await service.list({});
  const failure = await failureOf(service.tables({ database: 'default' }));
  expect(failure.message).toMatch(reason);
  expect(listed?.problem ?? failure.message).toMatch(reason);
  await failureOf(service.applyEdits({ ...input, edits: [] }));
  expect(existsSync(file)).toBe(existed);
  expect(defects).toEqual([]);
});

it('takes a file of zero bytes for what it is: a database without tables', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeFileSync(file, '');
  const { service } = serviceFor(file);
  expect(await service.tables({ database: 'default' })).toEqual([]);
  expect((await failureOf(service.rows(input))).message).toContain('no table t');
  expect(readFileSync(file).length).toBe(0);
});

it('notices a file that was deleted or replaced while it was looked at', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(file, 'CREATE TABLE t (v); INSERT INTO t VALUES (1)');
  const { service } = serviceFor(file);
  expect((await service.rows(input)).rows.length).toBe(1);
  rmSync(file);
  expect((await failureOf(service.rows(input))).code).toBe('not-found');
  writeDatabase(file, 'CREATE TABLE t (v); INSERT INTO t VALUES (1), (2)');
  expect((await service.rows(input)).rows.length).toBe(2);
});

it('ends an endless view within its time, and goes on with the next question', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `CREATE TABLE t (v); INSERT INTO t VALUES (1);
     CREATE VIEW endless AS ${ENDLESS} SELECT count(*) AS n FROM c;
     CREATE VIEW round AS SELECT * FROM trip; CREATE VIEW trip AS SELECT * FROM round;`,
  );
  const { service } = serviceFor(file, { read: 1000, count: 1000 });
  const startedAt = Date.now();
  const slow = failureOf(service.rows(rowsInput('endless')));
  const after = service.rows(input);
  expect((await slow).message).toMatch(/took too long/);
  expect((await after).rows.length).toBe(1);
  expect(Date.now() - startedAt).toBeLessThan(5000);
  expect(await service.count({ database: 'default', table: 'endless', search: '' })).toEqual({ rows: null });
  expect((await failureOf(service.rows(rowsInput('round')))).message).toMatch(/circular/);
  expect((await service.tables({ database: 'default' })).length).toBe(4);
});

it('answers a count that a newer one replaces', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(file, `CREATE TABLE t (v); CREATE VIEW endless AS ${ENDLESS} SELECT x FROM c;`);
  const { service } = serviceFor(file);
  const startedAt = Date.now();
  const first = service.count({ database: 'default', table: 'endless', search: '' });
  await expect.poll(() => Date.now() - startedAt).toBeGreaterThan(500);
  const second = service.count({ database: 'default', table: 't', search: '' });
  expect(await first).toEqual({ rows: null });
  expect(await second).toEqual({ rows: 0 });
  expect(Date.now() - startedAt).toBeLessThan(9000);
});

it('survives damaged pages: every call ends in an answer or a sentence', async () => {
  const folder = ownFolder();
  const whole = join(folder, 'whole.sqlite3');
  writeDatabase(
    whole,
    `CREATE TABLE t (id integer PRIMARY KEY, v text); CREATE INDEX t_v ON t (v);
     ${ENDLESS} INSERT INTO t SELECT x, hex(randomblob(40)) FROM c LIMIT 500;`,
  );
  const bytes = readFileSync(whole);
  const file = join(folder, 'db.sqlite3');
  const { service, defects } = serviceFor(file);
  let sentences = 0;
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 60; round += 1) {
    const damaged = Buffer.from(bytes);
    for (let hit = 0; hit < 1 + random(30); hit += 1) damaged[16 + random(damaged.length - 16)] = random(256);
    writeFileSync(file, damaged);
    if (round % 10 === 9) truncateSync(file, random(damaged.length));
    const answers = await Promise.allSettled([
      service.tables({ database: 'default' }),
      service.rows(rowsInput('t', { order: { column: 'v', descending: true } })),
      service.rows(rowsInput('t', { search: 'AB' })),
      service.previewEdits({
        database: 'default',
        table: 't',
        edits: [
          {
            key: [{ kind: 'integer', text: '7' }],
            column: 'v',
            before: { kind: 'null' },
            after: { kind: 'text', text: 'x' },
          },
        ],
      }),
    ]);
    for (const answer of answers) {
      if (answer.status === 'fulfilled') continue;
      const failure = answer.reason as { name: string; message: string };
      expect(failure.name, failure.message).toBe('Failure');
      sentences += 1;
    }
  }
  expect(sentences).toBeGreaterThan(10);
  expect(defects).toEqual([]);
});

it('does not undo an interrupted write behind the back of the application, but says so', async () => {
  const folder = ownFolder();
  const original = join(folder, 'original.sqlite3');
  const file = join(folder, 'db.sqlite3');
  const writer = new Database(original);
  writer.exec('PRAGMA cache_size = 2; CREATE TABLE t (id integer PRIMARY KEY, v text)');
  writer.exec(`${ENDLESS} INSERT INTO t SELECT x, hex(randomblob(500)) FROM c LIMIT 200`);
  writer.exec(`BEGIN; UPDATE t SET v = 'half written'`);
  copyFileSync(original, file);
  copyFileSync(`${original}-journal`, `${file}-journal`);
  writer.exec('ROLLBACK');
  writer.close();
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  const { service } = serviceFor(file);
  const failure = await failureOf(service.rows(input));
  expect(failure.message).toMatch(/middle of writing/);
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(hash);
});
