import { expect, test } from 'vitest';
import { ownPath, placeBeside } from '../../../../../renderer/features/routes/route-source.ts';
import type { ProjectSnapshot, RouteFacts } from '../../../../../shared/django/project-model.ts';

test('the own path of a statement is its first string', () => {
  expect(ownPath(`path("<int:pk>/", views.detail, name="detail"),`)).toBe('<int:pk>/');
  expect(ownPath(`re_path(r'^(?P<year>\\d{4})/$', views.year)`)).toBe('^(?P<year>\\d{4})/$');
  expect(ownPath(`router.register('books', BookViewSet)`)).toBe('books');
  expect(ownPath(`path('', views.home)`)).toBe('');
  expect(ownPath(`path(PREFIX, views.home)\n`)).toBeNull();
});

const route = (start: number, file = 'urls.py'): RouteFacts => ({
  pattern: `/${start}/`,
  kind: 'path',
  name: null,
  view: 'v',
  viewPlace: null,
  place: { file, start, end: start + 5, line: start },
  methods: null,
  condition: null,
  localized: false,
  unknown: null,
});

test('a route moves among those of its file, and not beyond them', () => {
  const routes = [route(1), route(3, 'other.py'), route(10), route(20)];
  const snapshot = { routes } as unknown as ProjectSnapshot;
  const second = routes[2] as RouteFacts;
  expect(placeBeside(snapshot, second, 1)).toMatchObject({ start: 20 });
  expect(placeBeside(snapshot, second, -1)).toBeNull();
  expect(placeBeside(snapshot, route(20), -1)).toMatchObject({ start: 1 });
  expect(placeBeside(snapshot, route(20), 1)).toBeUndefined();
});
