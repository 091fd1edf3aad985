import { z } from 'zod';
import type { ModelPlace } from '../../../shared/contract/source-calls.ts';

/** Places of models by `app.Model`. */
export type ModelPlaces = Readonly<Record<string, ModelPlace>>;

const place = z.object({ x: z.number(), y: z.number() });

/** Reads the text of a layout file. It is safe to lose: what is damaged counts as not there, line by line. */
export function readLayout(text: string): ModelPlaces {
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([model, value]) => {
      const at = place.safeParse(value);
      return at.success ? [[model, at.data] as const] : [];
    }),
  );
}

/** Writes places one model a line, sorted: two branches that move different models then merge without a conflict. */
export function writeLayout(places: ModelPlaces): string {
  const lines = Object.keys(places)
    .sort()
    .flatMap((model) => {
      const at = places[model];
      if (at === undefined) return [];
      return [
        `  ${JSON.stringify(model)}: { "x": ${String(Math.round(at.x))}, "y": ${String(Math.round(at.y))} }`,
      ];
    });
  return lines.length === 0 ? '{}\n' : `{\n${lines.join(',\n')}\n}\n`;
}

/** The places with a change in them: null takes a model out. */
export function mergeLayout(
  places: ModelPlaces,
  changes: Readonly<Record<string, ModelPlace | null>>,
): ModelPlaces {
  const merged = new Map(Object.entries(places));
  for (const [model, at] of Object.entries(changes)) {
    if (at === null) merged.delete(model);
    else merged.set(model, at);
  }
  return Object.fromEntries(merged);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a merge conflict, or somebody's slip: the canvas lays out anew
  }
}
