import { afterAll, beforeAll, expect, it } from 'vitest';
import { cureOperation, indexOperation } from '../../../../../renderer/features/server/trace-cures.ts';
import type { Trace } from '../../../../../shared/contract/trace-calls.ts';
import type { Operation } from '../../../../../shared/django/operations.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { openStudio, type Studio } from '../../../../support/studio-services.ts';

const MODELS = `from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=200)


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
`;
const VIEWS = `from django.http import JsonResponse
from django.views.generic import ListView

from catalog.models import Author, Book


class BookList(ListView):
    model = Book
    template_name = "books.html"


def authors(request):
    found = Author.objects.all()
    return JsonResponse({each.name: [book.title for book in each.books.all()] for each in found})


def titled(request):
    return JsonResponse({"count": len(Book.objects.filter(title="book 1"))})
`;
const URLS = `from django.urls import path
from catalog import views

urlpatterns = [
    path("books/", views.BookList.as_view()),
    path("authors/", views.authors),
    path("titled/", views.titled),
]
`;
// In one process: each would load Django again.
const ROWS = `from django.core.management import call_command
call_command("makemigrations", "catalog")
call_command("migrate", "catalog")
from catalog.models import Author, Book
for n in range(5):
    Book.objects.create(title=f"book {n}", author=Author.objects.create(name=f"author {n}"))
`;

let project: DjangoProject;
let studio: Studio;

beforeAll(async () => {
  project = await makeDjangoProject();
  await project.write('catalog/models.py', MODELS);
  await project.write('catalog/views.py', VIEWS);
  await project.write('mysite/urls.py', URLS);
  await project.write(
    'catalog/templates/books.html',
    '{% for book in book_list %}{{ book.author.name }}{% endfor %}',
  );
  await project.manage('shell', '-c', ROWS);
  studio = await openStudio({ folder: project.folder, interpreter: project.interpreter });
  await studio.call('server.start', { port: 0 });
});
afterAll(async () => {
  await studio.dispose();
  await project.remove();
});

const soon = { timeout: 30_000 };

/** What a request did that was made once `generation` serves. */
async function traceOf(path: string, generation: number): Promise<Trace> {
  await expect
    .poll(async () => {
      const status = await studio.call('server.status', {});
      return status.state === 'serving' && status.generation >= generation;
    }, soon)
    .toBe(true);
  const { address } = await studio.call('server.status', {});
  expect((await fetch(new URL(path, address ?? ''))).status).toBe(200);
  let id = 0;
  await expect
    .poll(async () => {
      const { traces } = await studio.call('traces.list', {});
      id = traces.findLast((trace) => trace.path === path && trace.generation >= generation)?.id ?? 0;
      return id;
    }, soon)
    .toBeGreaterThan(0);
  return studio.call('traces.read', { id });
}

async function apply(operation: Operation): Promise<void> {
  const { id } = await studio.call('source.plan', { operation, accepted: [] });
  await studio.call('source.apply', { operation, accepted: [], planId: id });
}

const inWorkspace = (file: string): string | null =>
  file.startsWith(`${project.folder}/`) ? file.slice(project.folder.length + 1) : null;

it.each([
  ['/books/', '    queryset = Book.objects.select_related("author")'],
  ['/authors/', '    found = Author.objects.prefetch_related("books")'],
])('ends the repeated queries of %s by a change that can be undone', async (path, line) => {
  const before = await project.read('catalog/views.py');
  const { generation } = await studio.call('server.status', {});
  const trace = await traceOf(path, generation);
  expect(trace.groups.map(({ count }) => count)).toEqual([5]);
  const cure = trace.groups[0]?.cure;
  if (cure === null || cure === undefined) throw new Error('The trace names no cure.');
  await apply(cureOperation(trace, cure, inWorkspace));
  expect(await project.read('catalog/views.py')).toContain(`${line}\n`);
  const cured = await traceOf(path, trace.generation + 1);
  expect(cured.groups).toEqual([]);
  expect(cured.queryCount).toBeLessThan(trace.queryCount);
  await studio.call('source.undo', {});
  expect(await project.read('catalog/views.py')).toBe(before);
});

it('offers the index that a scan lacks, for the Meta of its model', async () => {
  const { generation } = await studio.call('server.status', {});
  const trace = await traceOf('/titled/', generation);
  const { plan, missingIndexes } = await studio.call('traces.explain', { id: trace.id, query: 0 });
  expect(plan.join('\n')).toContain('SCAN catalog_book');
  expect(missingIndexes).toEqual([{ model: 'catalog.Book', fields: ['title'] }]);
  const [missing] = missingIndexes;
  if (missing === undefined) throw new Error('No index is missing.');
  await apply(indexOperation(missing));
  expect(await project.read('catalog/models.py')).toContain('indexes = [models.Index(fields=["title"])]');
  await studio.call('source.undo', {});
  expect(await project.read('catalog/models.py')).toBe(MODELS);
});
