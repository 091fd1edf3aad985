import { expect, it } from 'vitest';
import { leftOutFile } from '../../../../../main/services/export/left-out.ts';

it.each([
  ['.env', 'secret'],
  ['.env.production', 'secret'],
  ['config/.env.local', 'secret'],
  ['server.pem', 'secret'],
  ['keys/id_ed25519', 'secret'],
  ['db.sqlite3', 'data'],
  ['data/db.sqlite3-wal', 'data'],
  ['app.db', 'data'],
  ['shop/__pycache__/models.cpython-312.pyc', 'waste'],
  ['.venv/bin/python', 'waste'],
  ['.samois/layout.json', 'waste'],
  ['node_modules/x/index.js', 'waste'],
  ['debug.log', 'waste'],
  ['.env.example', null],
  ['shop/keys.py', null],
  ['shop/db.py', null],
  ['shop/environment.py', null],
  ['static/key.svg', null],
  ['.gitignore', null],
])('%s: %s', (path, reason) => {
  expect(leftOutFile(path)).toBe(reason);
});
