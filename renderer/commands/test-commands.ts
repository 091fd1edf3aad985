import type { Studio } from '../stores/studio.ts';
import { failedLabels } from '../stores/tests-store.ts';
import { withTrust, type Command } from './command.ts';

const testsState = ({ tests }: Studio) => tests.state.getState();
const isIdle = (studio: Studio): boolean => testsState(studio).status.phase === 'idle';

/** Runs what the labels name, in sight. */
async function runInSight({ shell, tests }: Studio, labels: readonly string[]): Promise<void> {
  shell.showServer('tests');
  await tests.run(labels);
}

/** Labels of the tests in the file that is open in the editor. */
function labelsOfOpenFile(studio: Studio): readonly string[] {
  const { active } = studio.editor.state.getState();
  const { workspace } = studio.workspace.state.getState();
  if (active === null || workspace === null) return [];
  const { tests, broken } = testsState(studio);
  const modules = tests
    .filter(({ file }) => file === `${workspace.realPath}/${active}`)
    .map(({ module }) => module);
  const unread = broken.filter(({ file }) => file === `${workspace.realPath}/${active}`);
  return [...new Set([...modules, ...unread.map(({ label }) => label)])];
}

/** Commands of the project's tests and of the Django shell. */
export const testCommands: readonly Command[] = [
  {
    id: 'tests.run',
    enabled: (studio) => withTrust(studio) && isIdle(studio),
    run: (studio) => runInSight(studio, []),
  },
  {
    id: 'tests.runFailed',
    enabled: (studio) => withTrust(studio) && isIdle(studio) && failedLabels(testsState(studio)).length > 0,
    run: (studio) => runInSight(studio, failedLabels(testsState(studio))),
  },
  {
    id: 'tests.runFile',
    enabled: (studio) => withTrust(studio) && isIdle(studio) && labelsOfOpenFile(studio).length > 0,
    run: (studio) => runInSight(studio, labelsOfOpenFile(studio)),
  },
  {
    id: 'tests.stop',
    enabled: (studio) => !isIdle(studio) && testsState(studio).status.phase !== 'finding',
    run: ({ tests }) => tests.stop(),
  },
  {
    id: 'shell.open',
    enabled: withTrust,
    run: async ({ shell, djangoShell }) => {
      shell.showServer('shell');
      await djangoShell.need();
      const { phase } = djangoShell.state.getState().status;
      if (phase === 'closed') await djangoShell.open();
    },
  },
];
