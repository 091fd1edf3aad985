import type { FieldOption } from '../../../shared/django/catalogue/field-type.ts';
import { fieldCatalogue, findFieldType } from '../../../shared/django/field-catalogue.ts';
import type { FieldInput } from '../../../shared/django/operations/parts.ts';
import type { FieldFacts, ModelFacts } from '../../../shared/django/project-model.ts';
import { exactly, within } from '../intent.ts';
import { classOf, pickModel, waysBack, type Dice, type Generators, type World } from './world.ts';

const EXPRESSIONS = [
  'None',
  'timezone.now',
  '0',
  "'x'",
  'dict',
  '[1,2]',
  "{'a':1}",
  'Decimal("0.5")',
  'uuid.uuid4',
];
const TEXTS = [
  "'name'",
  '"Name of it"',
  `"it's"`,
  "'a rather long sentence that says what this is for'",
  "_('Name')",
  `'one half of what this is for, ' "and the other half of it, which is longer"`,
];
const CHOICES = [
  "[('a', 'A'), ('b', 'B')]",
  "(('draft','Draft'),('published','Published'),('withdrawn','Withdrawn for good'),('lost','Lost'))",
  '{"x": "X"}',
];
const VALIDATORS = ['[MinValueValidator(0)]', '[RegexValidator("^a"), MaxLengthValidator(10)]', '[]'];

function optionCode(option: FieldOption, { dice, snapshot }: World): string | null {
  const { control } = option;
  switch (control.kind) {
    case 'boolean':
      return dice.chance(0.7) ? 'True' : 'False';
    case 'integer':
      return String(control.minimum + dice.below(300));
    case 'text':
      return option.name === 'related_name' ? `'${dice.name('others_')}'` : dice.pick(TEXTS);
    case 'one-of':
      return dice.pick(control.codes);
    case 'choices':
      return dice.pick(CHOICES);
    case 'validators':
      return dice.pick(VALIDATORS);
    case 'model':
      return `'${dice.pick(snapshot.models)?.id ?? 'auth.User'}'`;
    case 'field-names':
      return null;
    case 'expression':
      return option.required ? control.example : dice.pick([...EXPRESSIONS, control.example]);
  }
}

/** A field as a form would give it. */
export function randomField(world: World, name = world.dice.name('novel_')): FieldInput {
  const { dice, snapshot } = world;
  const type = dice.pick(fieldCatalogue.filter(({ group }) => group !== 'postgres')) ?? fieldCatalogue[0];
  if (type === undefined) throw new RangeError('The catalogue has fields.');
  const options: Record<string, string> = {};
  for (const option of type.options) {
    const code = option.required || dice.chance(0.12) ? optionCode(option, world) : null;
    if (code !== null) options[option.name] = code;
  }
  const target = dice.pick(snapshot.models.filter(({ abstract }) => !abstract))?.id ?? 'self';
  return { name, type: type.name, to: type.relation ? (dice.chance(0.2) ? 'self' : target) : null, options };
}

function ownFields({ fields }: ModelFacts): readonly FieldFacts[] {
  return fields.filter(({ inheritedFrom }) => inheritedFrom === null);
}

function pickField(world: World): { readonly model: ModelFacts; readonly field: FieldFacts } | null {
  const model = pickModel(world, (each) => ownFields(each).length > 0);
  const field = model === null ? null : world.dice.pick(ownFields(model));
  return model === null || field === null ? null : { model, field };
}

function neighbour(model: ModelFacts, dice: Dice): string | null {
  return dice.chance(0.4) ? null : (dice.pick(ownFields(model))?.name ?? null);
}

/** Makes operations on fields. */
export const fieldGenerators: Generators<'field'> = {
  'field.add': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      const after = neighbour(model, world.dice);
      return { kind: 'field.add', model: model.id, field: randomField(world), after };
    },
    intent: ({ model, field }) => ({ added: exactly(`${classOf(model)}.${field.name}`) }),
  },
  'field.change': {
    make: (world) => {
      const found = pickField(world);
      if (found === null) return null;
      const { model, field } = found;
      const isSame = world.dice.chance(0.75);
      const fresh = randomField(world);
      const type = isSame ? field.type : fresh.type;
      const set: Record<string, string> = isSame ? {} : { ...fresh.options };
      for (const option of findFieldType(type)?.options ?? []) {
        const code = world.dice.chance(0.1) ? optionCode(option, world) : null;
        if (code !== null) set[option.name] = code;
      }
      const unset = field.options
        .map(({ name }) => name)
        .filter((name) => !(name in set) && world.dice.chance(0.2));
      const to = isSame ? null : fresh.to;
      return { kind: 'field.change', model: model.id, field: field.name, type, to, set, unset };
    },
    intent: ({ model, field }) => ({ changed: exactly(`${classOf(model)}.${field}`) }),
  },
  'field.rename': {
    make: (world) => {
      const found = pickField(world);
      if (found === null) return null;
      const name = world.dice.name('novel_');
      return { kind: 'field.rename', model: found.model.id, field: found.field.name, name };
    },
    intent: ({ field, name }) => ({ renames: [[field, name]] }),
  },
  'field.duplicate': {
    make: (world) => {
      const found = pickField(world);
      const name = world.dice.name('novel_');
      return found === null
        ? null
        : { kind: 'field.duplicate', model: found.model.id, field: found.field.name, name };
    },
    intent: ({ model, name }) => ({ added: exactly(`${classOf(model)}.${name}`) }),
  },
  'field.remove': {
    make: (world) => {
      const found = pickField(world);
      return found === null ? null : { kind: 'field.remove', model: found.model.id, field: found.field.name };
    },
    intent: ({ model, field }, { snapshot }) => ({
      removed: exactly(`${classOf(model)}.${field}`),
      omits: [field, ...waysBack(snapshot, (way) => way.model.id === model && way.field.name === field)],
    }),
  },
  'field.reorder': {
    make: (world) => {
      const found = pickField(world);
      if (found === null) return null;
      const after = neighbour(found.model, world.dice);
      return { kind: 'field.reorder', model: found.model.id, field: found.field.name, after };
    },
    intent: () => ({ moved: true }),
  },
  'field.moveToBase': {
    make: (world) => {
      const { dice, snapshot } = world;
      const found = pickField(world);
      const names = new Set(found?.model.bases.map((base) => base.split('.').at(-1)));
      const base = dice.pick(snapshot.models.filter(({ abstract, name }) => abstract && names.has(name)));
      if (found === null || base === null) return null;
      return { kind: 'field.moveToBase', model: found.model.id, field: found.field.name, base: base.id };
    },
    intent: ({ model, field, base }) => ({
      removed: exactly(`${classOf(model)}.${field}`),
      added: exactly(`${classOf(base)}.${field}`),
      moved: true,
    }),
  },
  'field.addThrough': {
    make: (world) => {
      const model = pickModel(world, ({ abstract }) => !abstract);
      const to = world.dice.pick(world.snapshot.models.filter(({ abstract }) => !abstract));
      if (model === null || to === null) return null;
      const field = { name: world.dice.name('novel_'), type: 'ManyToManyField', to: to.id, options: {} };
      const fields = world.dice.chance(0.5) ? [randomField(world)] : [];
      const through = { name: world.dice.name('Novel'), fields };
      return {
        kind: 'field.addThrough',
        model: model.id,
        field,
        through,
        after: neighbour(model, world.dice),
      };
    },
    intent: ({ model, field, through }) => ({
      added: new RegExp(
        `${exactly(`${classOf(model)}.${field.name}`).source}|${within(through.name).source}`,
      ),
      changed: exactly('__all__'),
    }),
  },
};
