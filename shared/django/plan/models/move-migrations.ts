import { Failure } from '../../../contract/failure.ts';
import { layoutExpression } from '../../../python/layout.ts';
import { pythonString } from '../../../python/python-code.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, assignmentsOf, dottedName, partsOf } from '../../../python/syntax.ts';
import { joinPath } from '../../module-resolver.ts';
import type { FieldFacts, ModelFacts, OptionFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { withExpression } from '../expression.ts';
import type { PlanContext } from '../plan-context.ts';
import { migrationModule, migrationWriter, type MigrationWriter } from './migration-code.ts';
import { appMigrations, type AppMigrations } from './migration-files.ts';

/** A model that goes to another app, with everything its migrations say. */
export interface AppMove {
  readonly model: ModelFacts;
  readonly from: { readonly label: string; readonly folder: string };
  readonly to: { readonly label: string; readonly folder: string };
  /** The table it has and keeps. */
  readonly table: string;
  readonly options: readonly OptionFacts[];
  /** Where a class or function of a file stands afterwards. */
  readonly fileNow: (path: string, name: string) => string;
}

/** The relations of other models that lead to the moved one, or through it. */
interface Leading {
  readonly owner: ModelFacts;
  readonly field: FieldFacts;
}

/**
 * Writes the migrations that let another app know a table, without touching it: the state of the new app gains
 * the model, all relations follow, and the state of the old app loses it.
 * https://docs.djangoproject.com/en/5.2/ref/migration-operations/#separatedatabaseandstate
 */
export function writeMigrations(move: AppMove, context: PlanContext, draft: Draft): void {
  const source = appMigrations(move.from.label, move.from.folder, context);
  const target = appMigrations(move.to.label, move.to.folder, context);
  assertUpToDate(move, source, target, context);
  const writer = new MoveWriter(move, context, draft);
  const leading = relationsTo(move.model, context);
  const lower = move.model.name.toLowerCase();
  const created = `${target.next}_move_${lower}_from_${move.from.label}`;
  writer.write(
    target,
    created,
    [source],
    [],
    [
      (code) => writer.createModel(code, source),
      ...leading.filter(({ owner }) => owner.app === target.label).map((each) => writer.alterField(each)),
    ],
  );
  const followers: (readonly [string, string])[] = [[target.label, created]];
  const others = new Set(
    leading.map(({ owner }) => owner.app).filter((app) => app !== source.label && app !== target.label),
  );
  for (const label of others) {
    const app = context.snapshot.apps.find((each) => each.label === label);
    const migrations = appMigrations(label, app?.folder ?? '', context);
    const name = `${migrations.next}_follow_${lower}_to_${target.label}`;
    writer.write(
      migrations,
      name,
      [],
      [[target.label, created]],
      leading.filter(({ owner }) => owner.app === label).map((each) => writer.alterField(each)),
    );
    followers.push([label, name]);
  }
  writer.write(source, `${source.next}_move_${lower}_to_${target.label}`, [], followers, [
    ...leading.filter(({ owner }) => owner.app === source.label).map((each) => writer.alterField(each)),
    () => `migrations.DeleteModel(name=${writer.text(move.model.name)})`,
  ]);
}

/** What the source says has to be what the migrations say, or a column would be missing. */
function assertUpToDate(
  { model, from, to }: AppMove,
  source: AppMigrations,
  target: AppMigrations,
  { snapshot }: PlanContext,
): void {
  const refuse = (message: string): Failure =>
    new Failure('refused', message, { file: model.place.file, line: model.place.line });
  const known = source.models.get(model.name.toLowerCase());
  if (known === undefined) {
    throw refuse(
      `The migrations of ${from.label} do not have ${model.name} yet: make and apply migrations first.`,
    );
  }
  const inSource = model.fields
    .filter(({ relation }) => relation?.kind !== 'generic')
    .map(({ name }) => name);
  const changed = [
    ...inSource.filter((name) => !known.has(name)),
    ...[...known.keys()].filter((name) => name !== 'id' && !inSource.includes(name)),
  ];
  if (changed.length > 0) {
    throw refuse(
      `The migrations of ${from.label} do not know how ${model.name} is now (${changed.join(', ')}): make and apply migrations first.`,
    );
  }
  const hasModels = snapshot.models.some((each) => each.app === to.label && !each.abstract);
  if (target.leaf === null && hasModels) {
    throw refuse(`The app ${to.label} has models and no migrations: make and apply migrations first.`);
  }
}

function relationsTo(model: ModelFacts, { snapshot }: PlanContext): readonly Leading[] {
  const id = model.id.toLowerCase();
  return snapshot.models
    .filter((owner) => owner.id !== model.id && !owner.abstract && !owner.proxy)
    .flatMap((owner) =>
      owner.fields
        .filter(({ relation }) => {
          const named = [relation?.target, relation?.through];
          return relation?.kind !== 'generic' && named.some((each) => each?.toLowerCase() === id);
        })
        .map((field) => ({ owner, field })),
    );
}

type Operation = (writer: MigrationWriter) => string;

class MoveWriter {
  private readonly move: AppMove;
  private readonly context: PlanContext;
  private readonly draft: Draft;

  constructor(move: AppMove, context: PlanContext, draft: Draft) {
    this.move = move;
    this.context = context;
    this.draft = draft;
  }

  text(text: string): string {
    return pythonString(text, this.draft.style(this.move.model.place.file).quote);
  }

  /** Writes one migration behind the others of its app. */
  write(
    app: AppMigrations,
    name: string,
    behind: readonly AppMigrations[],
    others: readonly (readonly [app: string, migration: string])[],
    operations: readonly Operation[],
  ): void {
    const path = joinPath(app.folder, `${name}.py`);
    const style = this.draft.style(this.move.model.place.file);
    const { model, to } = this.move;
    const modelNow = (id: string): string =>
      id.toLowerCase() === model.id.toLowerCase() ? `${to.label}.${model.name}` : id;
    const writer = migrationWriter(style.quote, modelNow, this.move.fileNow, this.context);
    const state = operations.map((operation) => operation(writer)).join(', ');
    const known = [app, ...behind].flatMap(({ label, leaf }): (readonly [string, string])[] =>
      leaf === null ? [] : [[label, leaf]],
    );
    const dependencies = [...known, ...others].map(
      ([label, leaf]) => `(${this.text(label)}, ${this.text(leaf)})`,
    );
    if (state.includes('settings.AUTH_USER_MODEL')) {
      dependencies.unshift('migrations.swappable_dependency(settings.AUTH_USER_MODEL)');
    }
    const call = `migrations.SeparateDatabaseAndState(database_operations=[], state_operations=[${state}])`;
    const laidOut = withExpression(call, this.context.files, (node) =>
      layoutExpression('', node, style, style.indent + style.indent, ','),
    ).slice(0, -1);
    const { code, imports } = migrationModule(dependencies, [laidOut], style.indent);
    const all = [...imports, ...writer.imports()];
    const needed = state.includes('models.') ? [...all, { module: 'django.db', name: 'models' }] : all;
    if (!app.hasPackage) this.draft.create(joinPath(app.folder, '__init__.py'), '');
    this.draft.createModule(path, { code, imports: needed });
  }

  createModel(writer: MigrationWriter, source: AppMigrations): string {
    const { model } = this.move;
    const known = source.models.get(model.name.toLowerCase());
    const fields = model.fields
      .filter(({ relation }) => relation?.kind !== 'generic')
      .map((field) => `(${this.text(field.name)}, ${writer.field(model, field)})`);
    const key = known?.get('id');
    if (key !== undefined && !model.fields.some(({ name }) => name === 'id')) {
      fields.unshift(
        `(${this.text('id')}, ${key
          .replace(/\s*\n\s*/g, ' ')
          .replace(/([([]) /g, '$1')
          .replace(/,? ([)\]])/g, '$1')})`,
      );
    }
    const options = this.options(writer);
    return `migrations.CreateModel(name=${this.text(model.name)}, fields=[${fields.join(', ')}], options={${options.join(', ')}})`;
  }

  private options(writer: MigrationWriter): readonly string[] {
    const { options, table } = this.move;
    const written = options
      .filter(({ name }) => !['abstract', 'app_label', 'db_table', 'swappable'].includes(name))
      .map(({ name, place }) => {
        const source = this.draft.source(place.file);
        const value = assignmentsOf(statementAt(source, place))[0]?.value;
        if (value === undefined) throw new RangeError('An option has a value.');
        assertNamed(name, value, this.move.model);
        return `${this.text(name)}: ${writer.value(value, source)}`;
      });
    return [`${this.text('db_table')}: ${this.text(table)}`, ...written];
  }

  alterField({ owner, field }: Leading): Operation {
    return (writer) =>
      `migrations.AlterField(model_name=${this.text(owner.name.toLowerCase())}, name=${this.text(field.name)}, field=${writer.field(owner, field)})`;
  }
}

/** Django makes names of the app's label where they are left out or ask for it: these would change. */
function assertNamed(option: string, value: SyntaxNode, model: ModelFacts): void {
  if (option !== 'indexes' && option !== 'constraints') return;
  for (const entry of partsOf(value)) {
    const callee = entry.type === 'call' ? (dottedName(entry.childForFieldName('function')) ?? '') : '';
    const named = argumentsOf(entry.childForFieldName('arguments')).keywords.find(
      ({ name }) => name === 'name',
    );
    if (callee !== '' && named !== undefined && !named.value.text.includes('%(app_label)s')) continue;
    throw new Failure(
      'refused',
      `Give each entry of ${option} of ${model.name} a fixed name first: Django would make another one of it in the new app.`,
      { file: model.place.file, line: model.place.line },
    );
  }
}
