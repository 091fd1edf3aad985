import type { Intent } from '../intent.ts';
import { exactly } from '../intent.ts';
import type { Generators, World } from './world.ts';

const VALUES: readonly (readonly [string, string])[] = [
  ['LANGUAGE_CODE', "'de'"],
  ['SESSION_COOKIE_AGE', '60 * 60'],
  ['ALLOWED_HOSTS', "['example.org','www.example.org']"],
  ['CACHES', "{'default':{'BACKEND':'django.core.cache.backends.locmem.LocMemCache','LOCATION':'here'}}"],
  ['DEBUG', 'False'],
];

function pickList({ dice, snapshot }: World) {
  return dice.pick(snapshot.settings?.values.filter(({ entries }) => entries !== null) ?? []);
}

const ofSetting = ({ setting }: { readonly setting: string }): Intent => {
  const path = exactly(setting);
  return { added: path, changed: path, removed: path };
};

/** Makes operations on settings. */
export const settingsGenerators: Generators<'settings'> = {
  'settings.set': {
    make: ({ dice, snapshot }) => {
      const given = dice.pick(snapshot.settings?.values ?? []);
      if (given !== null && dice.chance(0.2))
        return { kind: 'settings.set', setting: given.name, code: null };
      const [setting, code] = dice.pick(VALUES) ?? ['DEBUG', 'True'];
      return { kind: 'settings.set', setting, code };
    },
    intent: ofSetting,
  },
  'settings.addEntry': {
    make: (world) => {
      const list = pickList(world);
      if (list === null) return null;
      const after = world.dice.chance(0.5) ? world.dice.pick(list.entries ?? []) : null;
      return { kind: 'settings.addEntry', setting: list.name, code: `'${world.dice.name('novel.')}'`, after };
    },
    intent: ofSetting,
  },
  'settings.removeEntry': {
    make: (world) => {
      const list = pickList(world);
      const code = world.dice.pick(list?.entries ?? []);
      return list === null || code === null
        ? null
        : { kind: 'settings.removeEntry', setting: list.name, code };
    },
    intent: ofSetting,
  },
  'settings.reorderEntry': {
    make: (world) => {
      const list = pickList(world);
      const code = world.dice.pick(list?.entries ?? []);
      const after = world.dice.chance(0.3) ? null : world.dice.pick(list?.entries ?? []);
      return list === null || code === null
        ? null
        : { kind: 'settings.reorderEntry', setting: list.name, code, after };
    },
    // The list may be a part of the setting with a name of its own.
    intent: () => ({ changed: /^\w+$/ }),
  },
  'settings.fromEnvironment': {
    make: ({ dice, snapshot }) => {
      const given = dice.pick(snapshot.settings?.values ?? []);
      if (given === null) return null;
      const keepDefault = dice.chance(0.5);
      return { kind: 'settings.fromEnvironment', setting: given.name, variable: given.name, keepDefault };
    },
    intent: ({ setting }) => ({ ...ofSetting({ setting }), added: exactly(setting, 'env') }),
  },
};

const PACKAGES = ['django-environ', 'Pillow', 'djangorestframework', 'celery'];

/** Makes operations on the list of packages. */
export const requirementGenerators: Generators<'requirement'> = {
  'requirement.add': {
    make: ({ dice }) => {
      const specifier = dice.pick(['', '>=1.0', '>=5.2,<6', '~=2.1']) ?? '';
      return { kind: 'requirement.add', package: dice.pick(PACKAGES) ?? '', specifier };
    },
    intent: () => ({}),
  },
  'requirement.remove': {
    make: ({ dice }) => ({ kind: 'requirement.remove', package: dice.pick(PACKAGES) ?? '' }),
    intent: () => ({}),
  },
  'requirement.pin': {
    make: ({ dice }) => {
      const version = `==${String(dice.below(9))}.${String(dice.below(9))}`;
      return { kind: 'requirement.pin', package: dice.pick(PACKAGES) ?? '', version };
    },
    intent: () => ({}),
  },
};

/** Makes operations on apps. */
export const appGenerators: Generators<'app'> = {
  'app.add': {
    make: ({ dice }) => ({ kind: 'app.add', name: dice.name('novel_') }),
    intent: () => ({ changed: /^INSTALLED_APPS$/ }),
  },
  'app.rename': {
    make: ({ dice, snapshot }) => {
      const app = dice.pick(snapshot.apps.filter(({ folder }) => folder !== null));
      return app === null ? null : { kind: 'app.rename', app: app.label, name: dice.name('novel_') };
    },
    intent: ({ app, name }) => ({ renames: [[app, name]], changed: /./, added: /\.label$/, moved: true }),
  },
  'app.remove': {
    make: ({ dice, snapshot }) => {
      const app = dice.pick(snapshot.apps.filter(({ folder }) => folder !== null));
      return app === null ? null : { kind: 'app.remove', app: app.label };
    },
    intent: () => ({ changed: /./, removed: /./ }),
  },
};
