import type { ChoicesReference } from '../../../shared/django/operations/parts.ts';
import type { ChoicesFacts } from '../../../shared/django/component-model.ts';
import type { OptionFacts } from '../../../shared/django/project-model.ts';
import { exactly, within, type Intent } from '../intent.ts';
import { classOf, pickModel, type Generators, type World } from './world.ts';

const OPTIONS: readonly (readonly [string, string])[] = [
  ['ordering', '["pk"]'],
  ['verbose_name', "'thing'"],
  ['verbose_name_plural', '_("a rather long name that many things of this kind have got")'],
  ['db_table', "'things'"],
  ['get_latest_by', "'pk'"],
  ['permissions', "[('see','Can see'),('touch','Can touch it with both hands'),('take','Can take it home')]"],
  ['default_permissions', '()'],
  ['managed', 'False'],
];
const ENTRIES = {
  indexes: "models.Index(fields=['id'], name='%')",
  constraints: "models.CheckConstraint(condition=models.Q(id__gt=0), name='%')",
  unique_together: "('id', '%')",
  index_together: "['id', '%']",
  permissions: "('%', 'Can do it')",
} as const;
const LISTS = Object.keys(ENTRIES) as readonly (keyof typeof ENTRIES)[];

function metaIntent({ model }: { readonly model: string }): Intent {
  const meta = within(`${classOf(model)}.Meta`);
  return { added: meta, changed: meta, removed: meta };
}

function listWithEntries({ meta }: { readonly meta: readonly OptionFacts[] }): keyof typeof ENTRIES | null {
  return LISTS.find((list) => meta.some(({ name }) => name === list)) ?? null;
}

/** Makes operations on `Meta`. */
export const metaGenerators: Generators<'meta'> = {
  'meta.set': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      const given = world.dice.pick(model.meta);
      if (given !== null && world.dice.chance(0.4))
        return { kind: 'meta.set', model: model.id, option: given.name, code: null };
      const [option, code] = world.dice.pick(OPTIONS) ?? ['ordering', '[]'];
      return { kind: 'meta.set', model: model.id, option, code };
    },
    intent: metaIntent,
  },
  'meta.addEntry': {
    make: (world) => {
      const model = pickModel(world);
      const option = world.dice.pick(LISTS);
      if (model === null || option === null) return null;
      const code = ENTRIES[option].replace('%', world.dice.name('novel_'));
      return { kind: 'meta.addEntry', model: model.id, option, code };
    },
    intent: metaIntent,
  },
  'meta.changeEntry': {
    make: (world) => {
      const model = pickModel(world, (each) => listWithEntries(each) !== null);
      const option = model === null ? null : listWithEntries(model);
      if (model === null || option === null) return null;
      const code = ENTRIES[option].replace('%', world.dice.name('novel_'));
      return { kind: 'meta.changeEntry', model: model.id, option, index: 0, code };
    },
    intent: metaIntent,
  },
  'meta.removeEntry': {
    make: (world) => {
      const model = pickModel(world, (each) => listWithEntries(each) !== null);
      const option = model === null ? null : listWithEntries(model);
      if (model === null || option === null) return null;
      return { kind: 'meta.removeEntry', model: model.id, option, index: world.dice.below(2) };
    },
    intent: (operation) => ({ ...metaIntent(operation), isPositional: true }),
  },
};

function pickChoices({ dice, snapshot, files }: World): ChoicesFacts | null {
  const plain = snapshot.choices.filter(
    ({ place, model }) => model !== null || (files.get(place.file) ?? '')[place.start - 1] === '\n',
  );
  return dice.pick(plain);
}

function referenceTo({ model, name, place }: ChoicesFacts): ChoicesReference {
  return model === null ? { file: place.file, name } : { model, name };
}

function pathOf(reference: ChoicesReference): string {
  return 'model' in reference ? `${classOf(reference.model)}.${reference.name}` : reference.name;
}

function memberOf(world: World): { readonly choices: ChoicesReference; readonly member: string } | null {
  const choices = pickChoices(world);
  const member = world.dice.pick(choices?.members ?? []);
  return choices === null || member === null ? null : { choices: referenceTo(choices), member: member.name };
}

