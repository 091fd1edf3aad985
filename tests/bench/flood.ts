import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { build } from '../../scripts/build.ts';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { openTestBrowser } from '../support/chromium.ts';
import { type DjangoProject, makeDjangoProject } from '../support/django-project.ts';
import { MARKER, markedProcesses } from '../integration/endings/marked-processes.ts';
import { enterStudio } from '../support/studio-client.ts';
import { startStudio } from '../support/studio-process.ts';

// What the window does while a project floods it: `npm run bench:flood -- [--seconds N]`. Figures depend on the
// machine; what must hold on any is told at the end, and makes the exit code.

const LINES_A_SECOND = 200_000;
const REQUESTS = 1200;
const GROWTH_MEGABYTES = 100;
const BIG = 200 * 1024 * 1024;
const URLS = `import time
from django.http import HttpResponse
from django.urls import path

print("${'import '.repeat(20)}\\n" * 50_000)


def flood(request):
    end = time.monotonic() + float(request.GET["seconds"])
    lines, sent = "a line of the log, as long as most of them are\\n" * ${LINES_A_SECOND / 100}, 0
    begun = time.monotonic()
    while time.monotonic() < end:
        print(lines, end="")
        sent += ${LINES_A_SECOND / 100}
        time.sleep(max(0, begun + sent / ${LINES_A_SECOND} - time.monotonic()))
    return HttpResponse(str(sent))


def big(request):
    return HttpResponse(b"x" * ${BIG}, content_type="application/octet-stream")


urlpatterns = [path("", lambda request: HttpResponse("small")), path("flood/", flood), path("big/", big)]
`;

/** What the window went through in a while. */
interface Strain {
  readonly what: string;
  readonly longTasks: number;
  readonly longestTask: number;
  readonly typingP95: number;
  readonly heapMegabytes: number;
  readonly studioMegabytes: number;
  readonly supervisorMegabytes: number;
}

interface Watch {
  tasks: number[];
  typed: number[];
}
declare global {
  interface Window {
    strain: Watch;
  }
}

async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.strain = { tasks: [], typed: [] };
    new PerformanceObserver((list) => {
      window.strain.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
    document.addEventListener('input', (event) => {
      requestAnimationFrame(() => {
        window.strain.typed.push(performance.now() - event.timeStamp);
      });
    });
  });
}

/** Types into the search of the pane while something goes on, and says how that felt. */
async function strainOf(
  what: string,
  page: Page,
  pids: readonly number[],
  work: Promise<unknown>,
): Promise<Strain> {
  await page.evaluate(() => {
    window.strain.tasks = [];
    window.strain.typed = [];
  });
  const search = page
    .getByRole('searchbox')
    .or(page.getByPlaceholder(/^(Search the log|Filter by path)/))
    .first();
  const done = work.then(() => true);
  const type = async (): Promise<void> => {
    await search.press('a');
    await search.press('Backspace');
    if (!(await Promise.race([done, Promise.resolve(false)]))) await type();
  };
  await Promise.all([done, type()]);
  const { tasks, typed, heap } = await page.evaluate(() => ({
    ...window.strain,
    heap: (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
  }));
  const sorted = typed.sort((one, other) => one - other);
  const [studio = 0, supervisor = 0] = await Promise.all(pids.map(megabytes));
  return {
    what,
    longTasks: tasks.length,
    longestTask: Math.round(Math.max(0, ...tasks)),
    typingP95: Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? NaN),
    heapMegabytes: Math.round(heap / 2 ** 20),
    studioMegabytes: studio,
    supervisorMegabytes: supervisor,
  };
}

async function megabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}

/** The project trusted, with its interpreter chosen, in a state folder for the studio that is measured. */
async function trust({ folder, interpreter }: DjangoProject, stateFolder: string): Promise<void> {
  const studio = await startStudio({ folder, stateFolder });
  const client = await enterStudio(studio.link);
  await client.call('trust.grant', {});
  await client.call('python.choose', { path: interpreter });
  client.close();
  await studio.stop();
}

async function startServer(page: Page): Promise<string> {
  await page.getByRole('tree').first().waitFor({ timeout: 60_000 });
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Start' }).last().click();
  const link = page.locator('.server-address a');
  await link.waitFor({ timeout: 60_000 });
  await page.getByText('Serving', { exact: true }).first().waitFor({ timeout: 60_000 });
  return (await link.textContent()) ?? '';
}

async function measure(
  project: DjangoProject,
  stateFolder: string,
  seconds: number,
): Promise<readonly string[]> {
  const failed: string[] = [];
  const must = (holds: boolean, sentence: string): void => {
    if (!holds) failed.push(sentence);
  };
  const marker = randomUUID();
  const studio = await startStudio({ folder: project.folder, stateFolder, env: { [MARKER]: marker } });
  const browser = await openTestBrowser(['--enable-precise-memory-info']);
  try {
    const page = await browser.context.newPage();
    await page.goto(studio.link);
    const address = await startServer(page);
    await watchPage(page);
    const host = markedProcesses(marker).find(({ command }) => /host\/run\.py --project/.test(command));
    const pids = [studio.pid, host?.pid ?? studio.pid];
    const before = await Promise.all(pids.map(megabytes));
    const ask = async (path: string): Promise<number> =>
      (await (await fetch(new URL(path, address))).arrayBuffer()).byteLength;
    const strains = [
      await strainOf(`${LINES_A_SECOND} lines a second`, page, pids, ask(`flood/?seconds=${seconds}`)),
      await strainOf('a response of 200 MB', page, pids, ask('big/')),
    ];
    await expect(page.locator('.server-log-count').first()).toContainText('lines left out', {
      timeout: 20_000,
    });
    await page.getByRole('tab', { name: 'Requests' }).click();
    const list = page.getByRole('listbox', { name: 'Requests' });
    await list.waitFor();
    const many = async (): Promise<void> => {
      for (let sent = 0; sent < REQUESTS; sent += 10)
        await Promise.all(Array.from({ length: 10 }, () => ask('')));
    };
    strains.push(await strainOf(`${REQUESTS} requests`, page, pids, many()));
    console.table(strains);
    const after = await Promise.all(pids.map(megabytes));
    for (const [place, name] of ['studio', 'supervisor'].entries()) {
      const grown = (after[place] ?? 0) - (before[place] ?? 0);
      must(grown < GROWTH_MEGABYTES, `The ${name} grew by ${grown} MB.`);
    }
    must(await page.getByText('Serving', { exact: true }).first().isVisible(), 'It does not serve any more.');
  } finally {
    await browser.close();
    await studio.stop();
  }
  return failed;
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '15' } } });
await ensurePythonEnvironment();
await build();
console.log(`load ${loadavg()[0]?.toFixed(1) ?? '?'} at the start`);
const project = await makeDjangoProject();
const stateFolder = await mkdtemp(join(tmpdir(), 'samois-flood-'));
try {
  await project.write('mysite/urls.py', URLS);
  await trust(project, stateFolder);
  const failed = await measure(project, stateFolder, Number(values.seconds));
  for (const sentence of failed) console.error(sentence);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  await rm(stateFolder, { recursive: true, force: true });
  await project.remove();
}
