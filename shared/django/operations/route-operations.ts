import { z } from 'zod';
import { file, name, routeReference } from './parts.ts';

const path = z.string().max(500);

export const routeOperations = [
  z.strictObject({
    kind: z.literal('route.add'),
    /** Label of the app whose URLconf gets it. */
    app: name,
    path,
    name,
    /** Name of a new view function in the app's `views.py`. */
    view: name,
  }),
  /** Its own path or regular expression, without what stands before it by `include`. */
  z.strictObject({ kind: z.literal('route.changePath'), route: routeReference, path }),
  /** Its name, with every `reverse`, `redirect` and `{% url %}` that surely means it; null takes it away. */
  z.strictObject({ kind: z.literal('route.rename'), route: routeReference, name: name.nullable() }),
  /** Stand behind this one of the same list; null: first. */
  z.strictObject({
    kind: z.literal('route.reorder'),
    route: routeReference,
    after: routeReference.nullable(),
  }),
  /** To the end of the patterns of another URLconf. */
  z.strictObject({ kind: z.literal('route.move'), route: routeReference, file }),
  z.strictObject({ kind: z.literal('route.remove'), route: routeReference }),
  /** `path(…, include(…))` at the end of a URLconf. */
  z.strictObject({
    kind: z.literal('route.include'),
    file,
    path,
    /** Dotted: `shop.catalog.urls`. */
    module: name,
    namespace: name.nullable(),
  }),
] as const;
