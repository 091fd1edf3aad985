import type { Place } from './source-place.ts';

/** Which lens knows a thing: what only Django knows is marked `runtime`. */
export type Origin = 'source' | 'runtime' | 'both';

/** The path in the workspace of a file that Python names; null for other people's code. */
export type OwnPath = (file: string) => string | null;

/** A fact that the two lenses do not agree on. */
export interface LensDifference {
  /** `catalog.Book.title`, or the pattern of a route. */
  readonly subject: string;
  readonly aspect:
    'presence' | 'type' | 'null' | 'unique' | 'target' | 'through' | 'pattern' | 'name' | 'view';
  /** What the source says; null: nothing. */
  readonly source: string | null;
  /** What Django says; null: it is not there. */
  readonly runtime: string | null;
  readonly place: Place;
}

/** A difference in a sentence, with both sides. */
export function differenceSentence({ subject, aspect, source, runtime }: LensDifference): string {
  if (aspect === 'presence') {
    return `${subject} stands in the source, but Django has not loaded it.`;
  }
  const [written, loaded] = [source, runtime].map((side) => side ?? 'none');
  return `${subject}: ${aspect} is ${written ?? ''} in the source and ${loaded ?? ''} in Django.`;
}
