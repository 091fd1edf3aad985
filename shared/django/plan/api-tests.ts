import type { FileStyle } from '../../python/file-style.ts';
import type { ImportRequest } from '../../python/import-edit.ts';
import { layoutCall } from '../../python/layout.ts';
import { indentLines } from '../../python/statement-edit.ts';
import { joinPath } from '../module-resolver.ts';
import type { OperationOf } from '../operations.ts';
import type { ModelFacts } from '../project-model.ts';
import type { ApiDefaults } from './api-settings.ts';
import { appendToModule } from './append.ts';
import type { Draft } from './draft.ts';
import type { PlanContext } from './plan-context.ts';
import { boundNames, snakeCase } from './plan-model.ts';
import { createSampleObjects, modelsModule, usersHaveRights, type SampleObjects } from './sample-objects.ts';

/** What the tests of an endpoint are written from. */
export interface ApiTestInput {
  readonly operation: OperationOf<'api.add'>;
  readonly model: ModelFacts;
  readonly folder: string;
  readonly defaults: ApiDefaults;
  /** Start of the names of its routes: `api:book`. */
  readonly route: string;
}

/** Writes tests that pass as they stand: access, list, queries, detail, create, update, delete, search. */
export function addApiTests(input: ApiTestInput, context: PlanContext, draft: Draft): void {
  const path = testFile(input, draft);
  const style = draft.style(path);
  const source = draft.exists(path) ? draft.source(path) : null;
  const bound = boundNames(source);
  const name = `${input.model.name}ApiTests`;
  if (bound.has(name)) {
    draft.note(`${path} has ${name} already: no tests were written.`);
    return;
  }
  const objects = createSampleObjects(context, style);
  const test = testClass(name, input, objects, context, draft, style);
  const factories = objects.factories().filter((factory) => !bound.has(factory.name));
  const numbered =
    factories.some(({ code }) => code.includes('next(numbers)')) || test.includes('next(numbers)');
  const counter = numbered && !bound.has('numbers') ? ['numbers = itertools.count(1)'] : [];
  const code = [...counter, ...factories.map((factory) => factory.code), test].join('\n\n\n');
  const quoted = style.quote === '"' ? code.replaceAll("'", '"') : code;
  const used = (request: ImportRequest): boolean =>
    new RegExp(`\\b${(request.name ?? request.module).replaceAll('.', '\\.')}\\b`).test(quoted);
  const imports: ImportRequest[] = [
    ...(numbered ? [{ module: 'itertools', name: null }] : []),
    { module: 'django.db', name: 'connection' },
    { module: 'django.test.utils', name: 'CaptureQueriesContext' },
    { module: 'django.urls', name: 'reverse' },
    { module: 'rest_framework.test', name: 'APITestCase' },
    { module: modelsModule(input.model, context), name: input.model.name },
    ...objects.imports(),
  ].filter(used);
  if (source === null) {
    draft.createModule(path, { code: quoted, imports });
    return;
  }
  draft.edit(path, [appendToModule(source, quoted)]);
  draft.require(path, imports);
}

/** `tests.py`, or a module of its own in a `tests` package. */
function testFile({ folder, model }: ApiTestInput, draft: Draft): string {
  const single = joinPath(folder, 'tests.py');
  if (draft.exists(single)) return single;
  const init = joinPath(folder, 'tests', '__init__.py');
  if (!draft.exists(init)) draft.create(init, '');
  return joinPath(folder, 'tests', `test_api_${snakeCase(model.name)}.py`);
}

