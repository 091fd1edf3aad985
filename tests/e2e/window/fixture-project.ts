import type { AppInfo, Job, Settings } from '../../../shared/contract/app-calls.ts';
import type { LogLine, ServerStatus } from '../../../shared/contract/host-calls.ts';
import type {
  FileVersion,
  History,
  RemovedFile,
  SourceEntry,
  SourceFile,
} from '../../../shared/contract/source-calls.ts';
import type { Interpreter, RecentWorkspace, Workspace } from '../../../shared/contract/workspace-calls.ts';
import { NO_COMPONENTS } from '../../../shared/django/component-model.ts';
import type { Plan } from '../../../shared/django/plan/plan.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import type { RuntimeLens } from '../../../shared/django/runtime-lens.ts';

/** What the fixture's main process answers: plain values, they travel into the page. */
export interface FixtureState {
  readonly info: AppInfo;
  readonly settings: Settings;
  readonly workspace: Workspace | null;
  readonly recent: readonly RecentWorkspace[];
  readonly interpreters: readonly Interpreter[];
  readonly jobs: readonly Job[];
  readonly jobLog: readonly string[];
  readonly snapshot: ProjectSnapshot;
  readonly entries: readonly SourceEntry[];
  readonly files: Readonly<Record<string, SourceFile>>;
  readonly history: History;
  /** Local history by path; every former text is the same one. */
  readonly versions: Readonly<Record<string, readonly FileVersion[]>>;
  readonly formerText: string;
  readonly removed: readonly RemovedFile[];
  readonly server: ServerStatus;
  readonly log: readonly LogLine[];
  readonly plan: Plan;
  readonly lens: RuntimeLens | null;
  readonly folders: readonly string[];
}

function versionsOf(text: string): readonly FileVersion[] {
  const hour = 3_600_000;
  const version = (title: string, by: FileVersion['by'], ago: number): FileVersion => ({
    id: title,
    at: Date.now() - ago,
    title,
    by,
    size: text.length,
    hash: title,
  });
  return [
    version('Add field isbn to catalog.Book', 'studio', 40_000),
    version('Changed outside', 'outside', hour / 3),
    version('Undo: Rename catalog.Writer to a name that is longer than its list is wide', 'studio', 3 * hour),
    version('Edit catalog/models.py', 'studio', 26 * hour),
    version('Before the first change', 'outside', 200 * hour),
  ];
}

const models = `from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Author(models.Model):
    """Somebody who wrote a book."""

    name = models.CharField(max_length=200)
    born = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Book(models.Model):
    title = models.CharField(_("title"), max_length=200)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="books")
    pages = models.PositiveIntegerField(default=0)  # without the cover
    price = models.DecimalField(max_digits=8, decimal_places=2)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    def __str__(self):
        return f"{self.title} ({self.pages} pages)"
`;

const file = (path: string, text: string): SourceFile => ({
  path,
  text,
  hash: `hash of ${text.length}`,
  lineEnding: 'lf',
  readOnly: null,
});

const stopped: ServerStatus = {
  state: 'stopped',
  port: null,
  address: null,
  failure: null,
  slow: null,
  lastGood: false,
  bootMilliseconds: null,
  generation: 0,
  checks: [],
};

const snapshot: ProjectSnapshot = {
  revision: 1,
  project: '',
  settings: null,
  apps: [{ label: 'catalog', name: 'catalog', folder: 'catalog', installed: true }],
  models: ['Author', 'Book'].map((name) => ({
    id: `catalog.${name}`,
    app: 'catalog',
    name,
    bases: ['models.Model'],
    abstract: false,
    proxy: false,
    fields: [],
    meta: [],
    methods: ['__str__'],
    docstring: null,
    place: {
      file: 'catalog/models.py',
      start: models.indexOf(`class ${name}`),
      end: models.indexOf(`class ${name}`) + 200,
      line: models.slice(0, models.indexOf(`class ${name}`)).split('\n').length,
    },
    stale: false,
  })),
  ...NO_COMPONENTS,
  routes: [
    {
      pattern: '/api/books/',
      kind: 'router',
      name: 'book-list',
      view: 'BookViewSet',
      viewPlace: null,
      place: { file: 'catalog/urls.py', start: 0, end: 10, line: 1 },
      methods: null,
      condition: null,
      localized: false,
      unknown: null,
    },
  ],
  problems: [],
};

