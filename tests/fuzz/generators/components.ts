import type { ClassReference } from '../../../shared/django/operations/parts.ts';
import type { SerializerFacts } from '../../../shared/django/component-model.ts';
import type { ModelFacts } from '../../../shared/django/project-model.ts';
import { exactly, within, type Intent } from '../intent.ts';
import { pickModel, type Generators, type World } from './world.ts';

function pickSerializer({ dice, snapshot }: World): SerializerFacts | null {
  return dice.pick(snapshot.serializers.filter(({ kind }) => kind === 'model-serializer'));
}

function referenceTo({ place, name }: SerializerFacts): ClassReference {
  return { file: place.file, name };
}

function fieldsOf({ dice, snapshot }: World, model: string | null): readonly string[] {
  const facts = snapshot.models.find(({ id }) => id === model);
  const names = ['id', ...(facts?.fields.map(({ name }) => name) ?? [])].filter(() => dice.chance(0.5));
  return names.length === 0 ? ['id'] : names;
}

const inMeta = ({ serializer }: { readonly serializer: ClassReference }): Intent => {
  const meta = within(`${serializer.name}.Meta`);
  return { added: meta, changed: meta, removed: meta };
};

/** Makes operations on serializers. */
export const serializerGenerators: Generators<'serializer'> = {
  'serializer.add': {
    make: (world) => {
      const model = pickModel(world, ({ abstract }) => !abstract);
      if (model === null) return null;
      const name = world.dice.name('NovelSerializer');
      return { kind: 'serializer.add', model: model.id, name, fields: [...fieldsOf(world, model.id)] };
    },
    intent: ({ name }) => ({ added: within(name) }),
  },
  'serializer.setFields': {
    make: (world) => {
      const found = pickSerializer(world);
      if (found === null) return null;
      const fields = world.dice.chance(0.2) ? null : [...fieldsOf(world, found.model)];
      return { kind: 'serializer.setFields', serializer: referenceTo(found), fields };
    },
    intent: inMeta,
  },
  'serializer.setReadOnly': {
    make: (world) => {
      const found = pickSerializer(world);
      if (found === null) return null;
      const fields = [...fieldsOf(world, found.model)];
      return { kind: 'serializer.setReadOnly', serializer: referenceTo(found), fields };
    },
    intent: inMeta,
  },
  'serializer.nest': {
    make: (world) => {
      const [found, other] = [pickSerializer(world), pickSerializer(world)];
      const model = world.snapshot.models.find(({ id }) => id === found?.model);
      const field = world.dice.pick(model?.fields.filter(({ relation }) => relation !== null) ?? []);
      if (found === null || other === null || field === null) return null;
      return {
        kind: 'serializer.nest',
        serializer: referenceTo(found),
        field: field.name,
        with: referenceTo(other),
        many: field.relation?.kind === 'many-to-many',
        readOnly: world.dice.chance(0.5),
      };
    },
    intent: ({ serializer, field }) => {
      const path = new RegExp(
        `${exactly(`${serializer.name}.${field}`).source}|${within(`${serializer.name}.Meta`).source}`,
      );
      return { added: path, changed: path, removed: path, moved: true };
    },
  },
  'serializer.setDepth': {
    make: (world) => {
      const found = pickSerializer(world);
      const depth = world.dice.chance(0.3) ? null : world.dice.below(4);
      return found === null ? null : { kind: 'serializer.setDepth', serializer: referenceTo(found), depth };
    },
    intent: inMeta,
  },
  'serializer.setMeta': {
    make: (world) => {
      const found = pickSerializer(world);
      const code = world.dice.chance(0.3) ? null : "{'id':{'read_only':True}}";
      if (found === null) return null;
      return { kind: 'serializer.setMeta', serializer: referenceTo(found), option: 'extra_kwargs', code };
    },
    intent: inMeta,
  },
};

const ADMIN_OPTIONS: readonly (readonly [string, string])[] = [
  ['list_display', "['pk']"],
  ['search_fields', '["pk"]'],
  ['ordering', "('-pk',)"],
  ['list_per_page', '20'],
  ['save_on_top', 'True'],
  ['empty_value_display', '"a long text that is shown in every place where there is no value at all"'],
];

function isConcrete({ abstract }: ModelFacts): boolean {
  return !abstract;
}

const inAdmin: Intent = {
  added: /^(\w*Admin\w*|\w*Inline\w*)(\..*)?$|^<statement>$/,
  changed: /^\w*(\.\w+)?$|^<statement>$/,
  removed: /^(\w+)(\..*)?$|^<statement>$/,
};

/** Makes operations on the admin. */
export const adminGenerators: Generators<'admin'> = {
  'admin.register': {
    make: (world) => {
      const model = pickModel(world, isConcrete);
      return model === null ? null : { kind: 'admin.register', model: model.id };
    },
    intent: () => ({ added: inAdmin.added ?? /-/ }),
  },
  'admin.unregister': {
    make: (world) => {
      const model = pickModel(world, isConcrete);
      return model === null ? null : { kind: 'admin.unregister', model: model.id };
    },
    intent: () => inAdmin,
  },
  'admin.set': {
    make: (world) => {
      const model = pickModel(world, isConcrete);
      const [option, code] = world.dice.pick(ADMIN_OPTIONS) ?? ['ordering', '()'];
      if (model === null) return null;
      return { kind: 'admin.set', model: model.id, option, code: world.dice.chance(0.2) ? null : code };
    },
    intent: () => inAdmin,
  },
  'admin.addInline': {
    make: (world) => {
      const [model, inline] = [pickModel(world, isConcrete), pickModel(world, isConcrete)];
      if (model === null || inline === null) return null;
      const style = world.dice.chance(0.5) ? 'tabular' : 'stacked';
      return { kind: 'admin.addInline', model: model.id, inline: inline.id, style };
    },
    intent: () => inAdmin,
  },
};
