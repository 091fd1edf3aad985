import { z } from 'zod';

/** A stored value on its way to the window: integers and reals as text so that no digit is lost. */
export type CellValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'real'; readonly text: string }
  /** `bytes` is the whole length where the text was cut. */
  | { readonly kind: 'text'; readonly text: string; readonly bytes?: number | undefined }
  | { readonly kind: 'blob'; readonly bytes: number; readonly hex: string };

/** A stored value as the window sends it back. */
export const cellValue = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('null') }),
  z.strictObject({ kind: z.literal('integer'), text: z.string().regex(/^-?\d{1,19}$/) }),
  z.strictObject({ kind: z.literal('real'), text: z.string().max(40) }),
  z.strictObject({
    kind: z.literal('text'),
    text: z.string().max(5_000_000),
    bytes: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('blob'), bytes: z.number(), hex: z.string().max(2_000_000) }),
]);
