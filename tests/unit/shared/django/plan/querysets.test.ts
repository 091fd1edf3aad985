import { beforeAll, describe, expect, test } from 'vitest';
import type { OperationOf } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

type Asked = Partial<Omit<OperationOf<'queryset.addRelated'>, 'kind'>>;

const VIEWS = 'catalog/views.py';

/** The changed lines when `file` holds `code` and a request fetched books at the line that ends with `# here`. */
function change(code: string, asked: Asked = {}, file = VIEWS): string {
  const files = { ...LIBRARY, [file]: code };
  const line = code.split('\n').findIndex((each) => each.endsWith('# here')) + 1;
  const index = indexOf(parser, files);
  const plan = applyTo(index, {
    kind: 'queryset.addRelated',
    model: 'catalog.Book',
    method: 'select_related',
    relation: 'author',
    fetched: line === 0 ? null : { file, line },
    view: null,
    ...asked,
  });
  const lines = plan.files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  const changed = lines.filter(({ kind }) => kind !== 'context');
  return [
    ...changed.map(({ kind, text }) => (kind === 'added' ? '+' : '-') + text),
    ...plan.uncertain.map((use) => `offer ${use.text.trim()} (${use.why})`),
    ...plan.notes.map((note) => `note ${note}`),
  ].join('\n');
}

function body(...lines: readonly string[]): string {
  return `from .models import Author, Book\n\n\ndef books(request):\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

describe('at the line that fetched', () => {
  test('the queryset of a loop', () => {
    expect(change(body('for book in Book.objects.all():  # here', '    print(book.author)'))).toBe(
      [
        '-    for book in Book.objects.all():  # here',
        "+    for book in Book.objects.select_related('author'):  # here",
      ].join('\n'),
    );
  });
  test.each([
    ['Book.objects.filter(pk=1)', "Book.objects.filter(pk=1).select_related('author')"],
    ['Book.objects.order_by("pk")[:5]', `Book.objects.order_by("pk").select_related("author")[:5]`],
    ['Book.objects.get(pk=1)', "Book.objects.select_related('author').get(pk=1)"],
    ['Book.objects.filter(pk=1).first()', "Book.objects.filter(pk=1).select_related('author').first()"],
    ["Book.objects.select_related('owner')", "Book.objects.select_related('owner', 'author')"],
    ['list(Book.objects.all())', "list(Book.objects.select_related('author'))"],
    [
      '[book.author.name for book in Book.objects.all()]',
      "[book.author.name for book in Book.objects.select_related('author')]",
    ],
    ['get_object_or_404(Book, pk=1)', "get_object_or_404(Book.objects.select_related('author'), pk=1)"],
    ['Author.objects.get(pk=1).books.all()', "Author.objects.get(pk=1).books.select_related('author')"],
    ['Book.objects', "Book.objects.select_related('author')"],
  ])('%s', (before, after) => {
    expect(change(body(`shown = ${before}  # here`))).toBe(
      `-    shown = ${before}  # here\n+    shown = ${after}  # here`,
    );
  });
  test('a longer path takes the place of one that leads to it', () => {
    const code = body("shown = Book.objects.select_related('author')  # here");
    expect(change(code, { relation: 'author__country' })).toContain(
      "+    shown = Book.objects.select_related('author__country')",
    );
  });
  test('a relation to many beside one to one', () => {
    const code = body("shown = Book.objects.select_related('author')  # here");
    expect(change(code, { method: 'prefetch_related', relation: 'loan_set' })).toContain(
      "+    shown = Book.objects.select_related('author').prefetch_related('loan_set')",
    );
  });
  test('a chain with a line for each call gets one more', () => {
    const code = body(
      'shown = (',
      '    Book.objects.filter(pk=1)',
      '    .order_by("pk")',
      ')',
      'list(shown)  # here',
    );
    expect(change(code)).toBe(`+        .select_related("author")`);
  });
  test('a name leads to what it was given', () => {
    const code = body(
      'books = Book.objects.all()',
      'if request:',
      '    books = books.filter(pk=1)',
      'return [each.author for each in books]  # here',
    );
    expect(change(code)).toBe(
      "-    books = Book.objects.all()\n+    books = Book.objects.select_related('author')",
    );
  });
});

describe('around that line', () => {
  test('the only queryset of the function', () => {
    const code = body(
      'rows = page(Book.objects.all())',
      'total = Book.objects.count()',
      'return render(rows)  # here',
    );
    expect(change(code)).toContain("+    rows = page(Book.objects.select_related('author'))");
  });
  test('of several querysets the user chooses', () => {
    const code = body(
      'one = page(Book.objects.all())',
      'two = page(Book.objects.filter(pk=2))',
      'return render(one, two)  # here',
    );
    expect(change(code)).toBe(
      [
        'offer one = page(Book.objects.all()) (may be where catalog.Book is fetched)',
        'offer two = page(Book.objects.filter(pk=2)) (may be where catalog.Book is fetched)',
      ].join('\n'),
    );
  });
  test('a method of the project may give something else', () => {
    expect(change(body('rows = Book.objects.recent(5)', 'return render(rows)  # here'))).toBe(
      'offer rows = Book.objects.recent(5) (recent may give something else than a queryset)',
    );
  });
});