/** Makes operations on choices classes. */
export const choicesGenerators: Generators<'choices'> = {
  'choices.add': {
    make: (world) => {
      const model = pickModel(world);
      if (model === null) return null;
      const isText = world.dice.chance(0.5);
      const members = ['FIRST', 'SECOND'].map((name, at) => ({
        name,
        value: isText ? `'${name.toLowerCase()}'` : String(at),
        label: world.dice.chance(0.5) ? `${name} “it's”` : null,
      }));
      const field = world.dice.chance(0.5) ? (world.dice.pick(model.fields)?.name ?? null) : null;
      const type = isText ? 'TextChoices' : 'IntegerChoices';
      return { kind: 'choices.add', model: model.id, name: world.dice.name('Novel'), type, members, field };
    },
    intent: ({ model, name, field }) => ({
      added: within(`${classOf(model)}.${name}`),
      changed: exactly(`${classOf(model)}.${field ?? '-'}`),
    }),
  },
  'choices.extract': {
    make: (world) => {
      const hasChoices = (field: { readonly options: readonly OptionFacts[] }): boolean =>
        field.options.some(({ name }) => name === 'choices');
      const model = pickModel(world, ({ fields }) => fields.some(hasChoices));
      const field = world.dice.pick(model?.fields.filter(hasChoices) ?? []);
      if (model === null || field === null) return null;
      const name = world.dice.name('Novel');
      return { kind: 'choices.extract', model: model.id, field: field.name, name };
    },
    intent: ({ model, name }) => ({
      added: within(`${classOf(model)}.${name}`, name),
      changed: /./,
      removed: /^(\w+\.)?\w+$/,
      moved: true,
    }),
  },
  'choices.addMember': {
    make: (world) => {
      const choices = pickChoices(world);
      if (choices === null) return null;
      const after = world.dice.chance(0.5) ? (world.dice.pick(choices.members)?.name ?? null) : null;
      const value =
        choices.kind === 'integer' ? String(1000 + world.dice.below(1000)) : `'${world.dice.name('v')}'`;
      const name = world.dice.name('NOVEL_').toUpperCase();
      const member = { name, value, label: world.dice.chance(0.5) ? 'A “new” one' : null };
      return { kind: 'choices.addMember', choices: referenceTo(choices), member, after };
    },
    intent: ({ choices, member }) => ({ added: exactly(`${pathOf(choices)}.${member.name}`) }),
  },
  'choices.changeMember': {
    make: (world) => {
      const found = memberOf(world);
      if (found === null) return null;
      const member = { name: found.member, value: `'${world.dice.name('v')}'`, label: 'Another “label”' };
      return { kind: 'choices.changeMember', choices: found.choices, member };
    },
    intent: ({ choices, member }) => ({ changed: exactly(`${pathOf(choices)}.${member.name}`) }),
  },
  'choices.renameMember': {
    make: (world) => {
      const found = memberOf(world);
      const name = world.dice.name('NOVEL_').toUpperCase();
      return found === null ? null : { kind: 'choices.renameMember', ...found, name };
    },
    intent: ({ member, name }) => ({ renames: [[member, name]], changed: /./ }),
  },
  'choices.reorderMember': {
    make: (world) => {
      const choices = pickChoices(world);
      const member = world.dice.pick(choices?.members ?? []);
      if (choices === null || member === null) return null;
      const after = world.dice.chance(0.3) ? null : (world.dice.pick(choices.members)?.name ?? null);
      return { kind: 'choices.reorderMember', choices: referenceTo(choices), member: member.name, after };
    },
    intent: () => ({ moved: true }),
  },
  'choices.removeMember': {
    make: (world) => {
      const found = memberOf(world);
      return found === null ? null : { kind: 'choices.removeMember', ...found };
    },
    intent: ({ choices, member }) => ({
      removed: exactly(`${pathOf(choices)}.${member}`),
      omits: [member],
    }),
  },
  'choices.rename': {
    make: (world) => {
      const choices = pickChoices(world);
      const name = world.dice.name('Novel');
      return choices === null ? null : { kind: 'choices.rename', choices: referenceTo(choices), name };
    },
    intent: ({ choices, name }) => ({ renames: [[choices.name, name]] }),
  },
};
