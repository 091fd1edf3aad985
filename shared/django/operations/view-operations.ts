import { z } from 'zod';
import { classReference, code, modelId, name } from './parts.ts';

export const viewOperations = [
  /** Serializer, viewset, router registration, permissions, filters and tests for one model. */
  z.strictObject({
    kind: z.literal('api.add'),
    model: modelId,
    /** Path below `/api/`: `books`. */
    path: name,
    fields: z.array(name).min(1).max(500),
    filters: z.array(name).max(500),
    search: z.array(name).max(500),
    /** Who may read and write. */
    permission: z.enum(['authenticated', 'authenticated-or-read-only', 'model-permissions', 'admin-only']),
  }),
  /** A class-based view, a viewset or a function in the app's `views.py`. */
  z.strictObject({
    kind: z.literal('view.add'),
    app: name,
    name,
    /** Class it derives from: `ListView`, `TemplateView`, `APIView`, `ModelViewSet`; `function` for a function. */
    base: name,
    /** The model it shows; null for a base that needs none. */
    model: modelId.nullable(),
  }),
  /**
   * Any attribute of a view or viewset as Python code (`permission_classes`, `authentication_classes`,
   * `throttle_classes`, `filterset_fields`, `pagination_class`, `http_method_names`); null takes it away.
   */
  z.strictObject({ kind: z.literal('view.set'), view: classReference, option: name, code: code.nullable() }),
  /** A handler (`get`, `post`) or an extra action of a viewset. */
  z.strictObject({
    kind: z.literal('view.addMethod'),
    view: classReference,
    name,
    /** Of an extra action (`@action`); null for a plain handler. */
    action: z.strictObject({ detail: z.boolean(), methods: z.array(name).min(1).max(10) }).nullable(),
  }),
] as const;
