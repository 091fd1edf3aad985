import { setTimeout as pause } from 'node:timers/promises';
import { processesOfGroup } from '../support/process-group.ts';
import type { ReloadProject } from '../support/reload-project.ts';
import { visit } from '../support/visitor.ts';
import { startHost } from './reload-servers.ts';

const BETWEEN_MILLISECONDS = 20;
const SEEN_SECONDS = 20;
const QUIET_MILLISECONDS = 3000;
const QUIET_LOOKS = 20;
const IDLE_PERCENT = 1;

/** Edits of the same size, the next 20 ms after the last was seen: all must be. False where one was not. */
export async function seeEqualEdits(project: ReloadProject, edits: number): Promise<boolean> {
  const server = await startHost(project);
  const visitor = visit(server.address);
  let seen = 0;
  try {
    await visitor.until(project.expected());
    for (let edit = 0; edit < edits; edit += 1) {
      await pause(BETWEEN_MILLISECONDS);
      const file = await project.edit('views', String(100_000 + edit));
      await server.saved(file);
      seen += await visitor.until(project.expected(), SEEN_SECONDS).then(
        () => 1,
        () => 0,
      );
    }
    console.log(`${seen} of ${edits} edits of the same size were seen,`, tally(visitor));
    return seen === edits && visitor.refused() + visitor.cut() === 0;
  } finally {
    visitor.end();
    await server.stop();
  }
}

/** Processor time of all processes of the host while nobody does anything. False where that is 1 % or more. */
export async function measureIdle(project: ReloadProject, seconds: number): Promise<boolean> {
  const server = await startHost(project);
  const visitor = visit(server.address);
  try {
    await visitor.until(project.expected());
    visitor.end();
    await untilQuiet(server.pid);
    const before = groupSeconds(server.pid);
    await pause(seconds * 1000);
    const percent = ((groupSeconds(server.pid) - before) / seconds) * 100;
    console.log(`idle for ${seconds} s: ${percent.toFixed(2)} % of one processor`);
    return percent < IDLE_PERCENT;
  } finally {
    visitor.end();
    await server.stop();
  }
}

/** Spares and checkpoints are made, and the checks are run, in the seconds after a start. */
async function untilQuiet(leader: number): Promise<void> {
  for (let look = 0; look < QUIET_LOOKS; look += 1) {
    const before = groupSeconds(leader);
    await pause(QUIET_MILLISECONDS);
    if (groupSeconds(leader) - before < 0.03) return;
  }
}

function groupSeconds(leader: number): number {
  return processesOfGroup(leader).reduce((sum, { seconds }) => sum + seconds, 0);
}

function tally(visitor: { readonly refused: () => number; readonly cut: () => number }): string {
  return `${visitor.refused()} connections refused, ${visitor.cut()} cut`;
}
