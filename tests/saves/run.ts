import { parseArgs } from 'node:util';
import { interleaveEdits } from './outside-edits.ts';
import { killSaves } from './kills.ts';
import { undoSequences } from './undo-sequences.ts';

// The full proof that no save tears a file or overwrites another program's, and that everything can be taken back:
// `npm run test:saves`, or a part of it with --kills, --edits and --sequences.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    edits: { type: 'string', default: '500' },
    sequences: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);

console.log(`seed ${seed}`);
console.log('undo sequences', await undoSequences(Number(values.sequences), seed));
console.log('outside edits', await interleaveEdits(Number(values.edits), seed));
console.log('kills', await killSaves(Number(values.kills), seed));
