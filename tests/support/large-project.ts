/** How large a made-up project of Python files is. */
export interface LargeProjectSize {
  /** One module of models a file; each is an app of its own. */
  readonly files: number;
  readonly modelsPerFile: number;
}

const PLAIN = [
  'title = models.CharField(max_length=200)',
  'slug = models.SlugField(unique=True)',
  'description = models.TextField(blank=True)  # as it is shown to customers',
  'price = models.DecimalField(max_digits=8, decimal_places=2)',
  'created_at = models.DateTimeField(auto_now_add=True)',
  "is_active = models.BooleanField('active', default=True)",
  "status = models.CharField(max_length=20, choices=[('new', 'New'), ('done', 'Done')], default='new')",
  'weight = models.FloatField(null=True, blank=True)',
] as const;

/** The files of a Django project as text by path; the same size always gives the same project. */
export function makeLargeProject(size: LargeProjectSize): ReadonlyMap<string, string> {
  const apps = Array.from({ length: size.files }, (_, at) => `app_${at}`);
  const files = new Map([
    ['manage.py', manageText],
    ['config/__init__.py', ''],
    ['config/settings.py', settingsText(apps)],
    ['config/urls.py', urlsText(apps)],
  ]);
  for (const [at, app] of apps.entries()) {
    files.set(`${app}/__init__.py`, '');
    files.set(`${app}/models.py`, modelsText(at, size));
    files.set(`${app}/views.py`, viewsText(at, size));
    files.set(`${app}/urls.py`, appUrlsText(at, size));
  }
  return files;
}

const manageText = `import os
import sys

if __name__ == '__main__':
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`;

function settingsText(apps: readonly string[]): string {
  const installed = ['django.contrib.auth', 'django.contrib.contenttypes', ...apps];
  return [
    'from pathlib import Path',
    '',
    'BASE_DIR = Path(__file__).resolve().parent.parent',
    "ROOT_URLCONF = 'config.urls'",
    `INSTALLED_APPS = [\n${installed.map((app) => `    '${app}',\n`).join('')}]`,
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'db.sqlite3'}}",
    '',
  ].join('\n');
}

function urlsText(apps: readonly string[]): string {
  const includes = apps.map((app) => `    path('${app}/', include('${app}.urls')),\n`);
  return `from django.urls import include, path\n\nurlpatterns = [\n${includes.join('')}]\n`;
}

function modelName(at: number): string {
  return `Thing${at}`;
}

/** Every model points back to the one before it, so the first of a file points into another app. */
function modelsText(file: number, { modelsPerFile }: LargeProjectSize): string {
  const first = file * modelsPerFile;
  const imports = ['from django.conf import settings', 'from django.db import models'];
  if (file > 0) imports.push('', `from app_${file - 1}.models import ${modelName(first - 1)}`);
  const models = Array.from({ length: modelsPerFile }, (_, at) => modelText(first + at));
  return `${imports.join('\n')}\n${models.join('')}`;
}

function modelText(at: number): string {
  const relation =
    at === 0 ? [] : [`previous = models.ForeignKey(${modelName(at - 1)}, models.CASCADE, related_name='+')`];
  const members = [
    ...PLAIN,
    ...relation,
    "owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')",
  ];
  return `

class ${modelName(at)}(models.Model):
    """One thing of many."""

${members.map((member) => `    ${member}\n`).join('')}
    class Meta:
        ordering = ['-created_at', 'title']
        verbose_name_plural = 'things ${at}'

    def __str__(self):
        return self.title

    def total(self, quantity):
        if quantity < 0:
            raise ValueError('A quantity is not negative.')
        return sum(self.price * self.weight for _ in range(quantity))
`;
}

function viewsText(file: number, { modelsPerFile }: LargeProjectSize): string {
  const numbers = Array.from({ length: modelsPerFile }, (_, at) => file * modelsPerFile + at);
  const names = numbers.map(modelName).join(', ');
  const views = numbers.map(
    (at) => `\n\nclass ${modelName(at)}List(ListView):\n    model = ${modelName(at)}\n`,
  );
  return `from django.views.generic import ListView\n\nfrom .models import ${names}\n${views.join('')}`;
}

function appUrlsText(file: number, { modelsPerFile }: LargeProjectSize): string {
  const numbers = Array.from({ length: modelsPerFile }, (_, at) => file * modelsPerFile + at);
  const routes = numbers.map(
    (at) => `    path('${at}/', views.${modelName(at)}List.as_view(), name='thing-${at}'),\n`,
  );
  return `from django.urls import path\n\nfrom . import views\n\nurlpatterns = [\n${routes.join('')}]\n`;
}
