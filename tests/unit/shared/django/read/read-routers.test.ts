import { beforeAll, expect, test } from 'vitest';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** What Django 5.2 itself resolves of these files was compared with what is expected here. */
const MANAGE = `import os
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')
`;
const MODELS = `from django.db import models
class Domain(models.Model):
    name = models.CharField(max_length=10)
class Nameserver(models.Model):
    domain = models.ForeignKey(Domain, models.CASCADE)
`;
const NINJA_ROUTER = `from ninja import Router
router = Router(tags=['x'])
inner = Router()

@router.get('/')
def list_events(request):
    return []

@router.get('/{event_id}')
def event_details(request, event_id: int):
    return {}

@router.post('/{int:event_id}/rename', url_name='rename')
def rename(request, event_id: int):
    return {}

@inner.delete('all')
def remove_all(request):
    return {}

router.add_router('/inner/', inner)
`;
const NINJA_API = `from ninja import NinjaAPI
from ninja_extra import NinjaExtraAPI, api_controller, http_get, route
from shop.ninja_api import router as events

api = NinjaAPI(version='2.0', urls_namespace='main', docs_url='/manual')
api.add_router('/events/', events)
api.add_router('/again', 'shop.ninja_api.inner', url_name_prefix='again')

@api.get('/hello')
def hello(request):
    return 'x'

@api.api_operation(['POST', 'PATCH'], '/both')
def both(request):
    return 'x'

plain = NinjaAPI(openapi_url=None, version='3')

@plain.get('only')
def only(request):
    return 1

extra = NinjaExtraAPI()

@api_controller('/users', tags=['u'])
class UserController:
    @http_get('/{user_id}')
    def one(self, user_id: int):
        return {}

    @route.post('', url_name='user-add')
    def add(self):
        return {}

@api_controller
class BareController:
    @route.get('/bare')
    def bare(self):
        return {}

extra.register_controllers(UserController, BareController)
`;
const DRF = `from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.routers import DefaultRouter, SimpleRouter
from rest_framework_nested.routers import NestedDefaultRouter, NestedSimpleRouter
from shop.models import Domain, Nameserver

class DomainViewSet(viewsets.ModelViewSet):
    queryset = Domain.objects.all()
    lookup_field = 'name'

    @action(detail=True, methods=['post'])
    def archive(self, request, name=None):
        pass

    @archive.mapping.delete
    def unarchive(self, request, name=None):
        pass

    @action(detail=False, url_path='by/(?P<year>[0-9]+)')
    def by_year(self, request, year):
        pass

class NameserverViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Nameserver.objects.all()

router = SimpleRouter()
router.register(r'domains', DomainViewSet)
domains_router = NestedSimpleRouter(router, r'domains', lookup='domain')
domains_router.register(r'nameservers', NameserverViewSet, basename='domain-nameservers')
deep = NestedDefaultRouter(domains_router, 'nameservers', lookup='ns')
deep.register('x', NameserverViewSet, basename='deep')
plain = DefaultRouter(use_regex_path=False, trailing_slash=False)
plain.register('d', DomainViewSet, basename='plain')
other = DefaultRouter()
other.registry.extend(router.registry)
`;

function routes(files: Readonly<Record<string, string>>, urls: string): readonly string[] {
  const index = indexOf(parser, {
    'manage.py': MANAGE,
    'settings.py': "ROOT_URLCONF = 'urls'\nINSTALLED_APPS = ['shop']\n",
    'shop/__init__.py': '',
    'shop/models.py': MODELS,
    ...files,
    'urls.py': urls,
  });
  return index.snapshot().routes.map(({ pattern, kind, name, methods, unknown }) => {
    const facts = [pattern, kind, name ?? '-', methods?.join(',') ?? '-', unknown ?? ''];
    return facts.join(' | ').replace(/ \| $/, '');
  });
}

test('django-ninja: pages, operations, routers in routers and by their path, controllers of ninja-extra', () => {
  const found = routes(
    { 'api.py': NINJA_API, 'shop/ninja_api.py': NINJA_ROUTER },
    `from django.urls import path
from api import api, extra, plain

urlpatterns = [
    path('ninja/', api.urls),
    path('plain/', plain.urls),
    path('extra/', extra.urls),
]
`,
  );
  expect(found).toMatchInlineSnapshot(`
    [
      "/ninja/ | include | main | -",
      "/ninja/openapi.json | ninja | main:openapi-json | -",
      "/ninja/manual | ninja | main:openapi-view | -",
      "/ninja/hello | ninja | main:hello | GET",
      "/ninja/both | ninja | main:both | POST,PATCH",
      "/ninja/events/ | ninja | main:list_events | GET",
      "/ninja/events/<event_id> | ninja | main:event_details | GET",
      "/ninja/events/<int:event_id>/rename | ninja | main:rename | POST",
      "/ninja/events/inner/all | ninja | main:remove_all | DELETE",
      "/ninja/again/all | ninja | main:again_remove_all | DELETE",
      "/ninja/ | ninja | main:api-root | -",
      "/plain/ | include | api-3 | -",
      "/plain/only | ninja | api-3:only | GET",
      "/plain/ | ninja | api-3:api-root | -",
      "/extra/ | include | api-1.0.0 | -",
      "/extra/openapi.json | ninja | api-1.0.0:openapi-json | -",
      "/extra/docs | ninja | api-1.0.0:openapi-view | -",
      "/extra/users/<user_id> | ninja | api-1.0.0:one | GET",
      "/extra/users | ninja | api-1.0.0:user-add | POST",
      "/extra/bare | ninja | api-1.0.0:bare | GET",
      "/extra/ | ninja | api-1.0.0:api-root | -",
    ]
  `);
});

