import type { FileStyle } from '../../../python/file-style.ts';
import { layoutCall } from '../../../python/layout.ts';
import { indentLines } from '../../../python/statement-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { ApiDefaults } from './api-settings.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { snakeCase } from '../models/plan-model.ts';
import { usersHaveRights, type SampleObjects } from './sample-objects.ts';

/** What the tests of an endpoint are written from. */
export interface ApiTestInput {
  readonly operation: OperationOf<'api.add'>;
  readonly model: ModelFacts;
  readonly folder: string;
  readonly defaults: ApiDefaults;
  /** Start of the names of its routes: `api:book`. */
  readonly route: string;
}

/** The test class of an endpoint, as far as valid objects can be made from what the source tells. */
export function apiTestClass(
  name: string,
  input: ApiTestInput,
  objects: SampleObjects,
  context: PlanContext,
  draft: Draft,
  style: FileStyle,
): string {
  const { permission } = input.operation;
  const privileged = permission === 'admin-only' || permission === 'model-permissions';
  const user = !privileged || usersHaveRights(context) ? objects.userFactory() : null;
  const factory = user === null ? null : objects.factoryOf(input.model);
  const write = new TestWriter(input, style);
  const methods = [...write.setUp(user, privileged, factory), write.anonymous(user !== null)];
  if (user !== null) methods.push(write.list());
  if (factory === null) {
    draft.note(
      `Valid values for ${input.model.id} can’t be told from its source: the tests make no objects of it.`,
    );
  } else {
    methods.push(write.queries(factory), write.detail());
    const payload = objects.payloadOf(input.model, input.operation.fields);
    if (payload !== null) methods.push(...write.writing(payload));
    else
      draft.note(
        `${input.model.id} needs values that a request can’t give or that are not served: the tests create nothing through the API.`,
      );
    methods.push(write.deletion(), ...write.search());
  }
  const body = methods.map((lines) => indentLines(lines.join('\n'), style.indent)).join('\n\n');
  return `class ${name}(APITestCase):\n${body}`;
}

/** Lines of a method, its own indentation left out. */
type Method = readonly string[];

class TestWriter {
  private readonly input: ApiTestInput;
  private readonly style: FileStyle;
  private readonly variable: string;
  private readonly results: string;

  constructor(input: ApiTestInput, style: FileStyle) {
    this.input = input;
    this.style = style;
    this.variable = snakeCase(input.model.name);
    this.results = input.defaults.pagination ? "response.json()['results']" : 'response.json()';
  }

  setUp(user: string | null, privileged: boolean, factory: string | null): readonly Method[] {
    const { route } = this.input;
    const rights = privileged ? 'is_staff=True, is_superuser=True' : '';
    const key = `args=[self.${this.variable}.pk]`;
    const data = user === null ? [] : [`cls.user = ${user}(${rights})`];
    const object = factory === null ? [] : [`cls.${this.variable} = ${factory}()`];
    const detail = factory === null ? [] : [this.call('self.detail_url = reverse', `'${route}-detail'`, key)];
    const login = user === null ? [] : ['self.client.force_authenticate(self.user)'];
    return [
      ...(user === null ? [] : [['@classmethod', ...this.method('setUpTestData(cls)', ...data, ...object)]]),
      this.method('setUp(self)', `self.list_url = reverse('${route}-list')`, ...detail, ...login),
    ];
  }

  anonymous(authenticated: boolean): Method {
    const logout = authenticated ? ['self.client.force_authenticate(None)'] : [];
    const refused = 'self.assertIn(response.status_code, [401, 403])';
    const get = 'response = self.client.get(self.list_url)';
    if (this.input.operation.permission !== 'authenticated-or-read-only') {
      return this.method('test_anonymous_requests_are_refused(self)', ...logout, get, refused);
    }
    const post = "response = self.client.post(self.list_url, {}, format='json')";
    return this.method('test_anonymous_requests_only_read(self)', ...logout, get, status(200), post, refused);
  }

  list(): Method {
    const all = `${this.input.model.name}.objects.count()`;
    return this.method(
      'test_list(self)',
      'response = self.client.get(self.list_url)',
      status(200),
      this.call('self.assertEqual', `len(${this.results})`, all),
    );
  }

  queries(factory: string): Method {
    const get = `${this.style.indent}self.client.get(self.list_url)`;
    return this.method(
      'test_list_takes_no_more_queries_for_more_rows(self)',
      'with CaptureQueriesContext(connection) as queries:',
      get,
      `${factory}()`,
      `${factory}()`,
      'with self.assertNumQueries(len(queries)):',
      get,
    );
  }

  detail(): Method {
    const [field = 'id'] = this.input.operation.fields;
    return this.method(
      'test_detail(self)',
      'response = self.client.get(self.detail_url)',
      status(200),
      `self.assertIn('${field}', response.json())`,
    );
  }

  writing(payload: readonly string[]): readonly Method[] {
    const number = payload.some((entry) => /\bnumber\b/.test(entry)) ? ['number = next(numbers)'] : [];
    const entries = payload.map((entry) => `${this.style.indent}${entry},`);
    const value = payload.length === 0 ? ['return {}'] : ['return {', ...entries, '}'];
    const post = "response = self.client.post(self.list_url, self.payload(), format='json')";
    const patch = "response = self.client.patch(self.detail_url, self.payload(), format='json')";
    return [
      this.method('payload(self)', ...number, ...value),
      this.method('test_create(self)', post, status(201, 'response.content')),
      this.method('test_update(self)', patch, status(200, 'response.content')),
    ];
  }

  deletion(): Method {
    const rows = `${this.input.model.name}.objects.filter(pk=self.${this.variable}.pk)`;
    return this.method(
      'test_delete(self)',
      'response = self.client.delete(self.detail_url)',
      status(204),
      this.call('self.assertFalse', `${rows}.exists()`),
    );
  }

  search(): readonly Method[] {
    const searched = this.input.operation.search.find((field) => !field.includes('__'));
    if (searched === undefined) return [];
    const get = `response = self.client.get(self.list_url, {'search': self.${this.variable}.${searched}})`;
    return [
      this.method('test_search(self)', get, status(200), `self.assertGreaterEqual(len(${this.results}), 1)`),
    ];
  }

  private method(head: string, ...body: readonly string[]): Method {
    return [`def ${head}:`, ...body.map((line) => indentLines(line, this.style.indent))];
  }

  private call(head: string, ...args: readonly string[]): string {
    return layoutCall(`${head}(`, args, this.style, this.style.indent.repeat(2));
  }
}

function status(code: number, message = ''): string {
  return `self.assertEqual(response.status_code, ${String(code)}${message === '' ? '' : `, ${message}`})`;
}
