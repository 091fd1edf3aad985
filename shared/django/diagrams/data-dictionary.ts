import type { FieldFacts, ModelFacts } from '../project-model.ts';
import { textOption, typeOf } from './entities.ts';

/** Options that have a column of their own, or say nothing to who reads about data. */
const SAID = new Set([
  'max_length',
  'max_digits',
  'decimal_places',
  'help_text',
  'verbose_name',
  'to',
  'null',
]);

/** All models in words, an app a chapter: a document for who works with the data and not with the code. */
export function dataDictionaryOf(models: readonly ModelFacts[]): string {
  const apps = Map.groupBy(
    models.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ({ app }) => app,
  );
  const chapters = [...apps].map(([app, own]) => `## ${app}\n\n${own.map(modelOf).join('\n\n')}`);
  return `${['# Data dictionary', ...chapters].join('\n\n')}\n`;
}

function modelOf(model: ModelFacts): string {
  const kind = model.abstract ? ' (abstract)' : model.proxy ? ' (proxy)' : '';
  const head = `### ${model.name}${kind}`;
  const about = model.docstring === null ? [] : [model.docstring.trim()];
  if (model.fields.length === 0) return [head, ...about, 'No fields of its own.'].join('\n\n');
  const rows = model.fields.map((field) =>
    [
      `\`${field.name}\``,
      typeCell(field),
      isNullable(field) ? 'yes' : 'no',
      optionsCell(field),
      meaningOf(field),
    ]
      .map(cell)
      .join(' | '),
  );
  const table = [
    '| Field | Type | Empty | Options | Meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ];
  return [head, ...about, table.join('\n')].join('\n\n');
}

function typeCell(field: FieldFacts): string {
  const { relation } = field;
  if (relation === null) return typeOf(field);
  const target = relation.target === 'self' ? 'itself' : (relation.target ?? relation.targetCode);
  return `${relation.kind.replaceAll('-', ' ')} to ${target}`;
}

function optionsCell({ options, inheritedFrom }: FieldFacts): string {
  const said = options
    .filter(({ name }) => !SAID.has(name))
    .map(({ name, code, value }) => (value === true ? name : `${name}=${code.replaceAll(/\s+/g, ' ')}`));
  return [...said, ...(inheritedFrom === null ? [] : [`from ${inheritedFrom}`])].join(', ');
}

function meaningOf(field: FieldFacts): string {
  return textOption(field, 'help_text') ?? textOption(field, 'verbose_name') ?? '';
}

function isNullable({ options }: FieldFacts): boolean {
  return options.some(({ name, value }) => name === 'null' && value === true);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}