const plan: Plan = {
  id: 'plan-1',
  title: 'Add field isbn to catalog.Book',
  notes: ['The admin of catalog.Book lists its fields by name: isbn is not added there.'],
  packages: [],
  folderMoves: [],
  folderRemovals: [],
  uncertain: [],
  files: [
    {
      path: 'catalog/models.py',
      kind: 'edit',
      baseHash: 'x',
      after: '',
      hunks: [
        {
          oldStart: 20,
          oldLines: 6,
          newStart: 20,
          newLines: 7,
          lines: [
            { kind: 'context', text: 'class Book(models.Model):' },
            { kind: 'context', text: '    title = models.CharField(_("title"), max_length=200)' },
            {
              kind: 'context',
              text: '    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="books")',
            },
            {
              kind: 'removed',
              text: '    pages = models.PositiveIntegerField(default=0)  # without the cover',
            },
            {
              kind: 'added',
              text: '    pages = models.PositiveIntegerField(default=1)  # without the cover',
            },
            { kind: 'added', text: '    isbn = models.CharField(max_length=13, unique=True)' },
            { kind: 'context', text: '    price = models.DecimalField(max_digits=8, decimal_places=2)' },
          ],
        },
      ],
    },
    {
      path: 'catalog/serializers.py',
      kind: 'create',
      baseHash: null,
      after: '',
      hunks: [
        {
          oldStart: 0,
          oldLines: 0,
          newStart: 1,
          newLines: 3,
          lines: [
            { kind: 'added', text: 'from rest_framework import serializers' },
            { kind: 'added', text: '' },
            { kind: 'added', text: 'from .models import Book' },
          ],
        },
      ],
    },
  ],
};

/** A studio with nothing open. */
export const emptyStudio: FixtureState = {
  info: {
    version: '0.1.0',
    shell: 'browser',
    platform: 'linux',
    nativeDialogs: false,
    home: '/home/marie',
    notices: [],
  },
  settings: {
    theme: 'light',
    confirmChanges: true,
    autoSave: false,
    editorFontSize: 13,
    serverPort: 8000,
    panes: {},
    tableColumns: {},
  },
  workspace: null,
  recent: [],
  interpreters: [
    {
      path: '/usr/bin/python3.12',
      version: '3.12.4',
      source: 'path',
      reason: 'first python3 on PATH',
      django: '5.2',
      problem: null,
    },
    {
      path: '/home/marie/.pyenv/versions/3.13.1/bin/python3.13',
      version: '3.13.1',
      source: 'pyenv',
      reason: 'pyenv version 3.13.1',
      django: '5.2',
      problem: null,
    },
    {
      path: '/usr/bin/python3.9',
      version: '3.9.2',
      source: 'system',
      reason: 'found in /usr/bin',
      django: null,
      problem: 'Python 3.9 is too old: Django 5.2 needs 3.10 or newer.',
    },
  ],
  jobs: [],
  jobLog: [],
  snapshot,
  entries: [],
  files: {},
  history: { undo: null, redo: null },
  versions: {},
  formerText: '',
  removed: [],
  server: stopped,
  log: [],
  plan,
  lens: null,
  folders: ['Documents', 'library', 'projects', 'a folder with “quotes” and 🎷', 'tmp'],
};

/** A studio that was used before. */
export const knownStudio: FixtureState = {
  ...emptyStudio,
  recent: [
    { path: '/home/marie/projects/library', name: 'library', openedAt: Date.now() - 3_600_000, exists: true },
    {
      path: '/home/marie/customers/a-very-long-customer-name/backend-of-the-customer-portal',
      name: 'backend-of-the-customer-portal',
      openedAt: Date.now() - 86_400_000 * 3,
      exists: true,
    },
    { path: '/mnt/usb/shop', name: 'shop', openedAt: Date.now() - 86_400_000 * 90, exists: false },
  ],
};

