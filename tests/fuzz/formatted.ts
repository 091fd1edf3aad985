import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pinnedTool } from '../support/python-tools.ts';
import { LIBRARY, python } from '../unit/shared/source-fixture.ts';
import { operationKinds } from './generators/generators.ts';
import type { Bench } from './laws.ts';
import { walk, type WalkResult } from './walk.ts';

const run = promisify(execFile);

/** A tool that lays out files, with what a project that uses it says in its configuration. */
export interface Formatter {
  readonly name: string;
  readonly config: string;
  readonly requirement: string;
  /** What lays a project out. */
  readonly fixes: readonly (readonly string[])[];
  /** What each of these prints is what the tool would still change. */
  readonly checks: readonly (readonly string[])[];
}

const RUFF = {
  requirement: 'ruff==0.17.6',
  fixes: [
    ['ruff', 'format', '-q'],
    ['ruff', 'check', '--select', 'I', '--fix', '-q'],
  ],
  checks: [
    ['ruff', 'format', '--diff', '-q'],
    ['ruff', 'check', '--select', 'I', '--diff', '-q'],
  ],
};
const IMPORTS = '\n[tool.ruff.lint.isort]\nknown-first-party = ["library", "catalog", "shop", "novel_*"]\n';

/** The formatters that are asked. */
export const formatters: readonly Formatter[] = [
  {
    ...RUFF,
    name: 'ruff',
    config: `[tool.ruff]\nline-length = 88\n\n[tool.ruff.format]\nquote-style = "single"\n${IMPORTS}`,
  },
  { ...RUFF, name: 'ruff with short lines', config: `[tool.ruff]\nline-length = 60\n${IMPORTS}` },
  {
    name: 'black',
    config: '[tool.black]\nline-length = 79\n',
    requirement: 'black==26.10.1',
    fixes: [['black', '-q']],
    checks: [['black', '--diff', '-q']],
  },
];

/** What a project has beside, with lines that are too long for one. */
const MORE: Readonly<Record<string, string>> = {
  'library/settings.py': (LIBRARY['library/settings.py'] ?? '').replace(
    "'catalog',",
    "'catalog',\n    'shop',",
  ),
  'library/urls.py': (LIBRARY['library/urls.py'] ?? '').replace(
    /^]/m,
    "    path('shop/', include('shop.urls')),\n]",
  ),
  'shop/__init__.py': '',
  'shop/models.py': python(`
    from django.db import models


    class Listed(models.Model):
        position = models.PositiveIntegerField('position in the list of all', default=0, db_index=True, blank=True)


    class Dish(models.Model):
        SIZES = [('s', 'Small'), ('m', 'Medium'), ('l', 'Large'), ('x', 'Larger than any other dish')]

        name = models.CharField(max_length=40, unique=True)
        size = models.CharField(max_length=1, choices=SIZES)
        price = models.DecimalField(max_digits=6, decimal_places=2, help_text='What a guest pays')

        class Meta:
            ordering = ['name', 'size']
            constraints = [models.UniqueConstraint(fields=['name', 'size'], name='one_dish_of_a_size')]
    `),
  'shop/urls.py': python(`
    from django.urls import path
    from django.views.generic import TemplateView

    urlpatterns = [
        # What guests see first.
        path('', TemplateView.as_view(template_name='shop/dishes.html'), name='all-the-dishes-of-the-shop'),
        path('about/', TemplateView.as_view(template_name='shop/about.html'), name='about'),  # rarely
    ]
    `),
  'catalog/reports.py': python(`
    from django.db.models import Count, F, Q

    from catalog.models import Author, Book, Loan

    LIMITS = {'authors': Author.objects.count, 'books': Book.objects.count, 'loans': Loan.objects.count}


    def busy_authors(minimum, *, names=None):
        books = Book.objects.filter(author__name__in=names, readers__isnull=False).exclude(title='')
        if isinstance(minimum, Author) or minimum is None and not Book.objects.filter(title=minimum):
            return Author.objects.none()
        return (
            Author.objects.filter(books__in=books)
            .annotate(readers=Count('books__readers'), all=F('pk') + F('books__pk'))
            .filter(Q(readers__gte=minimum) | Q(name__startswith='a long name of an author'))
            .order_by('-readers', 'name')
        )


    def loans_of(author, *, reader=None):
        return Loan.objects.filter(book__author=author, reader=reader).select_related('book', 'reader')
    `),
  'catalog/serializers.py': python(`
    from rest_framework import serializers

    from .models import Author, Book


    class AuthorSerializer(serializers.ModelSerializer):
        class Meta:
            model = Author
            fields = ['id', 'name']


    class BookSerializer(serializers.ModelSerializer):
        class Meta:
            model = Book
            fields = ['id', 'title', 'author', 'sequel_to', 'owner', 'readers', 'created']
    `),
};

/** What a formatter would change of the files that operations have left. */
export interface FormatterResult extends WalkResult {
  readonly files: number;
  readonly diff: string;
}

/** Makes operations of every kind on a project that the formatter has laid out, and asks it again. */
export async function walkFormatted(
  { name, config, requirement, fixes, checks }: Formatter,
  { seed, operations, kinds = operationKinds }: Omit<Parameters<typeof walk>[2], 'onPlan'>,
  folder: string,
  bench: Bench,
): Promise<FormatterResult> {
  const programs = await pinnedTool(requirement);
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const ask = async ([program = '', ...args]: readonly string[], path: string): Promise<string> => {
    const options = { cwd: folder, maxBuffer: 1e9 };
    // It fails where it finds something.
    const found = await run(join(programs, program), [...args, path], options).catch(
      (error: unknown) => error,
    );
    return (found as { readonly stdout: string }).stdout;
  };
  const original = { ...LIBRARY, ...MORE };
  await write('pyproject.toml', config);
  for (const [path, text] of Object.entries(original)) await write(`before/${path}`, text);
  for (const fix of fixes) await ask(fix, 'before');
  const files = new Map([
    ['pyproject.toml', config],
    ['requirements.txt', 'Django==5.2.1\n'],
  ]);
  for (const path of Object.keys(original))
    files.set(path, await readFile(join(folder, 'before', path), 'utf8'));

  const texts = new Map<string, string>();
  const result = await walk(
    name,
    files,
    {
      seed,
      operations,
      kinds,
      onPlan: (plan, { kind }) => {
        for (const { path, after } of plan.files) {
          if (after === null || !path.endsWith('.py') || files.get(path) === after) continue;
          texts.set(`after/${String(texts.size)}-${kind}/${path}`, after);
        }
      },
    },
    bench,
  );
  for (const [path, text] of texts) await write(path, text);
  const diffs = await Promise.all(checks.map((check) => ask(check, 'after')));
  return { ...result, files: texts.size, diff: diffs.join('') };
}
