import { testParser } from '../unit/shared/source-fixture.ts';
import { corpus } from './corpus.ts';
import { indexOfCorpus } from './read-corpus.ts';

/** Prints how many models and routes the source lens finds in every project, and in all together. */
export async function countCorpus(): Promise<void> {
  const parser = await testParser();
  const total = { models: 0, routes: 0 };
  for (const project of corpus) {
    const index = indexOfCorpus(parser, project);
    const start = performance.now();
    const { models, routes, problems } = index.snapshot();
    const time = `${(performance.now() - start).toFixed(0)} ms`;
    index.dispose();
    total.models += models.length;
    total.routes += routes.length;
    const warning = problems.find(({ severity }) => severity === 'warning')?.message ?? '';
    console.log(
      `${project.name.padEnd(24)}${String(models.length).padStart(6)} models${String(routes.length).padStart(6)} routes  ${time}  ${warning}`,
    );
  }
  console.log(`Together ${total.models} models and ${total.routes} routes.`);
}