function testClass(
  name: string,
  input: ApiTestInput,
  objects: SampleObjects,
  context: PlanContext,
  draft: Draft,
  style: FileStyle,
): string {
  const i = style.indent;
  const call = (head: string, ...args: readonly string[]): string =>
    i + layoutCall(`${head}(`, args, style, i + i).replaceAll('\n', `\n${i}`);
  const { operation, model, route, defaults } = input;
  const privileged = operation.permission === 'admin-only' || operation.permission === 'model-permissions';
  const user = !privileged || usersHaveRights(context) ? objects.userFactory() : null;
  const factory = user === null ? null : objects.factoryOf(model);
  const variable = snakeCase(model.name);
  const rights = privileged ? 'is_staff=True, is_superuser=True' : '';
  const lines = [`class ${name}(APITestCase):`];
  const add = (...methods: readonly (readonly string[])[]): void => {
    for (const method of methods)
      lines.push(...(lines.length > 1 ? [''] : []), indentLines(method.join('\n'), i));
  };
  const results = defaults.pagination ? "response.json()['results']" : 'response.json()';
  if (user !== null) {
    add([
      '@classmethod',
      'def setUpTestData(cls):',
      `${i}cls.user = ${user}(${rights})`,
      ...(factory === null ? [] : [`${i}cls.${variable} = ${factory}()`]),
    ]);
  }
  add([
    'def setUp(self):',
    `${i}self.list_url = reverse('${route}-list')`,
    ...(factory === null
      ? []
      : [call('self.detail_url = reverse', `'${route}-detail'`, `args=[self.${variable}.pk]`)]),
    ...(user === null ? [] : [`${i}self.client.force_authenticate(self.user)`]),
  ]);
  add(anonymousTest(operation.permission, user !== null, i));
  if (user !== null) {
    add([
      'def test_list(self):',
      `${i}response = self.client.get(self.list_url)`,
      `${i}self.assertEqual(response.status_code, 200)`,
      call('self.assertEqual', `len(${results})`, `${model.name}.objects.count()`),
    ]);
  }
  if (factory === null) {
    draft.note(
      `Valid values for ${model.id} can’t be told from its source: the tests make no objects of it.`,
    );
    return lines.join('\n');
  }
  add([
    'def test_list_takes_no_more_queries_for_more_rows(self):',
    `${i}with CaptureQueriesContext(connection) as queries:`,
    `${i}${i}self.client.get(self.list_url)`,
    `${i}${factory}()`,
    `${i}${factory}()`,
    `${i}with self.assertNumQueries(len(queries)):`,
    `${i}${i}self.client.get(self.list_url)`,
  ]);
  add([
    'def test_detail(self):',
    `${i}response = self.client.get(self.detail_url)`,
    `${i}self.assertEqual(response.status_code, 200)`,
    `${i}self.assertIn('${operation.fields[0] ?? 'id'}', response.json())`,
  ]);
  addWriting(input, objects, add, draft, i);
  add([
    'def test_delete(self):',
    `${i}response = self.client.delete(self.detail_url)`,
    `${i}self.assertEqual(response.status_code, 204)`,
    call('self.assertFalse', `${model.name}.objects.filter(pk=self.${variable}.pk).exists()`),
  ]);
  const searched = operation.search.find((field) => !field.includes('__'));
  if (searched !== undefined) {
    add([
      'def test_search(self):',
      `${i}response = self.client.get(self.list_url, {'search': self.${variable}.${searched}})`,
      `${i}self.assertEqual(response.status_code, 200)`,
      `${i}self.assertGreaterEqual(len(${results}), 1)`,
    ]);
  }
  return lines.join('\n');
}

function anonymousTest(
  permission: OperationOf<'api.add'>['permission'],
  authenticated: boolean,
  i: string,
): readonly string[] {
  const anonymous = authenticated ? [`${i}self.client.force_authenticate(None)`] : [];
  if (permission !== 'authenticated-or-read-only') {
    return [
      'def test_anonymous_requests_are_refused(self):',
      ...anonymous,
      `${i}response = self.client.get(self.list_url)`,
      `${i}self.assertIn(response.status_code, [401, 403])`,
    ];
  }
  return [
    'def test_anonymous_requests_only_read(self):',
    ...anonymous,
    `${i}response = self.client.get(self.list_url)`,
    `${i}self.assertEqual(response.status_code, 200)`,
    `${i}response = self.client.post(self.list_url, {}, format='json')`,
    `${i}self.assertIn(response.status_code, [401, 403])`,
  ];
}

function addWriting(
  { operation, model }: ApiTestInput,
  objects: SampleObjects,
  add: (...methods: readonly (readonly string[])[]) => void,
  draft: Draft,
  i: string,
): void {
  const payload = objects.payloadOf(model, operation.fields);
  if (payload === null) {
    draft.note(
      `${model.id} needs values that a request can’t give or that are not served: the tests create nothing through the API.`,
    );
    return;
  }
  const numbered = payload.some((entry) => /\bnumber\b/.test(entry));
  add([
    'def payload(self):',
    ...(numbered ? [`${i}number = next(numbers)`] : []),
    ...(payload.length === 0
      ? [`${i}return {}`]
      : [`${i}return {`, ...payload.map((entry) => `${i}${i}${entry},`), `${i}}`]),
  ]);
  add([
    'def test_create(self):',
    `${i}response = self.client.post(self.list_url, self.payload(), format='json')`,
    `${i}self.assertEqual(response.status_code, 201, response.content)`,
  ]);
  add([
    'def test_update(self):',
    `${i}response = self.client.patch(self.detail_url, self.payload(), format='json')`,
    `${i}self.assertEqual(response.status_code, 200, response.content)`,
  ]);
}
