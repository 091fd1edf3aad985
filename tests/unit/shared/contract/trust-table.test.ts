import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { calls } from '../../../../shared/contract/contract.ts';

it('the guide says of every call whether it needs trust', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guide/trust.md'), 'utf8');
  const rows = [...guide.matchAll(/\| `([\w.]+)` +\| (yes|no) +\|/g)].map(([, name, trust]) => [name, trust]);
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(
      Object.entries(calls).map(([name, { trust }]) => [name, trust === 'project' ? 'yes' : 'no']),
    ),
  );
});
