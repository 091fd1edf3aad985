import type { RouteReference } from '../../../shared/django/operations/parts.ts';
import type { ViewFacts } from '../../../shared/django/component-model.ts';
import type { RouteFacts } from '../../../shared/django/project-model.ts';
import { exactly, within, type Intent } from '../intent.ts';
import { pickModel, type Generators, type World } from './world.ts';

/** URL patterns stand in lists, in `urlpatterns += […]` and below conditions. */
const PATTERNS = /^(\w*|<statement>)$/;

function pickRoute(
  { dice, snapshot }: World,
  fits: (route: RouteFacts) => boolean = () => true,
): RouteFacts | null {
  return dice.pick(snapshot.routes.filter(fits));
}

function referenceTo({ place, pattern }: RouteFacts): RouteReference {
  return { file: place.file, start: place.start, pattern };
}

/** A route that moves up to the place of one of the same pattern is what the reference names then. */
function hasTwin(route: RouteReference, { snapshot }: World): boolean {
  const twins = snapshot.routes.filter(
    ({ place, pattern }) => place.file === route.file && pattern === route.pattern,
  );
  return twins.length > 1;
}

const inPatterns = (): Intent => ({ changed: PATTERNS, added: PATTERNS, removed: PATTERNS });

/** Makes operations on routes. */
export const routeGenerators: Generators<'route'> = {
  'route.add': {
    make: ({ dice, snapshot }) => {
      const app = dice.pick(snapshot.apps.filter(({ folder }) => folder !== null));
      if (app === null) return null;
      const name = dice.name('novel-');
      const path = dice.pick(['%/', '%/<int:pk>/', '%/<slug:slug>/<uuid:key>/', '%']) ?? '%/';
      const view = name.replace('-', '_');
      return { kind: 'route.add', app: app.label, path: path.replace('%', name), name, view };
    },
    intent: ({ view }) => ({
      added: new RegExp(`${within(view).source}|^(urlpatterns|app_name)$`),
      changed: PATTERNS,
    }),
  },
  'route.changePath': {
    make: (world) => {
      const route = pickRoute(world);
      if (route === null) return null;
      return { kind: 'route.changePath', route: referenceTo(route), path: `${world.dice.name('novel-')}/` };
    },
    intent: inPatterns,
  },
  'route.rename': {
    make: (world) => {
      const route = pickRoute(world);
      if (route === null) return null;
      const name = world.dice.chance(0.8) ? world.dice.name('novel-') : null;
      return { kind: 'route.rename', route: referenceTo(route), name };
    },
    intent: ({ route, name }, { snapshot }) => {
      const old = snapshot.routes.find(
        ({ place }) => place.file === route.file && place.start === route.start,
      );
      const last = old?.name?.split(':').at(-1);
      const renames: Intent['renames'] = name === null || last === undefined ? [] : [[last, name]];
      return { renames, changed: PATTERNS };
    },
  },
  'route.reorder': {
    make: (world) => {
      const route = pickRoute(world);
      if (route === null) return null;
      const other = pickRoute(world, ({ place }) => place.file === route.place.file);
      const after = other === null || other === route ? null : referenceTo(other);
      return { kind: 'route.reorder', route: referenceTo(route), after };
    },
    intent: ({ route }, world) => ({ ...inPatterns(), moved: true, isPositional: hasTwin(route, world) }),
  },
  'route.move': {
    make: (world) => {
      const route = pickRoute(world);
      const other = pickRoute(world, ({ place }) => place.file !== route?.place.file);
      if (route === null || other === null) return null;
      return { kind: 'route.move', route: referenceTo(route), file: other.place.file };
    },
    // What reverses it says the namespace of its new place.
    intent: ({ route }, world) => {
      const { snapshot } = world;
      const name = snapshot.routes.find(
        ({ place }) => place.file === route.file && place.start === route.start,
      )?.name;
      const last = name?.split(':').at(-1);
      const spaces = new Set(
        snapshot.routes.map((each) => each.name?.split(':').slice(0, -1).join(':') ?? ''),
      );
      const qualified = [...spaces].filter((space) => space !== '').map((space) => `${space}:${last ?? ''}`);
      const renames = qualified.map((each): [string, string] => [last ?? '', each]);
      return {
        ...inPatterns(),
        renames: last === undefined ? [] : renames,
        isPositional: hasTwin(route, world),
      };
    },
  },
  'route.remove': {
    make: (world) => {
      const route = pickRoute(world);
      return route === null ? null : { kind: 'route.remove', route: referenceTo(route) };
    },
    intent: ({ route }, world) => ({ ...inPatterns(), isPositional: hasTwin(route, world) }),
  },
  'route.include': {
    make: (world) => {
      const [route, other] = [pickRoute(world), pickRoute(world)];
      if (route === null || other === null) return null;
      const module = other.place.file.replace(/\.py$/, '').replaceAll('/', '.');
      const namespace = world.dice.chance(0.5) ? world.dice.name('novel_') : null;
      return {
        kind: 'route.include',
        file: route.place.file,
        path: `${world.dice.name('novel-')}/`,
        module,
        namespace,
      };
    },
    intent: inPatterns,
  },
};

