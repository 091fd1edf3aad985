/**
 * Values of a structured clone as JSON text. Both functions run in Node and, by their source text, in
 * the page: they may use nothing from outside themselves.
 */
export function encode(value: unknown): string {
  const tag = (given: unknown): unknown => {
    if (given === undefined) return { $: 'undefined' };
    if (typeof given === 'bigint') return { $: 'bigint', text: String(given) };
    if (typeof given === 'number' && !Number.isFinite(given)) return { $: 'number', text: String(given) };
    if (given instanceof Date) return { $: 'date', time: given.getTime() };
    if (given instanceof Map) return { $: 'map', entries: [...given].map((entry) => entry.map(tag)) };
    if (given instanceof Set) return { $: 'set', values: [...given].map(tag) };
    if (given instanceof Uint8Array) return { $: 'bytes', values: [...given] };
    if (given instanceof Error) return { $: 'error', message: given.message };
    if (Array.isArray(given)) return given.map(tag);
    if (typeof given !== 'object' || given === null) return given;
    return { $: 'object', entries: Object.entries(given).map(([key, inner]) => [key, tag(inner)]) };
  };
  return JSON.stringify(tag(value));
}

/** The value again. */
export function decode(text: string): unknown {
  type Tagged = {
    readonly $: string;
    readonly text: string;
    readonly time: number;
    readonly message: string;
  } & {
    readonly entries: [unknown, unknown][];
    readonly values: unknown[];
  };
  const untag = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(untag);
    if (typeof given !== 'object' || given === null) return given;
    const tagged = given as Tagged;
    const build: Record<string, () => unknown> = {
      undefined: () => undefined,
      bigint: () => BigInt(tagged.text),
      number: () => Number(tagged.text),
      date: () => new Date(tagged.time),
      map: () => new Map(tagged.entries.map(([key, value]) => [untag(key), untag(value)])),
      set: () => new Set(tagged.values.map(untag)),
      bytes: () => Uint8Array.from(tagged.values as number[]),
      error: () => new Error(tagged.message),
      object: () => Object.fromEntries(tagged.entries.map(([key, value]) => [String(key), untag(value)])),
    };
    return build[tagged.$]?.();
  };
  return untag(JSON.parse(text));
}
