import type { ExportOptions, ExportResult, ExportTarget } from '../../../shared/contract/data-calls.ts';

/** The form as it is typed. */
export interface ExportForm {
  /** Host names, separated by spaces, commas or lines. */
  readonly hosts: string;
  readonly webReplicas: number;
  readonly continuousIntegration: ExportOptions['continuousIntegration'];
  readonly kind: ExportTarget['kind'];
  /** The folder in which the export is put. */
  readonly parent: string;
  /** Name of the new folder, or of the zip file without its ending. */
  readonly name: string;
}

/** How the last export ended. */
export type ExportOutcome =
  | { readonly kind: 'done'; readonly result: ExportResult }
  | { readonly kind: 'failed'; readonly message: string };

/** The form before anything was typed. */
export function newExportForm(projectName: string, parent: string): ExportForm {
  return {
    hosts: '',
    webReplicas: 2,
    continuousIntegration: 'github',
    kind: 'folder',
    parent,
    name: `${projectName}-deploy`,
  };
}

/** The options as the contract takes them. */
export function optionsOf(form: ExportForm): ExportOptions {
  return {
    hosts: hostsOf(form),
    webReplicas: form.webReplicas,
    continuousIntegration: form.continuousIntegration,
  };
}

function hostsOf({ hosts }: ExportForm): string[] {
  return hosts.split(/[\s,]+/).filter((host) => host !== '');
}

/** Where the export goes. */
export function targetOf({ kind, parent, name }: ExportForm): ExportTarget {
  const separator = parent.includes('\\') ? '\\' : '/';
  const path = `${parent.replace(/[\\/]+$/, '')}${separator}${name.trim()}`;
  return kind === 'zip' ? { kind, path: `${path}.zip` } : { kind, path };
}

/** What keeps the form from being used, by field. */
export function problemsOf(form: ExportForm): Partial<Record<keyof ExportForm, string>> {
  // https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
  const odd = hostsOf(form).find((host) => !/^\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host));
  return {
    ...(odd === undefined ? {} : { hosts: `“${odd}” is no host name: write it without https:// and port.` }),
    ...(form.parent.trim() === '' ? { parent: 'Choose the folder in which the export is put.' } : {}),
    ...(/^[^\\/]+$/.test(form.name.trim()) ? {} : { name: 'Give the export a name without slashes.' }),
  };
}
