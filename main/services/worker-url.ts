/**
 * The URL of a worker module that stands beside the caller. Sources run as `.ts` (Node strips the
 * types), the build keeps one `.js` a module: the ending of the caller tells which of the two it is.
 */
export function workerUrl(name: string, callerUrl: string): URL {
  const caller = new URL(callerUrl);
  return new URL(`./${name}${caller.pathname.endsWith('.ts') ? '.ts' : '.js'}`, caller);
}
