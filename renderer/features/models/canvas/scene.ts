import type { ChangeMark, ModelChange, ModelChanges } from '../../../../shared/django/model-changes.ts';
import type { FieldFacts, ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import type { Size } from './geometry.ts';
import { flagsOf, optionsLabel, roleOf, typeLabel, type FieldFlags, type FieldRole } from './field-label.ts';
import { nodeSize } from './metrics.ts';
import { resolveBase, resolveTarget } from './references.ts';

/** One line of a model's box. */
export interface SceneRow {
  readonly name: string;
  /** `Char(200)?`, `Author`. */
  readonly type: string;
  readonly role: FieldRole;
  readonly flags: FieldFlags;
  readonly inherited: boolean;
  /** What else it says, for who looks near: `unique · default=0`. */
  readonly options: string;
  /** What became of it since the revision that the picture is compared with. */
  readonly mark: ChangeMark | null;
}

/** One box of the picture: a model of the project, or one that is only pointed at. */
export interface SceneNode {
  /** `catalog.Book`. */
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** `outside`: not part of the project (`auth.User`), drawn dimmed; `app`: all models of a collapsed app. */
  readonly kind: 'model' | 'abstract' | 'proxy' | 'outside' | 'app';
  readonly stale: boolean;
  /** Said in its header: `abstract`, `12 models`. */
  readonly tag: string | null;
  /** What became of it since the revision that the picture is compared with. */
  readonly mark: ChangeMark | null;
  readonly rows: readonly SceneRow[];
  /** Fields that the box has no room for. */
  readonly hiddenRows: number;
  readonly size: Size;
}

/** What a line between two models stands for. */
export type EdgeKind =
  'foreign-key' | 'one-to-one' | 'many-to-many' | 'generic' | 'inheritance' | 'abstract' | 'proxy';

/** One line of the picture. */
export interface SceneEdge {
  /** `catalog.Book.author`; for inheritance `catalog.Novel<catalog.Book`. */
  readonly id: string;
  readonly kind: EdgeKind;
  readonly source: string;
  readonly target: string;
  /** Row of the source that the line leaves from; -1: its header. */
  readonly row: number;
  /** `author`; `inherits` for a base class. */
  readonly label: string;
  /** `CASCADE · reverse: books`. */
  readonly detail: string;
  /** The line stands for rows of a model of its own (`through`). */
  readonly through: string | null;
  /** The relation may be empty (`null=True`). */
  readonly optional: boolean;
  /** Counts the relations of one model to the same other one, so that they arrive apart. */
  readonly lane: number;
}

/** One app as a region of the picture. */
export interface SceneApp {
  readonly label: string;
  /** Index into the palette of app colours. */
  readonly hue: number;
  /** Only pointed at, not part of the project. */
  readonly outside: boolean;
  /** Drawn as one box. */
  readonly collapsed: boolean;
  readonly models: readonly string[];
}

/** The picture without its positions: what is drawn, and how large. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  readonly apps: readonly SceneApp[];
  readonly byId: ReadonlyMap<string, SceneNode>;
}

/** A model with more fields than this shows the rest as a number. */
export const MAX_ROWS = 30;

/** What of a project the scene shows, and how. */
export interface SceneOptions {
  /** With the models of other packages. */
  readonly outsideShown?: boolean;
  /** Only these models; null: all. */
  readonly only?: ReadonlySet<string> | null;
  /** Of the others only the relations to what is shown are listed; null: all fields of all. */
  readonly whole?: ReadonlySet<string> | null;
  /** What is painted as added, changed and removed. */
  readonly changes?: ModelChanges | null;
}

/** Makes the scene of a snapshot. The same models always give the same scene. */
export function createScene(
  snapshot: Pick<ProjectSnapshot, 'models' | 'settings'>,
  { outsideShown = true, only = null, whole = null, changes = null }: SceneOptions = {},
): Scene {
  const models = [...uniqueModels(snapshot.models), ...removedModels(changes)];
  const known = new Set(models.map((model) => model.id));
  const named = Map.groupBy(models, (model) => model.name);
  const userModel = snapshot.settings?.authUserModel ?? 'auth.User';
  const allEdges: SceneEdge[] = [];
  const isShown = (id: string): boolean => (only?.has(id) ?? true) && (outsideShown || known.has(id));
  const allNodes = models.map((model) => {
    const change = changes?.get(model.id) ?? null;
    const all = [...orderedFields(model), ...removedFields(change)];
    const leads = ({ relation }: FieldFacts): boolean =>
      relation !== null && isShown(resolveTarget(relation, model.id, userModel) ?? '');
    const fields = whole === null || whole.has(model.id) ? all : all.filter(leads);
    const rows = new Map(fields.slice(0, MAX_ROWS).map((field, index) => [field, index] as const));
    allEdges.push(...relationEdges(model, userModel, rows), ...baseEdges(model, named));
    return modelNode(model, fields, all.length, change);
  });
  const nodes = allNodes.filter((node) => isShown(node.id));
  const edges = allEdges.filter((edge) => isShown(edge.source) && isShown(edge.target));
  const outside = new Set(edges.map((edge) => edge.target).filter((target) => !known.has(target)));
  for (const id of [...outside].sort()) nodes.push(outsideNode(id));
  return { nodes, edges, apps: appsOf(nodes), byId: new Map(nodes.map((node) => [node.id, node])) };
}

/** Models that are gone are shown as they were. */
function removedModels(changes: ModelChanges | null): readonly ModelFacts[] {
  return [...(changes?.values() ?? [])].flatMap(({ mark, before }) =>
    mark === 'removed' && before !== null ? [before] : [],
  );
}

/** A name that is defined twice (in an `if`, or by mistake) is one box: the last definition counts, as in Python. */
function uniqueModels(models: readonly ModelFacts[]): readonly ModelFacts[] {
  return [...new Map(models.map((model) => [model.id, model])).values()];
}

function modelNode(
  model: ModelFacts,
  fields: readonly FieldFacts[],
  all: number,
  change: ModelChange | null,
): SceneNode {
  const rows = fields.slice(0, MAX_ROWS).map((field) => rowOf(field, change?.fields.get(field.name) ?? null));
  const hiddenRows = all - rows.length;
  const kind = model.abstract ? 'abstract' : model.proxy ? 'proxy' : 'model';
  const mark = change?.mark ?? null;
  return {
    id: model.id,
    app: model.app,
    name: model.name,
    kind,
    stale: model.stale,
    tag: model.stale ? 'file is broken' : (mark ?? (kind === 'model' ? null : kind)),
    mark,
    rows,
    hiddenRows,
    size: nodeSize(model.name, rows, hiddenRows),
  };
}

function removedFields(change: ModelChange | null): readonly FieldFacts[] {
  return change?.before?.fields.filter((field) => change.fields.get(field.name) === 'removed') ?? [];
}

/** The model's own fields first, in the order of the source; inherited ones behind them. */
export function orderedFields(model: ModelFacts): readonly FieldFacts[] {
  const own = model.fields.filter((field) => field.inheritedFrom === null);
  return own.length === model.fields.length
    ? model.fields
    : [...own, ...model.fields.filter((field) => field.inheritedFrom !== null)];
}

function rowOf(field: FieldFacts, mark: ChangeMark | null): SceneRow {
  return {
    name: field.name,
    type: typeLabel(field),
    role: roleOf(field),
    flags: flagsOf(field),
    inherited: field.inheritedFrom !== null,
    options: optionsLabel(field),
    mark,
  };
}

function outsideNode(id: string): SceneNode {
  const [app = '', name = id] = id.split('.');
  const size = nodeSize(name, [], 0);
  return {
    id,
    app,
    name,
    kind: 'outside',
    stale: false,
    tag: null,
    mark: null,
    rows: [],
    hiddenRows: 0,
    size,
  };
}

function relationEdges(
  model: ModelFacts,
  userModel: string,
  rows: ReadonlyMap<FieldFacts, number>,
): SceneEdge[] {
  const edges: SceneEdge[] = [];
  for (const field of model.fields) {
    const relation = field.relation;
    // The abstract base shows the line; repeating it on every child would hide what they add.
    if (relation === null || field.inheritedFrom !== null) continue;
    const target = resolveTarget(relation, model.id, userModel);
    if (target === null) continue;
    edges.push({
      id: `${model.id}.${field.name}`,
      kind: relation.kind === 'generic' ? 'generic' : relation.kind,
      source: model.id,
      target,
      row: rows.get(field) ?? -1,
      label: field.name,
      detail: [relation.onDelete, relation.relatedName === null ? null : `reverse: ${relation.relatedName}`]
        .filter((part) => part !== null)
        .join(' · '),
      through: relation.through,
      optional: flagsOf(field).nullable,
      lane: edges.filter((edge) => edge.target === target).length,
    });
  }
  return edges;
}

function baseEdges(model: ModelFacts, named: ReadonlyMap<string, readonly ModelFacts[]>): SceneEdge[] {
  const edges: SceneEdge[] = [];
  for (const base of model.bases) {
    const target = resolveBase(base, model, named);
    if (target === null) continue;
    edges.push({
      id: `${model.id}<${target.id}`,
      kind: model.proxy ? 'proxy' : target.abstract ? 'abstract' : 'inheritance',
      source: model.id,
      target: target.id,
      row: -1,
      label: model.proxy ? 'proxy of' : 'inherits',
      detail: '',
      through: null,
      optional: false,
      lane: 0,
    });
  }
  return edges;
}

function appsOf(nodes: readonly SceneNode[]): readonly SceneApp[] {
  const members = new Map<string, SceneNode[]>();
  for (const node of nodes) {
    const app = members.get(node.app);
    if (app === undefined) members.set(node.app, [node]);
    else app.push(node);
  }
  return [...members.keys()].sort().map((label, hue) => {
    const models = members.get(label) ?? [];
    return {
      label,
      hue,
      outside: models.every((node) => node.kind === 'outside'),
      collapsed: false,
      models: models.map((node) => node.id),
    };
  });
}