describe('in the view', () => {
  const view = { fetched: null, view: 'catalog.views.BookList' };
  const list = (...lines: readonly string[]): string =>
    `from django.views.generic import ListView\n\nfrom .models import Book\n\n\nclass BookList(ListView):\n${lines
      .map((line) => `    ${line}\n`)
      .join('')}`;

  test('its queryset', () => {
    expect(change(list('queryset = Book.objects.all()'), view)).toContain(
      "+    queryset = Book.objects.select_related('author')",
    );
  });
  test('beside its model', () => {
    expect(change(list('model = Book'), view)).toBe("+    queryset = Book.objects.select_related('author')");
  });
  test('what get_queryset returns', () => {
    const code = list(
      'queryset = Book.objects.all()',
      'def get_queryset(self):',
      '    found = super().get_queryset()',
      '    if self.request.GET:',
      '        return found.filter(pk=1)',
      '    return found',
    );
    expect(change(code, view)).toBe(
      [
        '-            return found.filter(pk=1)',
        '-        return found',
        "+            return found.filter(pk=1).select_related('author')",
        "+        return found.select_related('author')",
      ].join('\n'),
    );
  });
  test('that of a base class in the project, which says so', () => {
    const base = 'class Base(ListView):\n    queryset = Book.objects.all()\n\n\nclass BookList(Base):';
    const code = list('template_name = "books.html"').replace('class BookList(ListView):', base);
    expect(change(code, view)).toBe(
      [
        '-    queryset = Book.objects.all()',
        '+    queryset = Book.objects.select_related("author")',
        'note Base says it for other classes, too.',
      ].join('\n'),
    );
  });
  test('a method of it that fetches other objects than the view is about', () => {
    const code = python(`
      from django.views.generic import DetailView

      from .models import Author, Book


      class BookList(DetailView):
          model = Author

          def get_context_data(self, **kwargs):
              return super().get_context_data(books=Book.objects.all(), **kwargs)
      `);
    expect(change(code, view)).toContain("books=Book.objects.select_related('author')");
  });
  test('a function whose template goes through the books', () => {
    const code = body("return render(request, 'books.html', {'books': Book.objects.all()})");
    const asked = { fetched: { file: 'catalog/templates/books.html', line: 3 }, view: 'catalog.views.books' };
    expect(change(code, asked)).toContain("{'books': Book.objects.select_related('author')}");
  });
});

describe('in the admin', () => {
  const admin = { fetched: null, view: 'django.contrib.admin.options.changelist_view' };
  const file = 'catalog/admin.py';

  test('the list', () => {
    expect(change(LIBRARY[file] ?? '', admin, file)).toBe("+    list_select_related = ['author']");
  });
  test('one more in the list', () => {
    const code = `${LIBRARY[file] ?? ''}    list_select_related = ('owner',)\n`;
    expect(change(code, admin, file)).toContain("+    list_select_related = ('owner', 'author')");
  });
  test('relations to many', () => {
    expect(
      change(LIBRARY[file] ?? '', { ...admin, method: 'prefetch_related', relation: 'loan_set' }, file),
    ).toBe(
      [
        '+',
        '+    def get_queryset(self, request):',
        "+        return super().get_queryset(request).prefetch_related('loan_set')",
      ].join('\n'),
    );
  });
  test('a model without a class of options gets one', () => {
    const text = change(
      LIBRARY[file] ?? '',
      { ...admin, model: 'catalog.Author', method: 'prefetch_related', relation: 'books' },
      file,
    );
    expect(text).toContain(
      '+class AuthorAdmin(admin.ModelAdmin):\n+    def get_queryset(self, request):\n+        return super()',
    );
  });
});

describe('refusals', () => {
  test('what is fetched already changes nothing', () => {
    expect(() => change(body("shown = Book.objects.select_related('author__books')  # here"))).toThrow(
      'Nothing would change',
    );
  });
  test.each([
    'Book.objects.select_related()',
    'Book.objects.select_related(None)',
    'Book.objects.select_related(*names)',
  ])('%s leaves open what it fetches', (code) => {
    expect(() => change(body(`shown = ${code}  # here`))).toThrow('is not clear in the source');
  });
  test('a place that is not found is said plainly', () => {
    expect(() => change(body('return 1  # here'), { view: 'other.views.books' })).toThrow(
      'Where catalog.Book is fetched was not found in the source. Add .select_related("author") to its queryset in the editor.',
    );
  });
});
