import { rename } from 'node:fs/promises';

/** Moves something of our own that can't be used out of the way; gives its new place, null where it stays. */
export async function setAside(path: string): Promise<string | null> {
  const places = [`${path}.damaged`, `${path}.damaged-${Date.now()}`]; // a folder in the first can't be replaced
  for (const place of places) {
    try {
      await rename(path, place);
      return place;
    } catch {
      continue; // not to be moved there: the caller goes on without, and says so
    }
  }
  return null;
}
