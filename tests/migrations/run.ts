import { edits } from './edits.ts';
import { openFilledProject } from './filled-project.ts';

// Every edit of the list on one filled database, each through the designer or the editor, the plan, its questions
// and applying: `npm run test:migrations`. After each all rows and names that can be kept have to be there.
const project = await openFilledProject();
let failed = 0;
try {
  for (const edit of edits) {
    const started = performance.now();
    try {
      await project.make(edit);
      console.log(`kept  ${edit.name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`LOST  ${error instanceof Error ? error.message : String(error)}`);
    }
  }
} finally {
  await project.close();
}
console.log(`${edits.length - failed} of ${edits.length} edits kept every row.`);
process.exitCode = failed === 0 ? 0 : 1;
