import { z } from 'zod';
import { adminOperations } from './operations/admin-operations.ts';
import { appOperations } from './operations/app-operations.ts';
import { choicesOperations } from './operations/choices-operations.ts';
import { fieldOperations } from './operations/field-operations.ts';
import { metaOperations } from './operations/meta-operations.ts';
import { modelOperations } from './operations/model-operations.ts';
import { querysetOperations } from './operations/queryset-operations.ts';
import { requirementOperations } from './operations/requirement-operations.ts';
import { routeOperations } from './operations/route-operations.ts';
import { serializerOperations } from './operations/serializer-operations.ts';
import { settingsOperations } from './operations/settings-operations.ts';
import { viewOperations } from './operations/view-operations.ts';

/** A designer's intent as plain data. Every change of the user's source is one of these. */
export const operation = z.discriminatedUnion('kind', [
  ...appOperations,
  ...modelOperations,
  ...fieldOperations,
  ...metaOperations,
  ...choicesOperations,
  ...routeOperations,
  ...viewOperations,
  ...querysetOperations,
  ...serializerOperations,
  ...adminOperations,
  ...settingsOperations,
  ...requirementOperations,
]);
export type Operation = z.infer<typeof operation>;
export type OperationKind = Operation['kind'];
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>;
