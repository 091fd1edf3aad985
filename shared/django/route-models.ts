import type { ClassComponent, DeclarativeComponent, ViewFacts } from './component-model.ts';
import type { ProjectSnapshot, RouteFacts } from './project-model.ts';

type Reading = Pick<ProjectSnapshot, 'models' | 'views' | 'serializers' | 'forms' | 'filters'>;

/**
 * The models a route works with, as far as the source tells: that of its view, of the serializers, forms
 * and filters that the view names, and of serializers nested in these.
 */
export function modelsOfRoute(route: RouteFacts, project: Reading): ReadonlySet<string> {
  const view = viewOf(route, project);
  if (view === null) return new Set();
  const found = new Set<string>(view.model === null ? [] : [view.model]);
  const seen = new Set<ClassComponent>();
  const follow = (component: ClassComponent, codes: readonly string[]): void => {
    if (seen.has(component)) return;
    seen.add(component);
    for (const name of codes.flatMap(namesIn)) {
      for (const other of named(name, component.app, project)) {
        if (other.model !== null) found.add(other.model);
        const declared = other.declared.map(({ typeCode }) => typeCode);
        follow(other, [...declared, ...other.options.map(({ code }) => code)]);
      }
      const model = only(
        project.models.filter((each) => each.name === name),
        component.app,
      );
      if (model !== null) found.add(model.id);
    }
  };
  follow(view, [...view.options.map(({ code }) => code), ...view.decorators]);
  return found;
}

function viewOf({ viewPlace, view }: RouteFacts, { views }: Reading): ViewFacts | null {
  if (viewPlace === null) return null;
  const inFile = views.filter(({ place }) => place.file === viewPlace.file);
  const called = view?.replace(/\(.*$/s, '').split('.');
  return (
    inFile.find(({ place }) => place.start === viewPlace.start) ??
    inFile.find(({ name }) => called?.includes(name) === true) ??
    null
  );
}

function named(name: string, app: string, project: Reading): readonly DeclarativeComponent[] {
  const all = [...project.serializers, ...project.forms, ...project.filters].filter(
    (each) => each.name === name,
  );
  const one = only(all, app);
  return one === null ? [] : [one];
}

/** The app's own one before another's; none where several apps have one. */
function only<T extends { readonly app: string }>(items: readonly T[], app: string): T | null {
  const own = items.find((each) => each.app === app);
  return own ?? (items.length === 1 ? (items[0] ?? null) : null);
}

/** Identifiers of a piece of code that may be classes. */
function namesIn(code: string): readonly string[] {
  return code.match(/\b[A-Z]\w*/g) ?? [];
}
