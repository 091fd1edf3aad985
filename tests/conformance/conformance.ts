import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { testParser } from '../unit/shared/source-fixture.ts';
import { bootProject } from './boot.ts';
import { compare } from './compare.ts';
import { corpus } from './corpus.ts';
import { indexOfCorpus } from './read-corpus.ts';
import { conformanceTable, type Row } from './table.ts';

// npm run conformance [project …]: starts projects of the corpus with their own Django, compares the source
// lens with it, prints each difference, and writes the table when it was asked for all of them.
const names = process.argv.slice(2);
const asked = corpus.filter(
  ({ name, version }) => names.length === 0 || names.includes(name) || names.includes(`${name}-${version}`),
);
const parser = await testParser();
const rows: Row[] = [];
for (const project of asked) {
  const index = indexOfCorpus(parser, project);
  const snapshot = index.snapshot();
  index.dispose();
  if (project.requirements === null) {
    rows.push({ project, snapshot, result: null });
    continue;
  }
  try {
    const registry = await bootProject(project);
    const comparison = compare(registry, snapshot);
    rows.push({ project, snapshot, result: { kind: 'compared', django: registry.django, comparison } });
    console.log(`\n== ${project.name} ${project.version} with Django ${registry.django}`);
    if (registry.routesProblem !== null) console.log(`No routes: ${registry.routesProblem}`);
    for (const difference of comparison.differences) console.log(difference);
  } catch (error) {
    const reason = lastLine(error);
    rows.push({ project, snapshot, result: { kind: 'not-started', reason } });
    console.log(`\n== ${project.name} did not start: ${reason}`);
  }
}
const table = conformanceTable(rows);
console.log(`\n${table}`);
if (names.length === 0) {
  const page = join(import.meta.dirname, '..', '..', 'docs', 'conformance.md');
  await writeFile(page, await format(table, { ...(await resolveConfig(page)), filepath: page }));
}

/** The last line that a failed process wrote to its standard error. */
function lastLine(error: unknown): string {
  const output =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  return output.trim().split('\n').at(-1) || String(error);
}