test('routers below routers, without regular expressions, and with the registry of another', () => {
  const found = routes(
    { 'drf.py': DRF },
    `from django.urls import include, path
import drf

PREFIX = 'v1'
urlpatterns = [
    path('drf/', include(drf.router.urls)),
    path('drf/', include(drf.domains_router.urls)),
    path(f'{PREFIX}/deep/', include(drf.deep.urls)),
    path('plain-drf/', include((drf.plain.urls, 'pd'))),
    path('other/', include(drf.other.urls)),
]
`,
  );
  expect(found).toMatchInlineSnapshot(`
    [
      "/drf/ | include | - | -",
      "/drf/domains/ | router | domain-list | GET,POST",
      "/drf/domains/by/<year>/ | router | domain-by-year | GET",
      "/drf/domains/<name>/ | router | domain-detail | GET,PUT,PATCH,DELETE",
      "/drf/domains/<name>/archive/ | router | domain-archive | POST,DELETE",
      "/drf/ | include | - | -",
      "/drf/domains/<domain_name>/nameservers/ | router | domain-nameservers-list | GET",
      "/drf/domains/<domain_name>/nameservers/<pk>/ | router | domain-nameservers-detail | GET",
      "/v1/deep/ | include | - | -",
      "/v1/deep/domains/<domain_name>/nameservers/<ns_pk>/x/ | router | deep-list | GET",
      "/v1/deep/domains/<domain_name>/nameservers/<ns_pk>/x.<format>/ | router | deep-list | GET",
      "/v1/deep/domains/<domain_name>/nameservers/<ns_pk>/x/<pk>/ | router | deep-detail | GET",
      "/v1/deep/domains/<domain_name>/nameservers/<ns_pk>/x/<pk>.<format>/ | router | deep-detail | GET",
      "/v1/deep/ | router | api-root | GET,OPTIONS",
      "/v1/deep/<drf_format_suffix:format> | router | api-root | GET,OPTIONS",
      "/plain-drf/ | include | pd | -",
      "/plain-drf/d | router | pd:plain-list | GET,POST",
      "/plain-drf/d<drf_format_suffix:format> | router | pd:plain-list | GET,POST",
      "/plain-drf/d/by/(?P<year>[0-9]+) | router | pd:plain-by-year | GET",
      "/plain-drf/d/by/(?P<year>[0-9]+)<drf_format_suffix:format> | router | pd:plain-by-year | GET",
      "/plain-drf/d/<str:name> | router | pd:plain-detail | GET,PUT,PATCH,DELETE",
      "/plain-drf/d/<str:name><drf_format_suffix:format> | router | pd:plain-detail | GET,PUT,PATCH,DELETE",
      "/plain-drf/d/<str:name>/archive | router | pd:plain-archive | POST,DELETE",
      "/plain-drf/d/<str:name>/archive<drf_format_suffix:format> | router | pd:plain-archive | POST,DELETE",
      "/plain-drf/ | router | pd:api-root | GET,OPTIONS",
      "/plain-drf/<drf_format_suffix:format> | router | pd:api-root | GET,OPTIONS",
      "/other/ | include | - | -",
      "/other/domains/ | router | domain-list | GET,POST",
      "/other/domains.<format>/ | router | domain-list | GET,POST",
      "/other/domains/by/<year>/ | router | domain-by-year | GET",
      "/other/domains/by/<year>.<format>/ | router | domain-by-year | GET",
      "/other/domains/<name>/ | router | domain-detail | GET,PUT,PATCH,DELETE",
      "/other/domains/<name>.<format>/ | router | domain-detail | GET,PUT,PATCH,DELETE",
      "/other/domains/<name>/archive/ | router | domain-archive | POST,DELETE",
      "/other/domains/<name>/archive.<format>/ | router | domain-archive | POST,DELETE",
      "/other/ | router | api-root | GET,OPTIONS",
      "/other/<drf_format_suffix:format> | router | api-root | GET,OPTIONS",
    ]
  `);
});

test('a router class of the project with routes of its own', () => {
  const found = routes(
    {
      'views.py': `from rest_framework.routers import DynamicRoute, Route, SimpleRouter
from rest_framework import viewsets
from rest_framework.decorators import action
from shop.models import Domain

class UIRouter(SimpleRouter):
    routes = [
        Route(url=r'^{prefix}/$', mapping={'get': 'list'}, name='{basename}_list', detail=False, initkwargs={}),
        Route(url=r'^{prefix}/add/$', mapping={'get': 'create', 'post': 'create'}, name='{basename}_add', detail=False, initkwargs={}),
        DynamicRoute(url=r'^{prefix}/{lookup}/{url_path}{trailing_slash}$', name='{basename}_{url_name}', detail=True, initkwargs={}),
    ]

class DomainViewSet(viewsets.ModelViewSet):
    queryset = Domain.objects.all()

    @action(detail=True)
    def notes(self, request, pk=None):
        pass
`,
    },
    `from views import DomainViewSet, UIRouter

router = UIRouter()
router.register('domains', DomainViewSet)
if DEBUG:
    router.register('debug', DomainViewSet, basename='debug')
urlpatterns = router.urls
`,
  );
  expect(found).toMatchInlineSnapshot(`
    [
      "/domains/ | router | domain_list | GET",
      "/domains/add/ | router | domain_add | GET,POST",
      "/domains/<pk>/notes/ | router | domain_notes | GET",
      "/debug/ | router | debug_list | GET | Only there when DEBUG.",
      "/debug/add/ | router | debug_add | GET,POST | Only there when DEBUG.",
      "/debug/<pk>/notes/ | router | debug_notes | GET | Only there when DEBUG.",
    ]
  `);
});
