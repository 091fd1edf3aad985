import { Failure } from '../../shared/contract/failure.ts';
import type { Studio } from '../stores/studio.ts';
import { failedLabels } from '../stores/tests-store.ts';
import { pathInWorkspace } from '../stores/workspace-store.ts';
import { withTrust, type Command } from './command.ts';

const testsState = ({ tests }: Studio) => tests.state.getState();
const isIdle = (studio: Studio): boolean => testsState(studio).status.phase === 'idle';

/** Runs what the labels name, in sight. */
async function runInSight({ shell, tests }: Studio, labels: readonly string[]): Promise<void> {
  shell.showServer('tests');
  await tests.run(labels);
}

/** The file of the workspace that is open in the editor. */
function openFile(studio: Studio): string | null {
  return studio.editor.state.getState().active;
}

/** Labels of the tests in a file of the workspace. */
function labelsOf(studio: Studio, path: string): readonly string[] {
  const { workspace } = studio.workspace.state.getState();
  const stands = ({ file }: { readonly file: string | null }): boolean =>
    file !== null && workspace !== null && pathInWorkspace(workspace, file) === path;
  const { tests, broken } = testsState(studio);
  const modules = tests.filter(stands).map(({ module }) => module);
  return [...new Set([...modules, ...broken.filter(stands).map(({ label }) => label)])];
}

// Before the tests were looked for, their names tell: Django's `test*.py`, and what pytest takes besides.
const TEST_FILE = /(?:^|\/)(?:tests?[^/]*|[^/]*_test)\.py$/;

function mayHaveTests(studio: Studio): boolean {
  const path = openFile(studio);
  return path !== null && (TEST_FILE.test(path) || labelsOf(studio, path).length > 0);
}

async function runOpenFile(studio: Studio): Promise<void> {
  const path = openFile(studio);
  if (path === null) return;
  studio.shell.showServer('tests');
  await studio.tests.need();
  const labels = labelsOf(studio, path);
  if (labels.length === 0) {
    throw new Failure(
      'not-available',
      `The runner finds no test in ${path}. Look for tests anew if it is new.`,
    );
  }
  await studio.tests.run(labels);
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
    enabled: (studio) => withTrust(studio) && isIdle(studio) && mayHaveTests(studio),
    run: runOpenFile,
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