/** A project that is open and trusted, its server serving. */
export const openStudio: FixtureState = {
  ...knownStudio,
  workspace: {
    path: '/home/marie/projects/library',
    realPath: '/home/marie/projects/library',
    name: 'library',
    trusted: true,
    projects: [''],
    project: '',
    interpreter: '/home/marie/projects/library/.venv/bin/python',
    problem: null,
  },
  entries: [
    ...['accounts', 'catalog', 'catalog/migrations', 'library', 'templates'].map((path): SourceEntry => ({
      path,
      kind: 'folder',
    })),
    ...[
      'accounts/__init__.py',
      'accounts/models.py',
      'catalog/__init__.py',
      'catalog/admin.py',
      'catalog/migrations/0001_initial.py',
      'catalog/models.py',
      'catalog/urls.py',
      'library/__init__.py',
      'library/settings.py',
      'library/urls.py',
      'templates/base.html',
      '.env',
      '.gitignore',
      'db.sqlite3',
      'manage.py',
      'pyproject.toml',
      'README.md',
    ].map((path): SourceEntry => ({ path, kind: 'file' })),
  ],
  files: {
    'catalog/models.py': file('catalog/models.py', models),
    'accounts/models.py': file(
      'accounts/models.py',
      'from django.contrib.auth.models import AbstractUser\n\n\nclass User(AbstractUser):\n    pass\n',
    ),
    'templates/base.html': file(
      'templates/base.html',
      '<!doctype html>\n<title>{% block title %}{% endblock %}</title>\n',
    ),
  },
  history: {
    undo: { id: '1', title: 'Add field pages to catalog.Book', files: ['catalog/models.py'], at: Date.now() },
    redo: null,
  },
  versions: { 'catalog/models.py': versionsOf(models) },
  formerText: models.replace('max_length=200', 'max_length=80').replace('class Author', 'class Writer'),
  removed: [{ path: 'catalog/legacy/imports.py', at: Date.now() - 5_400_000 }],
  server: { ...stopped, state: 'serving', port: 8000, address: 'http://localhost:8000/', generation: 3 },
};

/** The same folder before it was trusted. */
export const restrictedStudio: FixtureState = {
  ...openStudio,
  workspace: openStudio.workspace && { ...openStudio.workspace, trusted: false, interpreter: null },
  server: stopped,
};

/** A project whose code does not start, with problems and jobs of every state. */
export const brokenStudio: FixtureState = {
  ...openStudio,
  workspace: openStudio.workspace && { ...openStudio.workspace, projects: ['', 'legacy'] },
  server: {
    ...stopped,
    state: 'broken',
    port: 8000,
    address: 'http://localhost:8000/',
    lastGood: true,
    failure: {
      type: 'ModuleNotFoundError',
      message: "No module named 'rest_framework'",
      file: '/home/marie/projects/library/catalog/urls.py',
      line: 3,
      text: 'from rest_framework import routers',
      traceback: '',
      frames: [],
    },
    checks: [
      {
        id: 'fields.E304',
        level: 'error',
        message: 'Reverse accessor for ‘Book.owner’ clashes with reverse accessor for ‘Loan.owner’.',
        hint: 'Add a related_name.',
        object: 'catalog.Book.owner',
        file: '/home/marie/projects/library/catalog/models.py',
        line: 24,
      },
    ],
  },
  snapshot: {
    ...snapshot,
    problems: [
      {
        message: 'The class body of Book could not be read from here on.',
        severity: 'warning',
        place: { file: 'catalog/models.py', start: 640, end: 690, line: 24 },
      },
    ],
  },
  jobs: [
    {
      id: 'j3',
      title: 'Installing requirements',
      state: 'running',
      step: 'Downloading djangorestframework 3.16.0',
      progress: 0.4,
      startedAt: Date.now() - 12_000,
      endedAt: null,
    },
    {
      id: 'j2',
      title: 'Applying migrations',
      state: 'failed',
      step: 'catalog.0002_book_isbn',
      progress: null,
      startedAt: Date.now() - 60_000,
      endedAt: Date.now() - 50_000,
      failure: {
        code: 'project-error',
        message: 'The column isbn has rows without a value. Give the field a default, or allow NULL.',
      },
    },
    {
      id: 'j1',
      title: 'Creating library',
      state: 'succeeded',
      step: '',
      progress: 1,
      startedAt: Date.now() - 600_000,
      endedAt: Date.now() - 580_000,
    },
  ],
  jobLog: [
    '$ uv pip install -r requirements.txt',
    'Resolved 6 packages in 210ms',
    'Downloading djangorestframework (1.0MiB)',
  ],
};
