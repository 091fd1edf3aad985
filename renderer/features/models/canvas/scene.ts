import type { FieldFacts, ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import type { Size } from './geometry.ts';
import { flagsOf, roleOf, typeLabel, type FieldFlags, type FieldRole } from './field-label.ts';
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
}

/** One box of the picture: a model of the project, or one that is only pointed at. */
export interface SceneNode {
  /** `catalog.Book`. */
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** `outside`: not part of the project (`auth.User`), drawn dimmed. */
  readonly kind: 'model' | 'abstract' | 'proxy' | 'outside';
  readonly stale: boolean;
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
}

/** One app as a region of the picture. */
export interface SceneApp {
  readonly label: string;
  /** Index into the palette of app colours. */
  readonly hue: number;
  /** Only pointed at, not part of the project. */
  readonly outside: boolean;
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

/** Makes the scene of a snapshot, with or without the models of other packages. The same models always give the same scene. */
export function createScene(
  snapshot: Pick<ProjectSnapshot, 'models' | 'settings'>,
  outsideShown = true,
): Scene {
  const models = uniqueModels(snapshot.models);
  const known = new Set(models.map((model) => model.id));
  const named = Map.groupBy(models, (model) => model.name);
  const userModel = snapshot.settings?.authUserModel ?? 'auth.User';
  const allEdges: SceneEdge[] = [];
  const nodes = models.map((model) => {
    allEdges.push(...relationEdges(model, userModel), ...baseEdges(model, named));
    return modelNode(model);
  });
  const edges = outsideShown ? allEdges : allEdges.filter((edge) => known.has(edge.target));
  const outside = new Set(edges.map((edge) => edge.target).filter((target) => !known.has(target)));
  for (const id of [...outside].sort()) nodes.push(outsideNode(id));
  return { nodes, edges, apps: appsOf(nodes), byId: new Map(nodes.map((node) => [node.id, node])) };
}

/** A name that is defined twice (in an `if`, or by mistake) is one box: the last definition counts, as in Python. */
function uniqueModels(models: readonly ModelFacts[]): readonly ModelFacts[] {
  return [...new Map(models.map((model) => [model.id, model])).values()];
}

function modelNode(model: ModelFacts): SceneNode {
  const ordered = orderedFields(model);
  const rows = ordered.slice(0, MAX_ROWS).map(rowOf);
  const hiddenRows = ordered.length - rows.length;
  return {
    id: model.id,
    app: model.app,
    name: model.name,
    kind: model.abstract ? 'abstract' : model.proxy ? 'proxy' : 'model',
    stale: model.stale,
    rows,
    hiddenRows,
    size: nodeSize(model.name, rows, hiddenRows),
  };
}

/** The model's own fields first, in the order of the source; inherited ones behind them. */
export function orderedFields(model: ModelFacts): readonly FieldFacts[] {
  const own = model.fields.filter((field) => field.inheritedFrom === null);
  return own.length === model.fields.length
    ? model.fields
    : [...own, ...model.fields.filter((field) => field.inheritedFrom !== null)];
}

function rowOf(field: FieldFacts): SceneRow {
  return {
    name: field.name,
    type: typeLabel(field),
    role: roleOf(field),
    flags: flagsOf(field),
    inherited: field.inheritedFrom !== null,
  };
}

function outsideNode(id: string): SceneNode {
  const [app = '', name = id] = id.split('.');
  const rows: readonly SceneRow[] = [];
  return { id, app, name, kind: 'outside', stale: false, rows, hiddenRows: 0, size: nodeSize(name, rows, 0) };
}

function relationEdges(model: ModelFacts, userModel: string): SceneEdge[] {
  const edges: SceneEdge[] = [];
  orderedFields(model).forEach((field, index) => {
    const relation = field.relation;
    if (relation === null) return;
    // The abstract base shows the line; repeating it on every child would hide what they add.
    if (field.inheritedFrom !== null) return;
    const target = resolveTarget(relation, model.id, userModel);
    if (target === null) return;
    edges.push({
      id: `${model.id}.${field.name}`,
      kind: relation.kind === 'generic' ? 'generic' : relation.kind,
      source: model.id,
      target,
      row: index < MAX_ROWS ? index : -1,
      label: field.name,
      detail: [relation.onDelete, relation.relatedName === null ? null : `reverse: ${relation.relatedName}`]
        .filter((part) => part !== null)
        .join(' · '),
      through: relation.through,
      optional: flagsOf(field).nullable,
    });
  });
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
      models: models.map((node) => node.id),
    };
  });
}