function pickClass({ dice, snapshot, files }: World): ViewFacts | null {
  const classes = snapshot.views.filter(
    ({ kind, place }) =>
      kind !== 'function' &&
      kind !== 'api-function' &&
      (place.start === 0 || (files.get(place.file) ?? '')[place.start - 1] === '\n'),
  );
  return dice.pick(classes);
}

const ATTRIBUTES: readonly (readonly [string, string])[] = [
  ['permission_classes', '[IsAuthenticated]'],
  ['http_method_names', "['get','head']"],
  ['pagination_class', 'None'],
  ['filterset_fields', '["id"]'],
  ['throttle_classes', '[UserRateThrottle, AnonRateThrottle]'],
  ['paginate_by', '20'],
  ['template_name', "'a.html'"],
];

/** Makes operations on views. */
export const viewGenerators: Generators<'view'> = {
  'view.add': {
    make: (world) => {
      const app = world.dice.pick(world.snapshot.apps.filter(({ folder }) => folder !== null));
      const base = world.dice.pick([
        'ListView',
        'DetailView',
        'TemplateView',
        'View',
        'APIView',
        'ModelViewSet',
      ]);
      if (app === null || base === null) return null;
      const isPlain = ['TemplateView', 'View', 'APIView'].includes(base);
      const model = isPlain ? null : (pickModel(world, ({ abstract }) => !abstract)?.id ?? null);
      return { kind: 'view.add', app: app.label, name: world.dice.name('Novel'), base, model };
    },
    intent: ({ name }) => ({ added: within(name) }),
  },
  'view.set': {
    make: (world) => {
      const view = pickClass(world);
      if (view === null) return null;
      const reference = { file: view.place.file, name: view.name };
      const given = world.dice.pick(view.options);
      if (given !== null && world.dice.chance(0.3))
        return { kind: 'view.set', view: reference, option: given.name, code: null };
      const [option, code] = world.dice.pick(ATTRIBUTES) ?? ['template_name', "'a'"];
      return { kind: 'view.set', view: reference, option, code };
    },
    intent: ({ view, option }) => {
      const path = exactly(`${view.name}.${option}`);
      return { added: path, changed: path, removed: path };
    },
  },
  'view.addMethod': {
    make: (world) => {
      const view = pickClass(world);
      if (view === null) return null;
      const reference = { file: view.place.file, name: view.name };
      const isAction = view.kind === 'viewset' && world.dice.chance(0.7);
      const action = isAction ? { detail: world.dice.chance(0.5), methods: ['get', 'post'] } : null;
      const name = isAction ? world.dice.name('novel_') : (world.dice.pick(['get', 'post', 'put']) ?? 'get');
      return { kind: 'view.addMethod', view: reference, name, action };
    },
    intent: ({ view, name }) => ({ added: exactly(`${view.name}.${name}`) }),
  },
};

/** Makes an API of a model. */
export const apiGenerators: Generators<'api'> = {
  'api.add': {
    make: (world) => {
      const model = pickModel(world, ({ abstract }) => !abstract);
      if (model === null) return null;
      const fields = ['id', ...model.fields.map(({ name }) => name)].filter(() => world.dice.chance(0.6));
      const permission = world.dice.pick([
        'authenticated',
        'authenticated-or-read-only',
        'admin-only',
      ] as const);
      return {
        kind: 'api.add',
        model: model.id,
        path: world.dice.name('novels-'),
        fields: fields.length === 0 ? ['id'] : fields,
        filters: [],
        search: [],
        permission: permission ?? 'authenticated',
      };
    },
    intent: () => ({ added: /./, changed: /^(urlpatterns|INSTALLED_APPS|REST_FRAMEWORK|\w+|<statement>)$/ }),
  },
};
