import { assignmentsOf, partsOf, statementsOf, unwrap } from '../../../python/syntax.ts';
import { insertItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { folderOf } from '../../module-resolver.ts';
import { appendToModule } from '../append.ts';
import type { Draft } from '../draft.ts';
import { installApps, requireSettings, settingsFiles } from '../apps/plan-app.ts';
import type { PlanContext } from '../plan-context.ts';
import { addRequirements } from '../requirements/requirements.ts';
import { rootUrlconf, type NewPattern } from '../routes/urlconf-edit.ts';

/** What the project's REST_FRAMEWORK settings say for every viewset. */
export interface ApiDefaults {
  readonly filters: boolean;
  readonly pagination: boolean;
}

/** Versions that work with Django 5.2 and 6 on Python 3.10 and newer. */
const REQUIREMENTS = [
  { name: 'djangorestframework', versions: '~=3.16' },
  { name: 'django-filter', versions: '>=25.1,<27' },
  { name: 'drf-spectacular', versions: '~=0.29' },
];

/** Installs Django REST Framework, django-filter and drf-spectacular with safe settings; what is there stays. */
export function setUpApi(context: PlanContext, draft: Draft): ApiDefaults {
  installApps(['rest_framework', 'django_filters', 'drf_spectacular'], context, draft);
  addRequirements(REQUIREMENTS, context, draft);
  return addSettings(context, draft);
}

function addSettings(context: PlanContext, draft: Draft): ApiDefaults {
  const files = settingsFiles(requireSettings(context).file, context);
  for (const path of files) {
    const source = draft.source(path);
    const framework = dictNamed(source.root, 'REST_FRAMEWORK');
    if (framework === null) continue;
    const keys = keysOf(framework);
    const { quote: q } = draft.style(path);
    if (!keys.has('DEFAULT_SCHEMA_CLASS')) {
      const entry = `${q}DEFAULT_SCHEMA_CLASS${q}: ${q}drf_spectacular.openapi.AutoSchema${q}`;
      draft.edit(path, insertItems(framework, source.text, [entry]));
    }
    if (!keys.has('DEFAULT_PAGINATION_CLASS')) {
      draft.note('Lists come whole: REST_FRAMEWORK has no DEFAULT_PAGINATION_CLASS.');
    }
    return { filters: keys.has('DEFAULT_FILTER_BACKENDS'), pagination: keys.has('DEFAULT_PAGINATION_CLASS') };
  }
  const path =
    files.find((file) => /INSTALLED_APPS/.test(draft.source(file).text)) ?? requireSettings(context).file;
  draft.edit(path, [appendToModule(draft.source(path), newSettings(context, draft.style(path)), 1)]);
  return { filters: true, pagination: true };
}

function dictNamed(root: SyntaxNode, name: string): SyntaxNode | null {
  for (const statement of statementsOf(root)) {
    for (const { target, value } of assignmentsOf(statement)) {
      const node = unwrap(value);
      if (target.text === name && node.type === 'dictionary') return node;
    }
  }
  return null;
}

function keysOf(dict: SyntaxNode): ReadonlySet<string> {
  const keys = partsOf(dict).map((pair) => pair.childForFieldName('key'));
  return new Set(keys.map((key) => (key === null ? '' : (readString(key) ?? ''))));
}

/** Closed by default: an endpoint that says nothing about permissions is for people who are logged in. */
function newSettings(context: PlanContext, { quote: q, indent }: ReturnType<Draft['style']>): string {
  const folder = folderOf(rootUrlconf(context)).split('/').at(-1) ?? '';
  const title =
    folder === '' || folder === 'config'
      ? 'API'
      : `${folder.charAt(0).toUpperCase()}${folder.slice(1).replaceAll('_', ' ')} API`;
  const code = [
    'REST_FRAMEWORK = {',
    "    'DEFAULT_AUTHENTICATION_CLASSES': [",
    "        'rest_framework.authentication.SessionAuthentication',",
    '    ],',
    "    'DEFAULT_PERMISSION_CLASSES': [",
    "        'rest_framework.permissions.IsAuthenticated',",
    '    ],',
    "    'DEFAULT_FILTER_BACKENDS': [",
    "        'django_filters.rest_framework.DjangoFilterBackend',",
    "        'rest_framework.filters.SearchFilter',",
    "        'rest_framework.filters.OrderingFilter',",
    '    ],',
    "    'DEFAULT_PAGINATION_CLASS': 'rest_framework.pagination.PageNumberPagination',",
    "    'PAGE_SIZE': 50,",
    "    'DEFAULT_SCHEMA_CLASS': 'drf_spectacular.openapi.AutoSchema',",
    "    'DEFAULT_THROTTLE_CLASSES': [",
    "        'rest_framework.throttling.AnonRateThrottle',",
    "        'rest_framework.throttling.UserRateThrottle',",
    '    ],',
    "    'DEFAULT_THROTTLE_RATES': {",
    "        'anon': '100/min',",
    "        'user': '1000/min',",
    '    },',
    '}',
    '',
    'SPECTACULAR_SETTINGS = {',
    `    'TITLE': '${title}',`,
    "    'VERSION': '1.0.0',",
    "    'SERVE_INCLUDE_SCHEMA': False,",
    "    'SERVE_PERMISSIONS': ['rest_framework.permissions.IsAuthenticated'],",
    '}',
  ].join('\n');
  return code.replaceAll("'", q).replaceAll('    ', indent);
}

/** The OpenAPI document and its page, unless the project serves them already. */
export function schemaPatterns({ files }: PlanContext, quote: string): readonly NewPattern[] {
  const python = files.paths().filter((path) => path.endsWith('.py'));
  if (python.some((path) => files.get(path)?.text.includes('SpectacularAPIView') === true)) return [];
  const module = 'drf_spectacular.views';
  const entry = (path: string, view: string, argument: string, name: string): NewPattern => ({
    args: [`'${path}'`, `${view}.as_view(${argument})`, `name='${name}'`].map((code) =>
      code.replaceAll("'", quote),
    ),
    imports: [
      { module: 'django.urls', name: 'path' },
      { module, name: view },
    ],
  });
  return [
    entry('api/schema/', 'SpectacularAPIView', '', 'schema'),
    entry('api/docs/', 'SpectacularSwaggerView', "url_name='schema'", 'api-docs'),
  ];
}
