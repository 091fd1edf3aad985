import { expect, it } from 'vitest';
import { commandEnded, commandSilent } from '../../../../../main/services/server/command-failures.ts';
import { createCommandLog } from '../../../../../main/services/server/command-log.ts';
import { commandLine } from '../../../../../main/services/server/command-run.ts';
import type { LogLine } from '../../../../../shared/contract/host-calls.ts';

it('names the deepest line of the project in what a command printed last', () => {
  const lines = [
    'Traceback (most recent call last):',
    '  File "/shop/config/asgi.py", line 3, in <module>',
    '  File "/shop/.venv/lib/python3.12/site-packages/django/x.py", line 9, in f',
    "ModuleNotFoundError: No module named 'channels'",
    '',
  ];
  expect(commandEnded(1, null, lines, '/shop')).toMatchObject({
    file: '/shop/config/asgi.py',
    line: 3,
    missingModule: 'channels',
    message:
      "The command ended with the exit code 1. The last it printed: ModuleNotFoundError: No module named 'channels'",
  });
  expect(commandEnded(null, 'SIGSEGV', [], '/shop').message).toBe(
    'The command ended by SIGSEGV. It printed nothing.',
  );
});

it('says what to do when nothing answers', () => {
  expect(commandSilent('make run', 8000).message).toContain('does not say {port}');
  expect(commandSilent('x --port {port}', 8000).message).toContain('Look at its log');
  expect(commandLine('x --port {port} --ws {port}', 81)).toBe('x --port 81 --ws 81');
});

it('takes the level that a line itself names', () => {
  const lines: Omit<LogLine, 'id'>[] = [];
  const log = createCommandLog({ add: (line) => lines.push(line), countDropped: () => undefined });
  log.push('stderr', 'INFO:     Started\n[2026-01-01 10:00] [12] [ERROR] bad\nplain\nWARN');
  log.push('stderr', 'ING: careful\n');
  log.end();
  expect(lines.map(({ level, text }) => [level, text])).toEqual([
    ['info', 'INFO:     Started'],
    ['error', '[2026-01-01 10:00] [12] [ERROR] bad'],
    ['info', 'plain'],
    ['warning', 'WARNING: careful'],
  ]);
  expect(log.last().at(-1)).toBe('WARNING: careful');
});
