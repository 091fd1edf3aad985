import { z } from 'zod';
import { name } from './parts.ts';

export const requirementOperations = [
  /** In requirements.txt or pyproject.toml, whichever the project uses. */
  z.strictObject({
    kind: z.literal('requirement.add'),
    package: name,
    /** `>=5.2,<6`; empty for any version. */
    specifier: z.string().max(200),
  }),
  z.strictObject({ kind: z.literal('requirement.remove'), package: name }),
  /** To one version: `==5.2.3`. */
  z.strictObject({ kind: z.literal('requirement.pin'), package: name, version: name }),
] as const;
