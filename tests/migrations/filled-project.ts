import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Job } from '../../shared/contract/app-calls.ts';
import type { Operation } from '../../shared/django/operations.ts';
import type { MigrationPlan, MigrationQuestion } from '../../shared/contract/migration-calls.ts';
import { makeDjangoProject, type DjangoProject } from '../support/django-project.ts';
import { openStudio, type Studio } from '../support/studio-services.ts';
import type { Edit, Places } from './edits.ts';

const MODELS = `from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Tag(models.Model):
    word = models.CharField(max_length=30)


class Book(models.Model):
    title = models.CharField(max_length=200)
    note = models.TextField(null=True)
    price = models.IntegerField(default=0)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)
`;
const FILL = `
from catalog.models import Author, Book, Tag
authors = [Author.objects.create(name=f"Author {n}") for n in range(5)]
tags = [Tag.objects.create(word=f"tag {n}") for n in range(4)]
for n in range(60):
    book = Book.objects.create(title=f"Title {n}", note=f"note {n}" if n % 2 else None, price=n, author=authors[n % 5])
    book.tags.add(tags[n % 4])
`;
const ATTEMPTS = 5;

/** A project in the studio, its tables filled, on which one edit after another is made. */
export interface FilledProject {
  /** Edits the models, makes the migration and applies it; fails where a row or a value was lost. */
  readonly make: (edit: Edit) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes the project, fills it and opens it in a studio of its own. */
export async function openFilledProject(): Promise<FilledProject> {
  const project = await makeDjangoProject();
  await project.write('catalog/models.py', MODELS);
  await project.manage('makemigrations', 'catalog');
  await project.manage('migrate');
  await project.manage('shell', '-c', FILL);
  const studio = await openStudio({ folder: project.folder, interpreter: project.interpreter });
  let places: Places = {
    authors: 'catalog_author',
    authorName: 'name',
    books: 'catalog_book',
    title: 'title',
    author: 'author_id',
    tags: 'catalog_book_tags',
  };
  const rows = rowsOf(project, places);
  return {
    make: async (edit) => {
      for (const operation of edit.gestures ?? []) await design(studio, operation);
      await type(studio, edit.typed ?? []);
      const made = await makeMigrations(studio, edit);
      expectSame(edit, 'the operations', made, edit.makes);
      places = { ...places, ...edit.moved };
      expectSame(edit, 'the rows', rowsOf(project, places), rows);
      for (const [sql, value] of edit.holds ?? []) expectSame(edit, sql, valueOf(project, sql), value);
    },
    close: async () => {
      await studio.dispose();
      await project.remove();
    },
  };
}

async function design(studio: Studio, operation: Operation): Promise<void> {
  const plan = await studio.call('source.plan', { operation, accepted: [] });
  const accepted = plan.uncertain.filter((use) => use.accepted).map(({ id }) => id);
  await studio.call('source.apply', { operation, accepted, planId: plan.id });
}

async function type(studio: Studio, typed: NonNullable<Edit['typed']>): Promise<void> {
  if (typed.length === 0) return;
  const path = 'catalog/models.py';
  const { text, hash } = await studio.call('source.read', { path });
  let next = text;
  for (const [from, to] of typed) {
    if (!next.includes(from)) throw new Error(`The models have no ${JSON.stringify(from)}:\n${next}`);
    next = next.replace(from, to);
  }
  await studio.call('source.write', { path, text: next, baseHash: hash });
}

/** Plans until nothing is asked any more, makes and applies; gives the kinds of what was made. */
async function makeMigrations(studio: Studio, edit: Edit): Promise<readonly string[]> {
  const answers = new Map<string, string>();
  const ways = new Set<string>();
  const asked = (): Promise<MigrationPlan> =>
    studio.call('migrations.plan', {
      answers: [...answers].map(([id, answer]) => ({ id, answer })),
      ways: [...ways],
    });
  let plan = await asked();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = answers.size + ways.size;
    for (const question of plan.questions) answers.set(question.id, answerTo(question, edit));
    for (const { id } of plan.migrations.flatMap(({ operations }) =>
      operations.flatMap((each) => each.ways),
    )) {
      if (edit.ways?.some((way) => id.startsWith(`${way}:`)) === true) ways.add(id);
    }
    if (answers.size + ways.size === before) break;
    plan = await asked();
  }
  const made = plan.migrations.flatMap(({ operations }) => operations.map(({ kind }) => kind));
  if (made.length === 0) return made;
  await studio.call('migrations.make', {
    answers: [...answers].map(([id, answer]) => ({ id, answer })),
    ways: [...ways],
  });
  const { jobId } = await studio.call('migrations.apply', {});
  const job = await ended(studio, jobId);
  if (job.state !== 'succeeded') throw new Error(`${edit.name}: ${job.failure?.message ?? job.state}`);
  return made;
}

function ended(studio: Studio, jobId: string): Promise<Job> {
  return new Promise((resolve, reject) => {
    const hear = (job: Job | undefined): void => {
      if (job === undefined || job.id !== jobId || job.state === 'running') return;
      stop();
      resolve(job);
    };
    const stop = studio.subscribe('job.changed', hear);
    // It may have ended before anybody listened.
    studio.call('job.list', {}).then((jobs) => {
      hear(jobs.find(({ id }) => id === jobId));
    }, reject);
  });
}

function answerTo({ kind, default: suggested }: MigrationQuestion, edit: Edit): string {
  if (kind === 'rename_field' || kind === 'rename_model') {
    if (edit.renamed === undefined) throw new Error(`${edit.name}: a rename was asked that was a gesture`);
    return String(edit.renamed);
  }
  if (kind === 'unique_callable_default') return 'true';
  return edit.value ?? suggested ?? 'None';
}

/** The names in every row, and what they are related to. */
function rowsOf(project: DjangoProject, places: Places): unknown {
  const { authors, authorName, books, title, author, tags } = places;
  return withDatabase(project, (database) => ({
    authors: database.prepare(`SELECT id, "${authorName}" FROM ${authors} ORDER BY id`).raw().all(),
    books: database.prepare(`SELECT id, "${title}", "${author}" FROM ${books} ORDER BY id`).raw().all(),
    tags: database.prepare(`SELECT book_id, tag_id FROM ${tags} ORDER BY 1, 2`).raw().all(),
    prices: database.prepare(`SELECT CAST(price AS INTEGER) FROM ${books} ORDER BY id`).raw().all(),
  }));
}

function valueOf(project: DjangoProject, sql: string): unknown {
  return withDatabase(project, (database) => database.prepare(sql).pluck().get());
}

function withDatabase<T>(project: DjangoProject, look: (database: Database.Database) => T): T {
  const database = new Database(join(project.folder, 'db.sqlite3'), { readonly: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

function expectSame(edit: Edit, what: string, found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`“${edit.name}”: ${what} are ${is} and should be ${should}.`);
}
