import { pickModel, type Generators } from './world.ts';

/** Makes operations on querysets, as the requests to a project would ask for them. */
export const querysetGenerators: Generators<'queryset'> = {
  'queryset.addRelated': {
    make: (world) => {
      const model = pickModel(world, ({ abstract, fields }) =>
        abstract ? false : fields.some(({ relation }) => relation !== null),
      );
      const field =
        model === null ? null : world.dice.pick(model.fields.filter((each) => each.relation !== null));
      const view = world.dice.pick(world.snapshot.views);
      if (model === null || field === null) return null;
      const many = field.relation?.kind === 'many-to-many' || field.relation?.kind === 'generic';
      const module = view?.place.file.replace(/\.py$/, '').replaceAll('/', '.');
      return {
        kind: 'queryset.addRelated',
        model: model.id,
        method: many ? 'prefetch_related' : 'select_related',
        relation: field.name,
        fetched:
          view === null ? null : { file: view.place.file, line: view.place.line + world.dice.below(6) },
        view: world.dice.chance(0.3)
          ? 'django.contrib.admin.options.changelist_view'
          : `${module ?? 'views'}.${view?.name ?? 'index'}`,
      };
    },
    intent: () => ({
      added: /(^\w+Admin|\.queryset|\.get_queryset|\.list_select_related|\.<statement>)(\..*)?$/,
      changed: /./,
      removed: /^(<statement>|\w+)$/,
    }),
  },
};
