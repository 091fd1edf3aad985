import { indexFiles, perform, type Bench } from './laws.ts';
import type { Finding } from './walk.ts';

/** Characters of a file that a person still reads. */
const PRINTED = 6_000;

/** Milliseconds a minimal case is worth. */
const WORTH = 20_000;

/** The smallest project that is found in time in which the operation still breaks the same law. */
export async function shrink(finding: Finding, bench: Bench): Promise<ReadonlyMap<string, string>> {
  const end = performance.now() + WORTH;
  const stillBroken = async (files: ReadonlyMap<string, string>): Promise<boolean> => {
    if (performance.now() > end) return false;
    const index = indexFiles(bench.parser, files);
    const outcome = await perform(finding.operation, finding.intent, index, new Map(files), bench);
    index.dispose();
    return outcome.kind === 'broken' && outcome.breach.law === finding.breach.law;
  };
  const only = (paths: readonly string[]): Map<string, string> =>
    new Map(paths.map((path) => [path, finding.files.get(path) ?? '']));
  const told = pathsIn(finding);
  const start = (await stillBroken(only(told))) ? told : [...finding.files.keys()];
  const names = await smaller(start, (paths) => stillBroken(only(paths)));
  const files = only(names);
  for (const path of names) {
    for (const split of [/(?<=\n)(?=\S)/, /(?<=\n)/]) {
      const parts = (files.get(path) ?? '').split(split);
      const kept = await smaller(parts, (some) => stillBroken(new Map(files).set(path, some.join(''))));
      files.set(path, kept.join(''));
    }
  }
  return files;
}

/** The files a finding speaks of, which mostly are all it takes: a large project is not read for each trial. */
function pathsIn({ files, breach, operation }: Finding): readonly string[] {
  const told = `${breach.detail} ${JSON.stringify(operation)}`;
  const app = 'model' in operation && operation.model !== null ? operation.model.split('.')[0] : null;
  return [...files.keys()].filter(
    (path) => path === 'manage.py' || told.includes(path) || path.split('/').includes(app ?? ''),
  );
}

/** Leaves out ever smaller runs of a list as long as the rest still does what it did. */
async function smaller<T>(
  list: readonly T[],
  holds: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = list;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await holds(rest)) kept = rest;
      else at += size;
    }
  }
  return kept;
}

/** A finding as a person needs it to mend what it found. */
export async function describeFinding(finding: Finding, bench: Bench): Promise<string> {
  const files = await shrink(finding, bench);
  const shown = [...files].filter(([, text]) => text.length < PRINTED).slice(0, 8);
  const texts = shown.map(([path, text]) => `--- ${path}\n${text}`);
  const hidden = files.size - shown.length;
  const { seed, project, operation, breach } = finding;
  return [
    `seed ${String(seed)}, ${project}: “${breach.law}” does not hold for`,
    JSON.stringify(operation),
    breach.detail,
    'The smallest project found in which it does not hold:',
    ...texts,
    ...(hidden === 0 ? [] : [`(and ${String(hidden)} larger or further files of the project)`]),
  ].join('\n');
}
