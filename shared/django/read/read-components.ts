import type { ExpressionFacts, PythonClass } from '../../python/python-module.ts';
import type {
  AdminFacts,
  FilterFacts,
  FormFacts,
  ProjectComponents,
  SerializerFacts,
  ViewFacts,
} from '../component-model.ts';
import type { Derivations } from '../derivations.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { FileStore } from '../project-files.ts';
import type { AppFacts, ModelFacts } from '../project-model.ts';
import { lineageOf } from './class-lineage.ts';
import type { ComponentContext } from './component-context.ts';
import { isInFolders } from './other-projects.ts';
import { adminRegistrations, readAdmin, withRegistrations, type AdminRegistration } from './read-admin.ts';
import { appLabelOf } from './read-apps.ts';
import { readCommand } from './read-commands.ts';
import { readDeclarative } from './read-declarative.ts';
import { isTest } from './read-models.ts';
import { externalModel } from './read-relations.ts';
import { readSignals } from './read-signals.ts';
import { readClassView, readFunctionViews } from './read-views.ts';

/** What the reader of components needs to know of the project. */
export interface ComponentDeps {
  readonly files: FileStore;
  readonly resolver: ModuleResolver;
  readonly derivations: Derivations;
  readonly apps: () => readonly AppFacts[];
  readonly models: () => readonly ModelFacts[];
  readonly authUserModel: () => string;
  /** Folders of the other projects of the workspace. */
  readonly others: () => readonly string[];
}

type ClassComponents = AdminFacts | SerializerFacts | FormFacts | FilterFacts | ViewFacts;

/** All but choices, which are read with the models. */
export type ReadComponents = Omit<ProjectComponents, 'choices'>;

/** What one file adds to the project. */
interface FileComponents extends ReadComponents {
  readonly registrations: readonly AdminRegistration[];
}

/** Files without any of these words hold no component. */
const MAY_HOLD = /Admin|Inline|Serializer|Form\b|Filter|View|\bview|receiver|\.connect\(|request|Command/;

/** Gives a function that reads the admin, serializers, forms, filters, signals, commands and views of a project. */
export function createComponentReader(deps: ComponentDeps): () => ReadComponents {
  const { files, resolver, derivations, apps, others } = deps;
  const { derive } = derivations;
  const context: ComponentContext = {
    files,
    resolver,
    appLabel: derive((path: string) => appLabelOf(path, apps())),
    modelOf: modelFinder(deps),
  };
  const classComponent = derive((path: string, facts: PythonClass) => readClass(path, facts, context));
  const componentsIn = derive((path: string) => readFile(path, classComponent, context));
  return () => {
    const installed = apps().flatMap(({ folder, installed }) =>
      installed && folder !== null ? [folder] : [],
    );
    const found: FileComponents[] = [];
    for (const path of files.paths()) {
      if (!path.endsWith('.py') || isTest(path, installed)) continue;
      if (isInFolders(path, others()) && !isInFolders(path, installed)) continue;
      const components = componentsIn(path);
      if (components !== null) found.push(components);
      files.trim(); // no node of a tree is in use here, and the trees of all files are too much memory
    }
    const all = <List extends keyof FileComponents>(list: List): FileComponents[List] =>
      found.flatMap((each): readonly unknown[] => each[list]) as unknown as FileComponents[List];
    return {
      admin: withRegistrations(all('admin'), all('registrations')),
      serializers: all('serializers'),
      forms: all('forms'),
      filters: all('filters'),
      signals: all('signals'),
      commands: all('commands'),
      views: all('views'),
    };
  };
}

function readFile(
  path: string,
  classComponent: (path: string, facts: PythonClass) => ClassComponents | null,
  context: ComponentContext,
): FileComponents | null {
  const source = context.files.get(path);
  if (source === null || !MAY_HOLD.test(source.text)) return null;
  const found = source.module.classes.flatMap((facts): readonly ClassComponents[] => {
    const component = facts.bases.length === 0 ? null : classComponent(path, facts);
    if (component === null) return [];
    return [source.stale.has(facts.name) ? { ...component, stale: true } : component];
  });
  const command = readCommand(path, context);
  const components = {
    admin: found.filter((each): each is AdminFacts => each.kind === 'model-admin' || each.kind === 'inline'),
    serializers: found.filter(
      (each): each is SerializerFacts => each.kind === 'serializer' || each.kind === 'model-serializer',
    ),
    forms: found.filter((each): each is FormFacts => each.kind === 'form' || each.kind === 'model-form'),
    filters: found.filter((each) => each.kind === 'filter-set'),
    signals: readSignals(path, context),
    commands: command === null ? [] : [command],
    views: [...found.filter(isView), ...readFunctionViews(path, context)],
    registrations: /\bregister\(/.test(source.text) ? adminRegistrations(path, context) : [],
  };
  return Object.values(components).some((list) => list.length > 0) ? components : null;
}

function isView(component: ClassComponents): component is ViewFacts {
  return 'decorators' in component;
}

function readClass(path: string, facts: PythonClass, context: ComponentContext): ClassComponents | null {
  const reading = { path, facts, lineage: lineageOf(path, facts, context.resolver) };
  return readAdmin(reading, context) ?? readDeclarative(reading, context) ?? readClassView(reading, context);
}

/** Finds the model behind an expression by the class it leads to. */
function modelFinder(deps: ComponentDeps): ComponentContext['modelOf'] {
  const { derive } = deps.derivations;
  const { resolver, apps, authUserModel } = deps;
  const byClass = derive(
    () => new Map(deps.models().map((each) => [`${each.place.file} ${each.name}`, each.id])),
  );
  const idOf = derive((path: string, name: string) => byClass().get(`${path} ${name}`) ?? null);
  const behind = derive((path: string, dotted: string): string | null => {
    const found = resolver.resolve(path, dotted);
    if (found?.kind === 'class') return idOf(found.path, found.facts.name);
    if (found?.kind === 'variable') return isUserModel(found.value) ? authUserModel() : null;
    return found?.kind === 'external' ? externalModel(found.name, apps()) : null;
  });
  return (path, code) => {
    if (code === undefined) return null;
    if (typeof code.literal === 'string') return code.literal.includes('.') ? code.literal : null;
    if (isUserModel(code)) return authUserModel();
    return code.dotted === null ? null : behind(path, code.dotted);
  };
}

function isUserModel({ dotted, call }: ExpressionFacts): boolean {
  return (
    dotted?.endsWith('settings.AUTH_USER_MODEL') === true || call?.callee?.endsWith('get_user_model') === true
  );
}
