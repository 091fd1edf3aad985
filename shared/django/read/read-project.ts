import type { Derivations } from '../derivations.ts';
import { createModuleResolver, folderOf, joinPath, type ModuleResolver } from '../module-resolver.ts';
import { otherProjects } from './other-projects.ts';
import type { FileStore, ProjectFiles, SourceText } from '../project-files.ts';
import type { ProjectSnapshot, SettingsFacts, SourceProblem } from '../project-model.ts';
import { readApps } from './read-apps.ts';
import { createChoicesReader } from './read-choices.ts';
import { createComponentReader } from './read-components.ts';
import { createModelReader } from './read-models.ts';
import { readRoutes } from './read-routes.ts';
import { readSettings, type SettingsDeps } from './read-settings.ts';
import { readSettingsModule } from './settings-module.ts';

/** Reads a project again and again while its files change; what no change reaches is not read twice. */
export interface ProjectReader {
  /** Everything the source tells of the project; nothing is run. */
  readonly read: () => Omit<ProjectSnapshot, 'revision'>;
  readonly resolver: ModuleResolver;
}

/** Makes the reader of one workspace. `project` is the folder of the chosen `manage.py`. */
export function createProjectReader(
  files: FileStore,
  derivations: Derivations,
  options: { readonly workspaceRoot: string; readonly project: string | null },
): ProjectReader {
  const { derive } = derivations;
  const manage = derive(() => findManage(files, options.project));
  const entry = derive(() => findSettings(files, manage().path));
  const roots = derive(() => rootsOf(files, manage().path, entry().module));
  const resolver = createModuleResolver(files, roots, derivations);
  const { workspaceRoot } = options;
  const projectFolder = (): string => folderOf(manage().path ?? '');
  const settings = derive(() =>
    readSettingsOf(entry(), { files, resolver, workspaceRoot, project: projectFolder() }),
  );
  const others = derive(() => otherProjects(files, manage().path));
  const apps = derive(() =>
    readApps(settings().facts?.installedApps ?? [], { files, resolver, others: others() }),
  );
  const authUserModel = derive(() => settings().facts?.authUserModel ?? 'auth.User');
  const swappableModels = derive(() => settings().facts?.swappableModels ?? {});
  const readModels = createModelReader({
    files,
    resolver,
    derivations,
    apps,
    authUserModel,
    swappableModels,
    others,
  });
  const choices = createChoicesReader({ files, resolver, derivations, models: readModels, apps });
  const models = derive(() => readModels());
  const readComponents = createComponentReader({
    files,
    resolver,
    derivations,
    apps,
    models,
    authUserModel,
    others,
  });
  const routes = derive(() => {
    const { rootUrlconf = null, file: settingsFile = null } = settings().facts ?? {};
    return rootUrlconf === null ? [] : readRoutes(rootUrlconf, { files, resolver, settingsFile });
  });
  return {
    resolver,
    read: () => {
      const { path, problem } = manage();
      const { facts, problem: settingsProblem } = settings();
      const read = {
        settings: facts,
        apps: apps(),
        models: models(),
        routes: routes(),
        ...readComponents(),
        choices: choices(),
      };
      const problems = [problem, settingsProblem, urlconfProblem(facts, resolver), appsProblem(facts)];
      return {
        project: path === null ? null : folderOf(path),
        ...read,
        problems: [...problems.filter((each) => each !== null), ...syntaxProblems(files)],
      };
    },
  };
}

function warning(message: string): SourceProblem {
  return { message, place: null, severity: 'warning' };
}

interface FoundManage {
  readonly path: string | null;
  readonly problem: SourceProblem | null;
}

function findManage(files: ProjectFiles, chosen: string | null): FoundManage {
  const found = files
    .paths()
    .filter((path) => /(^|\/)manage\.py$/.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length);
  const wanted = chosen === null ? undefined : found.find((path) => folderOf(path) === chosen);
  if (wanted !== undefined) return { path: wanted, problem: null };
  const [first] = found;
  if (first === undefined) {
    const problem = warning('There is no manage.py in this folder: open the folder of a Django project.');
    return { path: null, problem };
  }
  const several = `There are ${String(found.length)} manage.py files; this is the project of ${first}.`;
  return { path: first, problem: found.length > 1 ? warning(several) : null };
}

interface SettingsEntry {
  /** Dotted; null where nobody names it. */
  readonly module: string | null;
  /** The file that names it. */
  readonly by: string | null;
}

function findSettings(files: ProjectFiles, manage: string | null): SettingsEntry {
  const project = manage === null ? '' : folderOf(manage);
  const inProject = files.paths().filter((path) => project === '' || path.startsWith(`${project}/`));
  const candidates = [
    ...(manage === null ? [] : [manage]),
    ...inProject.filter((path) => /(^|\/)(wsgi|asgi)\.py$/.test(path)),
  ];
  for (const path of candidates) {
    const module = files.derived(path, readSettingsModule);
    if (module !== null) return { module, by: path };
  }
  return { module: null, by: null };
}

/** Folders on `sys.path`: that of manage.py, what it adds by itself, and the usual places of a package. */
function rootsOf(files: ProjectFiles, manage: string | null, module: string | null): readonly string[] {
  const project = manage === null ? '' : folderOf(manage);
  const roots = [project];
  if (manage !== null) roots.push(...pathAdditions(files, manage, project));
  const settings = module?.replaceAll('.', '/') ?? '';
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
  return (files.derived(path, readPathAdditions) ?? [])
    .map((folder) => joinPath(project, folder))
    .filter((folder) => files.paths().some((each) => folder !== '' && each.startsWith(`${folder}/`)));
}

function readPathAdditions(file: SourceText): readonly string[] {
  if (!file.text.includes('sys.path')) return []; // no tree is made of files that can't have one
  return file.root
    .descendantsOfType('call')
    .filter((call) => /^sys\.path\.(append|insert)\(/.test(call.text))
    .map((call) =>
      call
        .descendantsOfType('string_content')
        .map((part) => part.text)
        .join('/'),
    );
}

interface FoundSettings {
  readonly facts: SettingsFacts | null;
  readonly problem: SourceProblem | null;
}

function readSettingsOf({ module, by }: SettingsEntry, deps: SettingsDeps): FoundSettings {
  if (module === null) {
    const message =
      'The settings module is not named in manage.py: DJANGO_SETTINGS_MODULE has no default there.';
    return { facts: null, problem: warning(message) };
  }
  const file = deps.resolver.findModule(module);
  if (file === null) {
    const message = `${by ?? 'manage.py'} names the settings module ${module}, which is not part of this workspace.`;
    return { facts: null, problem: warning(message) };
  }
  return { facts: readSettings(module, file, deps), problem: null };
}

function urlconfProblem(settings: SettingsFacts | null, resolver: ModuleResolver): SourceProblem | null {
  const urlconf = settings?.rootUrlconf ?? null;
  if (urlconf === null || resolver.findModule(urlconf) !== null) return null;
  return warning(`ROOT_URLCONF names ${urlconf}, which is not part of this workspace.`);
}

function appsProblem(settings: SettingsFacts | null): SourceProblem | null {
  if (settings?.installedAppsPartial !== true) return null;
  return warning('A part of INSTALLED_APPS is computed when the project runs: more apps may be installed.');
}

/** Of the files whose syntax this snapshot needed; others have not been parsed and cost nothing. */
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
