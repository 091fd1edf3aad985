import { z } from 'zod';
import { choiceMember, choicesReference, modelId, name } from './parts.ts';

export const choicesOperations = [
  /** A choices class in a model, and the field that uses it, if one is named. */
  z.strictObject({
    kind: z.literal('choices.add'),
    model: modelId,
    name,
    type: z.enum(['TextChoices', 'IntegerChoices']),
    members: z.array(choiceMember).min(1).max(500),
    field: name.nullable(),
  }),
  /** Makes a class of the list that stands in a field, or that the field names. */
  z.strictObject({ kind: z.literal('choices.extract'), model: modelId, field: name, name }),
  z.strictObject({
    kind: z.literal('choices.addMember'),
    choices: choicesReference,
    member: choiceMember,
    /** Stand behind this member; null: behind the last one. */
    after: name.nullable(),
  }),
  /** Value and label; the name changes with `choices.renameMember`. */
  z.strictObject({
    kind: z.literal('choices.changeMember'),
    choices: choicesReference,
    member: choiceMember,
  }),
  z.strictObject({ kind: z.literal('choices.renameMember'), choices: choicesReference, member: name, name }),
  /** Stand behind this member; null: before all others. */
  z.strictObject({
    kind: z.literal('choices.reorderMember'),
    choices: choicesReference,
    member: name,
    after: name.nullable(),
  }),
  z.strictObject({ kind: z.literal('choices.removeMember'), choices: choicesReference, member: name }),
  z.strictObject({ kind: z.literal('choices.rename'), choices: choicesReference, name }),
] as const;
