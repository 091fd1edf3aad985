import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with a serializer. */
export const serializerPlanners: Planners<'serializer'> = {
  'serializer.add': { title: ({ model, name }) => `Add serializer ${name} for ${model}`, plan: unbuilt },
  'serializer.setFields': {
    title: ({ serializer }) => `Set the fields of ${serializer.name}`,
    plan: unbuilt,
  },
  'serializer.setReadOnly': {
    title: ({ serializer }) => `Set the read-only fields of ${serializer.name}`,
    plan: unbuilt,
  },
  'serializer.nest': {
    title: ({ serializer, field }) => `Nest ${field} in ${serializer.name}`,
    plan: unbuilt,
  },
  'serializer.setDepth': { title: ({ serializer }) => `Set the depth of ${serializer.name}`, plan: unbuilt },
  'serializer.setMeta': {
    title: ({ serializer, option }) => `Set ${option} of ${serializer.name}`,
    plan: unbuilt,
  },
};
