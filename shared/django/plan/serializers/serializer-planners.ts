import type { Planners } from '../planner.ts';
import { planSerializerNest } from './plan-nest.ts';
import {
  planSerializerDepth,
  planSerializerFields,
  planSerializerMeta,
  planSerializerReadOnly,
} from './plan-serializer.ts';
import { planSerializerAdd } from './plan-serializer-add.ts';

/** What can be done with a serializer. */
export const serializerPlanners: Planners<'serializer'> = {
  'serializer.add': {
    title: ({ model, name }) => `Add serializer ${name} for ${model}`,
    plan: planSerializerAdd,
  },
  'serializer.setFields': {
    title: ({ serializer }) => `Set the fields of ${serializer.name}`,
    plan: planSerializerFields,
  },
  'serializer.setReadOnly': {
    title: ({ serializer }) => `Set the read-only fields of ${serializer.name}`,
    plan: planSerializerReadOnly,
  },
  'serializer.nest': {
    title: ({ serializer, field }) => `Nest ${field} in ${serializer.name}`,
    plan: planSerializerNest,
  },
  'serializer.setDepth': {
    title: ({ serializer }) => `Set the depth of ${serializer.name}`,
    plan: planSerializerDepth,
  },
  'serializer.setMeta': {
    title: ({ serializer, option }) => `Set ${option} of ${serializer.name}`,
    plan: planSerializerMeta,
  },
};
