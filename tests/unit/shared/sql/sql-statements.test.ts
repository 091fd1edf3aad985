import { expect, it } from 'vitest';
import { splitStatements } from '../../../../shared/sql/sql-statements.ts';

const texts = (sql: string): readonly string[] => splitStatements(sql).map(({ text }) => text);

it.each([
  ['SELECT 1', ['SELECT 1']],
  ['SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
  [' ; ;\n', []],
  [`SELECT ';' AS a; SELECT "b;c", [d;e], \`f;g\``, [`SELECT ';' AS a`, `SELECT "b;c", [d;e], \`f;g\``]],
  [`SELECT 'it''s; fine'; SELECT 2`, [`SELECT 'it''s; fine'`, 'SELECT 2']],
  ['-- first; not one\nSELECT 1; /* ; */ SELECT /* ; */ 2 -- end;', ['SELECT 1', 'SELECT /* ; */ 2']],
  [
    'CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE y WHEN 1 THEN 2 END; DELETE FROM b; END; SELECT 1',
    [
      'CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE y WHEN 1 THEN 2 END; DELETE FROM b; END',
      'SELECT 1',
    ],
  ],
  [
    'create temp trigger t after insert on a begin delete from b; end;',
    ['create temp trigger t after insert on a begin delete from b; end'],
  ],
  [`SELECT 'never closed; SELECT 2`, [`SELECT 'never closed; SELECT 2`]],
])('cuts %j', (sql, expected) => {
  expect(texts(sql)).toEqual(expected);
});

it('knows where a statement stands, its first word and its parameters', () => {
  const sql =
    '-- a comment\nselect * from book where id = :id and title like $title or id = :id and x = ? and y = ?;';
  const [statement] = splitStatements(sql);
  expect(statement).toMatchObject({ keyword: 'SELECT', parameters: ['id', 'title', '1', '2'] });
  expect(sql.slice(statement?.start, statement?.end)).toBe(statement?.text);
});

it('takes no part of a string or a cast for a parameter', () => {
  expect(splitStatements(`SELECT ':a', "b?", 1 -- :c`)[0]?.parameters).toEqual([]);
});
