import { parseArgs } from 'node:util';
import { interleaveEdits } from './outside-edits.ts';
import { meetFaults } from './faults.ts';
import { saveWithFewDescriptors } from './few-descriptors.ts';
import { killSaves } from './kills.ts';
import { canTrace, faultEveryCall } from './system-calls.ts';
import { undoSequences } from './undo-sequences.ts';

// The full proof that no save tears a file or overwrites another program's, and that everything can be taken back:
// `npm run test:saves`, or a part of it with --kills, --edits, --sequences and --calls (each so-manieth; 0 for none).
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    edits: { type: 'string', default: '500' },
    sequences: { type: 'string', default: '200' },
    calls: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);

console.log(`seed ${seed}`);
console.log('faults', await meetFaults());
console.log('few file descriptors', await saveWithFewDescriptors());
const every = Number(values.calls);
if (every > 0 && canTrace()) console.log('system calls', await faultEveryCall(every));
else console.warn('SKIPPED: kills and faults at every system call, which strace makes.');
console.log('undo sequences', await undoSequences(Number(values.sequences), seed));
console.log('outside edits', await interleaveEdits(Number(values.edits), seed));
console.log('kills', await killSaves(Number(values.kills), seed));
