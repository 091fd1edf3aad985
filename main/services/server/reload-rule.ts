import { basename } from 'node:path';
import type { FileNotice } from '../source/source-service.ts';

/** Changed files of one kind, as the host takes them. */
export interface Reload {
  readonly kind: FileNotice['kind'];
  readonly files: readonly string[];
}

const TEMPLATE = /\.(?:html?|jinja2?|j2|txt|xml|svg|md)$/;
const IN_TEMPLATES = /[\\/](?:templates|jinja2)[\\/]/;

/** Whether what is served depends on a file: code, templates, and the environment that settings read. */
export function isServedCode(place: string): boolean {
  const name = basename(place);
  return (
    name.endsWith('.py') ||
    name === '.env' ||
    name.startsWith('.env.') ||
    (TEMPLATE.test(name) && IN_TEMPLATES.test(place))
  );
}

/** The reloads that these changes ask for: none, or one a kind of change. */
export function reloadsFor(changes: readonly FileNotice[]): readonly Reload[] {
  const served = changes.filter((change) => isServedCode(change.place));
  const kinds = [...new Set(served.map((change) => change.kind))];
  return kinds.map((kind) => ({
    kind,
    files: served.filter((change) => change.kind === kind).map((change) => change.place),
  }));
}
