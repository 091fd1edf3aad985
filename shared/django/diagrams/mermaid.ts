import type { ModelFacts } from '../project-model.ts';
import { columnsOf, entitiesOf, referencesOf, type Reference } from './entities.ts';

/** The models as an entity relationship diagram of Mermaid: https://mermaid.js.org/syntax/entityRelationshipDiagram.html */
export function mermaidOf(models: readonly ModelFacts[]): string {
  const entities = entitiesOf(models);
  const lines = entities.flatMap((model) => {
    const columns = columnsOf(model).map(({ name, type, primary, unique, field }) => {
      const keys = [
        ...(primary ? ['PK'] : []),
        ...(field.relation === null ? [] : ['FK']),
        ...(unique && !primary ? ['UK'] : []),
      ];
      // A type of Mermaid is one word without brackets around numbers and commas.
      return `        ${word(type)} ${word(name)}${keys.length === 0 ? '' : ` ${keys.join(', ')}`}`;
    });
    return columns.length === 0 ? [`    ${nameOf(model)}`] : [`    ${nameOf(model)} {`, ...columns, '    }'];
  });
  const relations = referencesOf(entities).map(
    (reference) =>
      `    ${nameOf(reference.from)} ${ends(reference)} ${nameOf(reference.to)} : ${word(reference.field.name)}`,
  );
  return `${['erDiagram', ...lines, ...relations].join('\n')}\n`;
}

function ends({ kind, nullable }: Reference): string {
  if (kind === 'many-to-many') return '}o--o{';
  const far = nullable ? 'o|' : '||';
  return kind === 'one-to-one' ? `|o--${far}` : `}o--${far}`;
}

function nameOf({ app, name }: ModelFacts): string {
  return `${word(app)}_${word(name)}`;
}

function word(text: string): string {
  const bare = text.replaceAll(/[^\p{L}\p{N}_]+/gu, '_').replace(/_+$/, '');
  return /^\p{L}|^_/u.test(bare) ? bare : `_${bare}`;
}
