import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutCall } from '../../../python/layout.ts';
import type { FieldType } from '../../catalogue/field-type.ts';
import type { FieldInput } from '../../operations/parts.ts';
import type { ProjectSnapshot } from '../../project-model.ts';
import type { NewCode } from '../draft.ts';
import { adaptExpression, modelsImport, modelsName, type CodePlace } from '../expression.ts';
import { assertOptions, requireFieldType } from './field-rules.ts';

/** Where a field stands and which models are known there. */
export interface FieldPlace extends CodePlace {
  readonly snapshot: ProjectSnapshot;
  /** Label of the app of the model. */
  readonly app: string;
  /** The model itself: `catalog.Book`. */
  readonly model: string;
}

/** The statement of a new field. */
export function fieldStatement(field: FieldInput, place: FieldPlace): NewCode {
  const type = requireFieldType(field.type);
  const options = new Map(Object.entries(field.options));
  assertOptions(type, options, [...options.keys()]);
  const callee = fieldCallee(type, place);
  const imports: ImportRequest[] = [...callee.imports];
  const args: string[] = [];
  if (type.relation) {
    const target = relationTarget(field.to, place);
    imports.push(...target.imports);
    args.push(target.code);
  }
  for (const [name, typed] of inDocumentedOrder(type, options)) {
    const value = adaptExpression(typed, place);
    imports.push(...value.imports);
    args.push(`${name}=${value.code}`);
  }
  const code = layoutCall(`${field.name} = ${callee.code}(`, args, place.style, place.style.indent);
  return { code, imports };
}

function inDocumentedOrder(
  type: FieldType,
  options: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const order = type.options.map(({ name }) => name);
  return [...options].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** The class of a field by the habit of the file: `models.CharField`, or `CharField` where others are imported so. */
export function fieldCallee(type: FieldType, place: CodePlace): NewCode {
  if (type.module !== 'django.db.models') {
    return {
      code: localName(place, type.module, type.name),
      imports: [{ module: type.module, name: type.name }],
    };
  }
  const hasModels = modelsName(place) !== 'models' || place.module?.imports.has('models') === true;
  const bare = barePackage(place);
  if (bare !== null && !hasModels) {
    return { code: localName(place, bare, type.name), imports: [{ module: bare, name: type.name }] };
  }
  return { code: `${modelsName(place)}.${type.name}`, imports: [modelsImport(place)] };
}

/** The name under which a file has imported something, or its own name. */
function localName({ module }: CodePlace, from: string, name: string): string {
  for (const [local, imported] of module?.imports ?? []) {
    if (imported.module === from && imported.name === name) return local;
  }
  return name;
}

/** `from django.db.models import CharField`: the package from which fields are imported one by one. */
function barePackage({ module }: CodePlace): string | null {
  for (const imported of module?.imports.values() ?? []) {
    if (
      /^django\.(contrib\.gis\.)?db\.models$/.test(imported.module) &&
      imported.name?.endsWith('Field') === true
    ) {
      return imported.module;
    }
  }
  return null;
}

/** The first argument of a relation: a class that is known above, else the name of the model as a string. */
export function relationTarget(to: string | null, place: FieldPlace): NewCode {
  const { quote } = place.style;
  if (to === null || to === '') throw new Failure('invalid-input', 'Choose the model the relation leads to.');
  const { authUserModel = 'auth.User' } = place.snapshot.settings ?? {};
  // https://docs.djangoproject.com/en/5.2/topics/auth/customizing/#referencing-the-user-model
  if (to === 'settings.AUTH_USER_MODEL' || to.toLowerCase() === authUserModel.toLowerCase()) {
    if (to === place.model) return { code: `${quote}self${quote}`, imports: [] };
    return { code: 'settings.AUTH_USER_MODEL', imports: [{ module: 'django.conf', name: 'settings' }] };
  }
  if (to === 'self' || to === place.model) return { code: `${quote}self${quote}`, imports: [] };
  const model = place.snapshot.models.find(({ id }) => id === to);
  if (model?.abstract === true)
    throw new Failure('invalid-input', `${to} is abstract: a relation can’t lead to it.`);
  const [app = '', name = ''] = to.split('.');
  const installed = place.snapshot.apps.some((each) => each.label === app && each.folder === null);
  if (model === undefined && !installed)
    throw new Failure('invalid-input', `There is no model ${to} to lead to.`);
  const text = app === place.app ? name : to;
  return { code: quote + text + quote, imports: [] };
}
