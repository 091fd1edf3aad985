import type { ImportRequest } from '../../python/import-edit.ts';
import { folderOf } from '../module-resolver.ts';
import type { NewCode } from './draft.ts';
import type { PlanContext } from './plan-context.ts';

const MEMBERS: Readonly<Record<string, string>> = {
  'rest_framework.permissions':
    'AllowAny IsAuthenticated IsAdminUser IsAuthenticatedOrReadOnly DjangoModelPermissions DjangoModelPermissionsOrAnonReadOnly DjangoObjectPermissions BasePermission',
  'rest_framework.authentication':
    'BasicAuthentication SessionAuthentication TokenAuthentication RemoteUserAuthentication BaseAuthentication',
  'rest_framework.throttling':
    'AnonRateThrottle UserRateThrottle ScopedRateThrottle SimpleRateThrottle BaseThrottle',
  'rest_framework.pagination': 'PageNumberPagination LimitOffsetPagination CursorPagination',
  'rest_framework.filters': 'SearchFilter OrderingFilter BaseFilterBackend',
  'rest_framework.renderers':
    'JSONRenderer BrowsableAPIRenderer TemplateHTMLRenderer StaticHTMLRenderer AdminRenderer HTMLFormRenderer',
  'rest_framework.parsers': 'JSONParser FormParser MultiPartParser FileUploadParser',
  'rest_framework.response': 'Response',
  'rest_framework.validators': 'UniqueTogetherValidator UniqueValidator',
  rest_framework:
    'permissions authentication throttling pagination filters renderers parsers serializers viewsets generics mixins status versioning',
  'django_filters.rest_framework': 'DjangoFilterBackend FilterSet',
  'django.urls': 'reverse reverse_lazy',
  'django.http': 'HttpResponse JsonResponse',
  'django.utils.decorators': 'method_decorator',
  'django.contrib': 'admin',
};
const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(MEMBERS).flatMap(([module, names]) => names.split(' ').map((name) => [name, module])),
);

/** The name as the file may write it and what it has to import for that; null where nobody knows it. */
export type NameFinder = (name: string) => NewCode | null;

/** Finds names of Django REST Framework and of the project's own classes for code that stands in `path`. */
export function nameFinder(path: string, context: PlanContext): NameFinder {
  return (name) => {
    const module = BY_NAME.get(name);
    if (module !== undefined) return written({ module, name }, path, context);
    const own = ownClass(name, path, context);
    return own === null ? null : { code: name, imports: [{ module: own, name }] };
  };
}

/** `permissions.IsAdminUser` where the file imports the module of permissions already. */
function written({ module, name }: ImportRequest, path: string, { files }: PlanContext): NewCode {
  const dot = module.lastIndexOf('.');
  const [parent, last] = [module.slice(0, dot), module.slice(dot + 1)];
  for (const [local, imported] of files.get(path)?.module.imports ?? []) {
    if (dot !== -1 && imported.module === parent && imported.name === last) {
      return { code: `${local}.${name}`, imports: [] };
    }
  }
  return { code: String(name), imports: [{ module, name }] };
}

/** The module of the only class or function of the project with this name, one of the same folder first. */
function ownClass(name: string, path: string, { files, resolver }: PlanContext): string | null {
  const holders = files.paths().filter((each) => {
    if (!each.endsWith('.py') || each === path || /(^|\/)(tests?|migrations)(\/|\.py$|_)/.test(each))
      return false;
    if (files.get(each)?.text.includes(name) !== true) return false;
    const module = files.get(each)?.module;
    return [...(module?.classes ?? []), ...(module?.functions ?? [])].some((made) => made.name === name);
  });
  const beside = holders.filter((each) => folderOf(each) === folderOf(path));
  const [found, ...others] = beside.length > 0 ? beside : holders;
  return found === undefined || others.length > 0 ? null : resolver.moduleName(found);
}

/** A module as one of the same folder names it: `.models`; from further away its dotted name. */
export function moduleFrom(path: string, target: string, { resolver }: PlanContext): string {
  const dotted = resolver.moduleName(target);
  const own = resolver.moduleName(`${folderOf(path)}/__init__.py`);
  const inside = dotted.startsWith(`${own}.`) ? dotted.slice(own.length + 1) : null;
  return inside !== null && !inside.includes('.') ? `.${inside}` : dotted;
}
