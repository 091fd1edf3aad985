import { createModuleResolver, folderOf, joinPath, type ModuleResolver } from './module-resolver.ts';
import type { ProjectFiles } from './project-files.ts';
import type { ProjectSnapshot, SettingsFacts, SourceProblem } from './project-model.ts';
import { readApps } from './read-apps.ts';
import { readModels } from './read-models.ts';
import { readRoutes } from './read-routes.ts';
import { readSettings, readSettingsModule } from './read-settings.ts';

/** A snapshot together with what planners need to look further into the source. */
export interface ReadProject {
  readonly snapshot: ProjectSnapshot;
  readonly resolver: ModuleResolver;
}

/** Everything the source tells of a project; nothing is run. `project` is the folder of the chosen `manage.py`. */
export function readProject(
  files: ProjectFiles,
  options: { readonly workspaceRoot: string; readonly project: string | null; readonly revision: number },
): ReadProject {
  const { workspaceRoot, revision } = options;
  const problems: SourceProblem[] = [];
  const manage = findManage(files, options.project, problems);
  const project = manage === null ? null : folderOf(manage);
  const entry = findSettings(files, manage, project ?? '');
  const resolver = createModuleResolver(files, rootsOf(files, manage, entry));
  const settings = readSettingsOf(entry, { files, resolver, workspaceRoot }, problems);
  const apps = readApps(settings?.installedApps ?? [], { files, resolver });
  const authUserModel = settings?.authUserModel ?? 'auth.User';
  const models = readModels({ files, resolver, apps, authUserModel });
  const urlconf = settings?.rootUrlconf ?? null;
  const routes = urlconf === null ? [] : readRoutes(urlconf, { files, resolver, models });
  if (urlconf !== null && resolver.findModule(urlconf) === null) {
    problems.push(warning(`ROOT_URLCONF names ${urlconf}, which is not part of this workspace.`));
  }
  if (settings?.installedAppsPartial === true) {
    problems.push(
      warning('A part of INSTALLED_APPS is computed when the project runs: more apps may be installed.'),
    );
  }
  problems.push(...syntaxProblems(files));
  return { snapshot: { revision, project, settings, apps, models, routes, problems }, resolver };
}

function warning(message: string): SourceProblem {
  return { message, place: null, severity: 'warning' };
}

function findManage(files: ProjectFiles, chosen: string | null, problems: SourceProblem[]): string | null {
  const found = files
    .paths()
    .filter((path) => /(^|\/)manage\.py$/.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length);
  const wanted = chosen === null ? undefined : found.find((path) => folderOf(path) === chosen);
  if (wanted !== undefined) return wanted;
  const [first] = found;
  if (first === undefined) {
    problems.push(warning('There is no manage.py in this folder: open the folder of a Django project.'));
    return null;
  }
  if (found.length > 1) {
    problems.push(
      warning(`There are ${String(found.length)} manage.py files; this is the project of ${first}.`),
    );
  }
  return first;
}

function findSettings(
  files: ProjectFiles,
  manage: string | null,
  project: string,
): { readonly module: string | null; readonly by: string | null } {
  const inProject = files.paths().filter((path) => project === '' || path.startsWith(`${project}/`));
  const candidates = [
    ...(manage === null ? [] : [manage]),
    ...inProject.filter((path) => /(^|\/)(wsgi|asgi)\.py$/.test(path)),
  ];
  for (const path of candidates) {
    const module = files.derived(path, 'settings-module', ({ root }) => readSettingsModule(root));
    if (module !== null) return { module, by: path };
  }
  return { module: null, by: null };
}

/** Folders on `sys.path`: that of manage.py, what it adds by itself, and the usual places of a package. */
function rootsOf(
  files: ProjectFiles,
  manage: string | null,
  entry: { readonly module: string | null },
): readonly string[] {
  const project = manage === null ? '' : folderOf(manage);
  const roots = [project];
  if (manage !== null) roots.push(...pathAdditions(files, manage, project));
  const settings = entry.module?.replaceAll('.', '/') ?? '';
  for (const place of ['src', '']) {
    const root = joinPath(project === place ? '' : project, place);
    if (files.has(joinPath(root, `${settings}.py`)) || files.has(joinPath(root, settings, '__init__.py'))) {
      roots.push(root);
    }
  }
  const folder = folderOf(joinPath(project, `${settings}.py`));
  for (const path of settings === '' ? [] : files.paths()) {
    if (folderOf(path) === folder) roots.push(...pathAdditions(files, path, project));
  }
  roots.push(joinPath(project, 'src'), '');
  return [...new Set(roots)];
}

/** `sys.path.insert(0, BASE_DIR / 'apps')`: the strings in it name a folder below the project. */
function pathAdditions(files: ProjectFiles, path: string, project: string): readonly string[] {
  const found = files.derived(path, 'sys-path', ({ root }) =>
    root
      .descendantsOfType('call')
      .filter((call) => /^sys\.path\.(append|insert)\(/.test(call.text))
      .map((call) =>
        call
          .descendantsOfType('string_content')
          .map((part) => part.text)
          .join('/'),
      ),
  );
  return (found ?? [])
    .map((folder) => joinPath(project, folder))
    .filter((folder) => files.paths().some((each) => folder !== '' && each.startsWith(`${folder}/`)));
}

function readSettingsOf(
  entry: { readonly module: string | null; readonly by: string | null },
  deps: { readonly files: ProjectFiles; readonly resolver: ModuleResolver; readonly workspaceRoot: string },
  problems: SourceProblem[],
): SettingsFacts | null {
  if (entry.module === null) {
    problems.push(
      warning('The settings module is not named in manage.py: DJANGO_SETTINGS_MODULE has no default there.'),
    );
    return null;
  }
  const file = deps.resolver.findModule(entry.module);
  if (file === null) {
    problems.push(
      warning(
        `${entry.by ?? 'manage.py'} names the settings module ${entry.module}, which is not part of this workspace.`,
      ),
    );
    return null;
  }
  return readSettings(entry.module, file, deps);
}

/** Only files that were read for the snapshot have been parsed by now; others cost nothing. */
function syntaxProblems(files: ProjectFiles): readonly SourceProblem[] {
  return files.paths().flatMap((path) => {
    const lines = path.endsWith('.py') ? files.knownErrors(path) : [];
    const [line] = lines;
    if (line === undefined) return [];
    const place = { file: path, start: 0, end: 0, line };
    return [
      { message: `${path} is not valid Python at line ${String(line)}.`, place, severity: 'error' as const },
    ];
  });
}
