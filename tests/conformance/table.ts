import type { ProjectSnapshot } from '../../shared/django/project-model.ts';
import type { Comparison, Score } from './compare.ts';
import type { CorpusProject } from './corpus.ts';

/** What one project of the corpus came to. */
export interface Row {
  readonly project: CorpusProject;
  readonly snapshot: ProjectSnapshot;
  /** Null where the project is only read. */
  readonly result:
    | { readonly kind: 'compared'; readonly django: string; readonly comparison: Comparison }
    | { readonly kind: 'not-started'; readonly reason: string }
    | null;
}

const INTRODUCTION = `# How well the source lens reads real projects

Made by \`npm run conformance\`; do not edit. Each project is a pinned source distribution of \`npm run corpus\`.
It is started with its own Django in an environment of its own, and Django's registry and URL resolver are
compared with what the source lens reads without running anything.

- **Written** is what a statement of the project's source makes: CPython's \`ast\` decides it for models and
  fields, the module-level call that made a pattern decides it for routes.
- **Found** means: the same model, and the same field class; for relations the same target, \`through\` and
  related name; for options (of Django's own field classes, and of \`Meta\`) the same literal value; for routes
  the same full pattern and the same name with its namespaces.
- **Runtime only** is what no statement of the project is: fields of other packages' base classes, primary keys
  that Django adds, targets that are computed, models and routes that are made by a call. The source lens leaves them to the runtime lens.
`;

/** The page of the documentation that shows all rows. */
export function conformanceTable(rows: readonly Row[]): string {
  const compared = rows.flatMap(({ result }) => (result?.kind === 'compared' ? [result.comparison] : []));
  const lines = [
    '| project | Django | models | fields | relations | options | routes | runtime only (models / fields / relations / routes) |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.flatMap(comparedLine),
    scoreLine('**all**', '', {
      models: sum(compared.map(({ models }) => models)),
      fields: sum(compared.map(({ fields }) => fields)),
      relations: sum(compared.map(({ relations }) => relations)),
      options: sum(compared.map(({ options }) => options)),
      routes: sum(compared.map(({ routes }) => routes)),
    }),
  ];
  return [INTRODUCTION, ...lines, '', ...readLines(rows), ''].join('\n');
}

function comparedLine({ project, result }: Row): readonly string[] {
  if (result?.kind !== 'compared') return [];
  return [scoreLine(`${project.name} ${project.version}`, result.django, result.comparison)];
}

type Scores = Omit<Comparison, 'differences'>;

function scoreLine(title: string, django: string, scores: Scores): string {
  const { models, fields, relations, options, routes } = scores;
  const cells = [models, fields, relations, options, routes].map(cell);
  const runtimeOnly = [models, fields, relations, routes]
    .map((score) => String(score.runtimeOnly))
    .join(' / ');
  return `| ${[title, django, ...cells, runtimeOnly].join(' | ')} |`;
}

function cell({ written, found }: Score): string {
  if (written === 0) return '–';
  const percent = Math.floor((found / written) * 1000) / 10;
  return `${found} of ${written} (${percent} %)`;
}

function sum(scores: readonly Score[]): Score {
  const add = (key: keyof Score): number => scores.reduce((total, score) => total + score[key], 0);
  return { written: add('written'), found: add('found'), runtimeOnly: add('runtimeOnly') };
}

/** What the source lens reads of every project, also of those that are not started. */
function readLines(rows: readonly Row[]): readonly string[] {
  const total = (key: 'models' | 'routes'): number =>
    rows.reduce((count, { snapshot }) => count + snapshot[key].length, 0);
  return [
    '## What is read',
    '',
    `In all ${total('models')} models and ${total('routes')} routes are read.`,
    '',
    '| project | models | routes | compared with Django |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ project, snapshot, result }) => {
      const compared =
        result === null ? 'only read' : result.kind === 'compared' ? 'yes' : `no: ${result.reason}`;
      return `| ${project.name} ${project.version} | ${snapshot.models.length} | ${snapshot.routes.length} | ${compared} |`;
    }),
  ];
}
