import { readFile } from 'node:fs/promises';
import type { ExportOptions } from '../../../shared/contract/data-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SettingsFacts } from '../../../shared/django/project-model.ts';
import type { ProjectFile } from './project-files.ts';
import type { Requirements } from './requirements.ts';

/** Versions of what the project runs on, from its own environment. */
export interface RuntimeVersions {
  /** `3.12` */
  readonly python: string;
  /** `5.2.7` */
  readonly django: string;
}

/** What the deployment templates are rendered with. */
export interface DeploymentContext {
  readonly values: Readonly<Record<string, unknown>>;
  /** What stands for `__name__` in the names of the template files. */
  readonly names: Readonly<Record<string, string>>;
  /** The settings module of production. */
  readonly settingsModule: string;
}

/** Works out where the production package goes and what the templates have to know of the project. */
export async function deploymentContext(project: {
  readonly name: string;
  readonly settings: SettingsFacts;
  readonly files: readonly ProjectFile[];
  readonly requirements: Requirements;
  readonly versions: RuntimeVersions;
  readonly options: ExportOptions;
}): Promise<DeploymentContext> {
  const { settings, files, requirements, versions, options } = project;
  const { sourceRoot, settingsFile } = placeOfSettings(settings, files);
  const parents = settings.module.split('.').slice(0, -1);
  const packagePath = [...(sourceRoot === '' ? [] : [sourceRoot]), ...parents].join('/');
  const production = freeName(packagePath, files);
  const module = [...parents, production].join('.');
  const wsgi = files.some((file) => file.path === joined(packagePath, 'wsgi.py'));
  const values = {
    module,
    settings_module: settings.module,
    project_wsgi: wsgi ? [...parents, 'wsgi'].join('.') : '',
    production_path: joined(packagePath, production),
    source_root: sourceRoot,
    slug: slugOf(project.name),
    hosts: options.hosts.map(checkedHost).join(','),
    web_replicas: options.webReplicas,
    python_version: versions.python,
    docs_version: versions.django.split('.').slice(0, 2).join('.'),
    csp_middleware: Number(versions.django.split('.')[0]) >= 6,
    static_files:
      settings.installedAppsPartial || settings.installedApps.includes('django.contrib.staticfiles'),
    media_path: await mediaPath(settingsFile),
    needs_libpq: requirements.needsLibpq,
    requirement_files: ['requirements-production.txt', ...requirements.files],
    production_requirements: requirements.lines,
  };
  const names = { package_path: packagePath === '' ? '.' : packagePath, production, dot: '.' };
  return { values, names, settingsModule: `${module}.settings` };
}

/** The folder on Python's path may be another than that of manage.py (`src`), which manage.py then adds. */
function placeOfSettings(
  settings: SettingsFacts,
  files: readonly ProjectFile[],
): { readonly sourceRoot: string; readonly settingsFile: ProjectFile } {
  const path = settings.module.replaceAll('.', '/');
  const found = files
    .flatMap((file) => {
      const ending = [`${path}.py`, `${path}/__init__.py`].find(
        (end) => file.path === end || file.path.endsWith(`/${end}`),
      );
      if (ending === undefined) return [];
      return [{ sourceRoot: file.path.slice(0, -ending.length).replace(/\/$/, ''), settingsFile: file }];
    })
    .toSorted((a, b) => a.sourceRoot.length - b.sourceRoot.length);
  const [nearest] = found;
  if (nearest !== undefined) return nearest;
  throw new Failure(
    'not-available',
    `The settings module ${settings.module} stands in no file of the project (or git ignores it), so nothing can be exported.`,
  );
}

function freeName(packagePath: string, files: readonly ProjectFile[]): string {
  const isTaken = (name: string): boolean =>
    files.some(
      ({ path }) =>
        path === joined(packagePath, `${name}.py`) || path.startsWith(`${joined(packagePath, name)}/`),
    );
  return ['production', 'production_site'].find((name) => !isTaken(name)) ?? 'samois_production';
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A name that is right for an image, a database and its user. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 30);
  return /^[a-z]/.test(slug) ? slug : `site_${slug}`.replace(/_$/, '');
}

function checkedHost(host: string): string {
  const written = host.trim();
  if (written.includes('*')) {
    throw new Failure(
      'invalid-input',
      `${written} would let any host name in. Write the names of the site; .example.com means all below it.`,
    );
  }
  if (/^\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$/i.test(written)) return written;
  throw new Failure(
    'invalid-input',
    `${JSON.stringify(host)} is no host name. Write it without https:// and without a port.`,
  );
}

/** Where uploads are reached; the load balancer serves them. */
async function mediaPath(settingsFile: ProjectFile): Promise<string> {
  const text = await readFile(settingsFile.source, 'utf8');
  const written = /^MEDIA_URL\s*=\s*["']\/?([\w/-]*?)\/?["']/m.exec(text)?.[1];
  return written === undefined || written === '' ? '/media/' : `/${written}/`;
}
