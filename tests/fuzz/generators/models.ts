import { exactly, within } from '../intent.ts';
import { randomField } from './fields.ts';
import { classOf, pickModel, waysBack, type Generators, type World } from './world.ts';

const ANYTHING = /./;

function pickApp({ dice, snapshot }: World): string | null {
  return dice.pick(snapshot.apps.filter(({ folder }) => folder !== null))?.label ?? null;
}

/** Names that a model's module has and that no other model is called by. */
function helpersOf(id: string, { snapshot, files }: World): readonly string[] {
  const file = snapshot.models.find((model) => model.id === id)?.place.file;
  const text = files.get(file ?? '') ?? '';
  const models = new Set(snapshot.models.filter(({ place }) => place.file === file).map(({ name }) => name));
  const defined = text.matchAll(/^(?:(?:async )?def |class )?(\w+) *[:=(]/gm);
  return [...defined].flatMap(([, name]) => (name === undefined || models.has(name) ? [] : [name]));
}

/** Makes operations on models. */
export const modelGenerators: Generators<'model'> = {
  'model.add': {
    make: (world) => {
      const app = pickApp(world);
      if (app === null) return null;
      const fields = Array.from({ length: world.dice.below(4) }, () => randomField(world));
      const admin = world.dice.chance(0.5);
      return { kind: 'model.add', app, name: world.dice.name('Novel'), fields, admin };
    },
    intent: ({ name }) => ({
      added: new RegExp(`${within(name, `${name}Admin`).source}|^<statement>$`),
      changed: exactly('__all__'),
    }),
  },
  'model.addMany': {
    make: (world) => {
      const app = pickApp(world);
      if (app === null) return null;
      const models = [world.dice.name('Novel'), world.dice.name('Volume')].map((name) => ({
        name,
        fields: Array.from({ length: world.dice.below(3) }, () => randomField(world)),
      }));
      return { kind: 'model.addMany', app, models };
    },
    intent: ({ models }) => ({
      added: new RegExp(`${within(...models.map(({ name }) => name)).source}|^<statement>$`),
      changed: exactly('__all__'),
    }),
  },
  'model.rename': {
    make: (world) => {
      const model = pickModel(world);
      return model === null
        ? null
        : { kind: 'model.rename', model: model.id, name: world.dice.name('Novel') };
    },
    intent: ({ model, name }) => ({
      renames: [
        [classOf(model), name],
        [classOf(model).toLowerCase(), name.toLowerCase()],
      ],
      moved: true,
    }),
  },
  'model.remove': {
    make: (world) => {
      const model = pickModel(world);
      return model === null ? null : { kind: 'model.remove', model: model.id };
    },
    intent: ({ model }, { snapshot }) => ({
      removed: new RegExp(`${within(classOf(model)).source}|^\\w*Admin\\w*(\\..*)?$|^<statement>$`),
      changed: exactly('__all__'),
      omits: waysBack(snapshot, (way) => way.model.id === model),
    }),
  },
  'model.duplicate': {
    make: (world) => {
      const model = pickModel(world);
      return model === null
        ? null
        : { kind: 'model.duplicate', model: model.id, name: world.dice.name('Novel') };
    },
    intent: ({ name }) => ({ added: within(name), changed: exactly('__all__') }),
  },
  'model.move': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      const folder = model.place.file.slice(0, model.place.file.lastIndexOf('/') + 1);
      // A module of models becomes a package for it.
      const inside = model.place.file.endsWith('/models.py') && world.dice.chance(0.4) ? 'models/' : '';
      const file = `${folder}${inside}${world.dice.name('novel_')}.py`;
      return { kind: 'model.move', model: model.id, file };
    },
    // What only the model needs goes with it: querysets, functions, constants.
    intent: ({ model }, world) => {
      const moved = within(classOf(model), ...helpersOf(model, world));
      return { removed: moved, added: moved, changed: ANYTHING };
    },
  },
  'model.moveToApp': {
    make: (world) => {
      const [model, app] = [pickModel(world), pickApp(world)];
      return model === null || app === null ? null : { kind: 'model.moveToApp', model: model.id, app };
    },
    intent: ({ model }, world) => {
      const moved = within(classOf(model), ...helpersOf(model, world));
      const path = new RegExp(`${moved.source}|^<statement>$`);
      return { removed: path, added: path, changed: ANYTHING };
    },
  },
  'model.changeBases': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      const bases = world.dice.chance(0.5) ? ['models.Model'] : [...model.bases, 'object'];
      return { kind: 'model.changeBases', model: model.id, bases };
    },
    intent: ({ model }) => ({ changed: exactly(classOf(model)) }),
  },
  'model.setAbstract': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      return { kind: 'model.setAbstract', model: model.id, abstract: !model.abstract };
    },
    intent: ({ model }) => {
      const meta = within(`${classOf(model)}.Meta`);
      return { added: meta, changed: meta, removed: meta };
    },
  },
  'model.setStr': {
    make: (world) => {
      const model = pickModel(world);
      const field = world.dice.pick(model?.fields ?? []);
      if (model === null || field === null) return null;
      const pattern = world.dice.pick([
        `{${field.name}}`,
        `“{${field.name}}” it's {pk}`,
        `"{${field.name}}"`,
      ]);
      return { kind: 'model.setStr', model: model.id, pattern: pattern ?? '' };
    },
    intent: ({ model }) => ({
      added: exactly(`${classOf(model)}.__str__`),
      changed: exactly(`${classOf(model)}.__str__`),
    }),
  },
  'model.setAbsoluteUrl': {
    make: (world) => {
      const model = pickModel(world);
      const route = world.dice.pick(world.snapshot.routes.filter(({ name }) => name !== null))?.name ?? null;
      if (model === null || route === null) return null;
      const parameters: Record<string, string> = world.dice.chance(0.5) ? { pk: 'pk' } : {};
      return { kind: 'model.setAbsoluteUrl', model: model.id, route, parameters };
    },
    intent: ({ model }) => ({
      added: exactly(`${classOf(model)}.get_absolute_url`),
      changed: exactly(`${classOf(model)}.get_absolute_url`),
    }),
  },
  'model.addManager': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      const name = world.dice.pick(['objects', world.dice.name('novels_')]) ?? 'objects';
      return { kind: 'model.addManager', model: model.id, name, queryset: world.dice.name('NovelQuerySet') };
    },
    intent: ({ model, name, queryset }) => ({
      // A manager beside Django's own one makes that one explicit.
      added: new RegExp(
        `${exactly(...[name, 'objects'].map((each) => `${classOf(model)}.${each}`)).source}|${within(queryset).source}`,
      ),
    }),
  },
};
