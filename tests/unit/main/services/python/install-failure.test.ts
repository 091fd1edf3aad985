import { describe, expect, it } from 'vitest';
import { installFailure } from '../../../../../main/services/python/install-failure.ts';

// What pip 23 to 25, uv 0.13 and venv print, as it was seen.
const SEEN: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'no-network',
    'could not be reached',
    [
      "WARNING: Retrying (Retry(total=1, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -2] Name or service not known')': /simple/django/",
      'ERROR: Could not find a version that satisfies the requirement Django (from versions: none)',
      'ERROR: No matching distribution found for Django',
    ],
  ],
  [
    'no-network',
    'could not be reached',
    [
      'error: Request failed after 3 retries in 5.9s',
      '  cause: Failed to fetch: https://packages.example/simple/django/',
      '  cause: dns error',
      '  cause: failed to lookup address information: Name or service not known',
    ],
  ],
  [
    'no-network',
    'could not be reached',
    [
      '  cause: client error (Connect)',
      '  cause: tcp connect error',
      '  cause: Connection refused (os error 111)',
    ],
  ],
  [
    'package-missing',
    'holds no suitable wheel of Django>=5.2',
    [
      'Looking in links: /wheels',
      'ERROR: Could not find a version that satisfies the requirement Django>=5.2 (from versions: none)',
      'ERROR: No matching distribution found for Django>=5.2',
    ],
  ],
  [
    'package-missing',
    'holds no suitable wheel of django',
    [
      'error: No solution found when resolving dependencies',
      '  cause: Because django was not found in the provided package locations and you require django, we can conclude that your requirements are unsatisfiable.',
    ],
  ],
  [
    'disk-full',
    'disk is full',
    ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device'],
  ],
  [
    'disk-full',
    'disk is full',
    [
      'error: Failed to install: django-6.1.3-py3-none-any.whl (django==6.1.3)',
      '  cause: failed to copy file from /a to /b: No space left on device (os error 28)',
    ],
  ],
  ['read-only', 'read-only', ["Error: [Errno 30] Read-only file system: '/mnt/x'"]],
  [
    'read-only',
    'read-only',
    [
      'error: Failed to create virtual environment',
      '  cause: failed to create directory `w`: Read-only file system (os error 30)',
    ],
  ],
  ['no-permission', 'may not be written', ["Error: [Errno 13] Permission denied: '/srv/x/.venv'"]],
  ['no-pip', 'has no pip', ['/x/bin/python: No module named pip']],
  [
    'no-venv',
    'python3-venv',
    [
      'The virtual environment was not created successfully because ensurepip is not',
      'available.  On Debian/Ubuntu systems, you need to install the python3-venv',
      'package using the following command.',
      '    apt install python3.11-venv',
    ],
  ],
  [
    'wrong-python',
    'newer interpreter',
    ["ERROR: Package 'django' requires a different Python: 3.8.18 not in '>=3.10'"],
  ],
  ['certificate', 'certificate', ['  cause: invalid peer certificate: UnknownIssuer']],
  [
    'build-failed',
    'psycopg2 has no ready-made wheel',
    ['  error: subprocess-exited-with-error', 'ERROR: Failed building wheel for psycopg2'],
  ],
];

describe('a failed installation', () => {
  it.each(SEEN)('names the cause %s: %s', (cause, words, tail) => {
    const failure = installFailure({ what: 'Django could not be installed', wheels: '/wheels' }, tail);
    expect(failure.detail).toMatchObject({ cause });
    expect(failure.message).toMatch(/^Django could not be installed\. /u);
    expect(failure.message).toContain(words);
  });

  it('quotes the tool where the cause is not known', () => {
    const failure = installFailure({ what: 'Django could not be installed', wheels: null }, [
      'a',
      'error: odd',
      'b',
    ]);
    expect(failure.message).toBe('Django could not be installed: odd.');
  });
});
