import { layoutStrings } from '../../../python/layout.ts';
import { joinPath } from '../../module-resolver.ts';
import type { SourceText } from '../../project-files.ts';
import { appendToModule } from '../append.ts';
import type { Draft, NewCode } from '../draft.ts';

/** What an admin class is made from: a new model or one that is there. */
interface NewAdmin {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** Registers a model in the admin of its app, the way the file registers the others. */
export function registerInAdmin(
  app: { readonly folder: string; readonly name: string },
  { name, fields }: NewAdmin,
  draft: Draft,
  models?: string,
): void {
  const path = joinPath(app.folder, 'admin.py');
  const source = draft.exists(path) ? draft.source(path) : null;
  const plain = source !== null && registersPlainly(source);
  const code: NewCode = {
    code: plain ? `admin.site.register(${name})` : adminClass(name, fields, draft.style(path)),
    imports: [
      { module: 'django.contrib', name: 'admin' },
      { module: models ?? modelsModule(source), name },
    ],
  };
  if (source === null) {
    draft.createModule(path, code);
    return;
  }
  draft.edit(path, [appendToModule(source, code.code, plain ? 1 : 2)]);
  draft.require(path, code.imports);
}

/** `.models`, or the way the file names the module already. */
function modelsModule(source: SourceText | null): string {
  for (const { module } of source?.module.imports.values() ?? []) {
    if (/(^|\.)models$/.test(module) && !module.startsWith('django')) return module;
  }
  return '.models';
}

/** The file has registrations, and none with a class of its own. */
function registersPlainly({ text, module }: SourceText): boolean {
  return module.classes.length === 0 && /^admin\.site\.register\(/m.test(text);
}

function adminClass(
  name: string,
  fields: NewAdmin['fields'],
  style: Parameters<typeof layoutStrings>[2],
): string {
  const shown = fields
    .filter(
      ({ type }) =>
        ![
          'ManyToManyField',
          'GenericRelation',
          'TextField',
          'JSONField',
          'BinaryField',
          'CompositePrimaryKey',
        ].includes(type),
    )
    .slice(0, 6)
    .map((field) => field.name);
  const searched = fields
    .filter(({ type }) => ['CharField', 'EmailField', 'SlugField'].includes(type))
    .slice(0, 3)
    .map((field) => field.name);
  const { indent } = style;
  const lines = [
    ...(shown.length > 0 ? [layoutStrings('list_display = ', shown, style, indent)] : []),
    ...(searched.length > 0 ? [layoutStrings('search_fields = ', searched, style, indent)] : []),
  ];
  const body = lines.length === 0 ? ['pass'] : lines;
  return [
    `@admin.register(${name})`,
    `class ${name}Admin(admin.ModelAdmin):`,
    ...body.map((line) =>
      line
        .split('\n')
        .map((part) => indent + part)
        .join('\n'),
    ),
  ].join('\n');
}
