import { indexFiles, perform, type Bench } from './laws.ts';
import type { Finding } from './walk.ts';

/** Trials a minimal case is worth. */
const TRIALS = 400;

/** The smallest project found in which the operation still breaks the same law. */
export async function shrink(finding: Finding, bench: Bench): Promise<ReadonlyMap<string, string>> {
  let trials = 0;
  const stillBroken = async (files: ReadonlyMap<string, string>): Promise<boolean> => {
    trials += 1;
    if (trials > TRIALS) return false;
    const index = indexFiles(bench.parser, files);
    const outcome = await perform(finding.operation, finding.intent, index, new Map(files), bench);
    index.dispose();
    return outcome.kind === 'broken' && outcome.breach.law === finding.breach.law;
  };
  let files = new Map(finding.files);
  const names = await smaller([...files.keys()], (paths) =>
    stillBroken(new Map(paths.map((path) => [path, finding.files.get(path) ?? '']))),
  );
  files = new Map(names.map((path) => [path, finding.files.get(path) ?? '']));
  for (const path of names) {
    for (const split of [/(?<=\n)(?=\S)/, /(?<=\n)/]) {
      const parts = (files.get(path) ?? '').split(split);
      const kept = await smaller(parts, (some) => stillBroken(new Map(files).set(path, some.join(''))));
      files.set(path, kept.join(''));
    }
  }
  return files;
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
  const texts = [...files].map(([path, text]) => `--- ${path}\n${text}`);
  const { seed, project, operation, breach } = finding;
  return [
    `seed ${String(seed)}, ${project}: “${breach.law}” does not hold for`,
    JSON.stringify(operation),
    breach.detail,
    'The smallest project found in which it does not hold:',
    ...texts,
  ].join('\n');
}
