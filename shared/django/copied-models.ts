import { z } from 'zod';
import { findFieldType } from './field-catalogue.ts';
import { fieldInput, name, type FieldInput } from './operations/parts.ts';
import type { FieldFacts, ModelFacts } from './project-model.ts';

/** Models on the clipboard, as they can be added to any app of any project. */
export const copiedModels = z.strictObject({
  kind: z.literal('samois/models'),
  models: z
    .array(
      z.strictObject({
        /** `catalog.Book`: relations among the copied models lead to their copies. */
        id: name,
        name,
        fields: z.array(fieldInput).max(500),
      }),
    )
    .min(1)
    .max(500),
  /** What can't be taken along, in sentences. */
  left: z.array(z.string().max(1000)).max(1000),
});
export type CopiedModels = z.infer<typeof copiedModels>;

/** Takes models as data: their own fields, with the options that mean the same everywhere. */
export function copyModels(models: readonly ModelFacts[]): CopiedModels {
  const left: string[] = [];
  const copied = models.map((model) => ({
    id: model.id,
    name: model.name,
    fields: model.fields.flatMap((field) => {
      if (field.inheritedFrom !== null) return [];
      const input = inputOf(field, model, left);
      return input === null ? [] : [input];
    }),
  }));
  const withMore = models.filter(({ meta, methods }) => meta.length > 0 || methods.length > 0);
  if (withMore.length > 0)
    left.push(`Meta and methods are not copied: ${withMore.map((model) => model.name).join(', ')}.`);
  return { kind: 'samois/models', models: copied, left };
}

/** The models in a text from the clipboard; null for any other text. */
export function readCopiedModels(text: string): CopiedModels | null {
  if (!text.includes('samois/models')) return null;
  try {
    return copiedModels.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // a text that only speaks of it
  }
}

/** The models under names that are free, related among each other as the copied ones are. */
export function pastedModels(
  { models }: CopiedModels,
  app: string,
  taken: ReadonlySet<string>,
): readonly { readonly name: string; readonly fields: FieldInput[] }[] {
  const names = new Map<string, string>();
  const used = new Set([...taken].map((each) => each.toLowerCase()));
  for (const model of models) {
    let free = model.name;
    for (let count = 1; used.has(free.toLowerCase()); count += 1)
      free = `${model.name}Copy${count === 1 ? '' : String(count)}`;
    used.add(free.toLowerCase());
    names.set(model.id, free);
  }
  return models.map((model) => ({
    name: names.get(model.id) ?? model.name,
    fields: model.fields.map((field) => {
      const target = field.to === null ? undefined : names.get(field.to);
      return target === undefined ? field : { ...field, to: `${app}.${target}` };
    }),
  }));
}

function inputOf(field: FieldFacts, model: ModelFacts, left: string[]): FieldInput | null {
  const type = findFieldType(field.type) === null ? (field.base ?? null) : field.type;
  const where = `${model.name}.${field.name}`;
  if (type === null || findFieldType(type) === null || field.relation?.kind === 'generic') {
    left.push(`${where} is not copied: ${field.type} is no field of Django.`);
    return null;
  }
  const to =
    field.relation === null ? null : targetOf(field.relation.target, field.relation.targetCode, model);
  if (field.relation !== null && to === null) {
    left.push(`${where} is not copied: the source does not tell where it leads.`);
    return null;
  }
  // A reverse name belongs to one relation alone, and a model between to the two that it joins.
  const options = field.options.filter(
    ({ name: option }) =>
      !/^(to|through|through_fields|related_name|related_query_name|db_table)$/.test(option),
  );
  const kept = options.filter(({ code }) => isPlain(code));
  if (kept.length < options.length) {
    const names = options.filter((option) => !kept.includes(option)).map((option) => option.name);
    left.push(`${where} is copied without ${names.join(', ')}: the code of its own module is needed for it.`);
  }
  return {
    name: field.name,
    type,
    to,
    options: Object.fromEntries(kept.map(({ name: option, code }) => [option, code])),
  };
}

function targetOf(target: string | null, code: string, model: ModelFacts): string | null {
  if (target === 'self' || target === model.id) return 'self';
  if (/AUTH_USER_MODEL$|^get_user_model\(\)$/.test(code.trim())) return 'settings.AUTH_USER_MODEL';
  return target?.includes('.') === true ? target : null;
}

/** Code that means the same in every module: literals, and names of Django that are imported by themselves. */
function isPlain(code: string): boolean {
  const bare = code
    .replace(/(['"])(?:\\.|(?!\1).)*\1/gs, '')
    .replace(/\b(?:True|False|None|dict|list|models\.\w+|timezone\.now|uuid\.uuid4|Decimal)\b/g, '');
  return !/[A-Za-z_]\w*/.test(bare);
}
