import type { ModelFacts } from '../project-model.ts';
import { columnsOf, entitiesOf, referencesOf, textOption, type Column } from './entities.ts';

/** The models as DBML: https://dbml.dbdiagram.io/docs */
export function dbmlOf(models: readonly ModelFacts[]): string {
  const entities = entitiesOf(models);
  const tables = entities.map((model) => {
    const lines = columnsOf(model).map(
      (column) => `  ${quoted(column.name)} ${typeCode(column.type)}${settings(column)}`,
    );
    const note = model.docstring === null ? [] : [`  Note: ${text(model.docstring)}`];
    return [`Table ${tableName(model)} {`, ...lines, ...note, '}'].join('\n');
  });
  const references = referencesOf(entities).map(({ kind, from, to, field }) => {
    const sign = kind === 'many-to-many' ? '<>' : kind === 'one-to-one' ? '-' : '>';
    const source = kind === 'many-to-many' ? keyOf(from) : `${field.name}_id`;
    return `Ref: ${tableName(from)}.${quoted(source)} ${sign} ${tableName(to)}.${quoted(keyOf(to))}`;
  });
  return `${[...tables, references.join('\n')].filter((part) => part !== '').join('\n\n')}\n`;
}

function settings({ primary, unique, nullable, field }: Column): string {
  const help = textOption(field, 'help_text');
  const parts = [
    ...(primary ? ['pk'] : []),
    ...(unique && !primary ? ['unique'] : []),
    ...(primary ? [] : [nullable ? 'null' : 'not null']),
    ...(help === null ? [] : [`note: ${text(help)}`]),
  ];
  return ` [${parts.join(', ')}]`;
}

function keyOf(model: ModelFacts): string {
  return columnsOf(model).find(({ primary }) => primary)?.name ?? 'id';
}

/** The app as the schema: two apps may have a model of one name. */
function tableName({ app, name }: ModelFacts): string {
  return `${quoted(app)}.${quoted(name)}`;
}

function typeCode(type: string): string {
  return /^\w+(\([\d, ]+\))?$/.test(type) ? type.replace(', ', ',') : quoted(type);
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll(/\s+/g, ' ').trim()}'`;
}
