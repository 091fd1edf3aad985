import type { ImportRequest } from '../../../python/import-edit.ts';
import { joinPath } from '../../module-resolver.ts';
import { apiTestClass, type ApiTestInput } from './api-test-class.ts';
import { appendToModule } from '../append.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { boundNames, snakeCase } from '../models/plan-model.ts';
import { createSampleObjects, modelsModule } from './sample-objects.ts';

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
  const test = apiTestClass(name, input, objects, context, draft, style);
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
