"""The runtime lens, the checks, and how jobs run, fail, print and end."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from support import Host, Project, eventually, hosting

MODELS = """
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Reader(AbstractUser):
    pass


class Dated(models.Model):
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Tag(models.Model):
    name = models.SlugField(unique=True)


class Book(Dated):
    kind = models.CharField(max_length=1, choices=[("a", "A"), ("b", "B")], blank=True)
    author = models.ForeignKey("shop.Reader", models.CASCADE, related_name="books", null=True)
    tags = models.ManyToManyField(Tag)


class Signed(Book):
    signature = models.OneToOneField(Tag, models.PROTECT, db_column="sig")


class Cheap(Book):
    class Meta:
        proxy = True


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey()

    class Meta:
        managed = False
        db_table = "notes"
"""
URLS = """
from django.contrib import admin
from django.urls import include, path, re_path
from shop import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("shop/", include(("shop.urls", "shop"), namespace="shop")),
    re_path(r"^old/(?P<year>[0-9]{4})/$", views.plain, name="old"),
]
"""
SHOP_URLS = """
from django.urls import path
from . import views

urlpatterns = [
    path("books/<int:pk>/", views.Detail.as_view(), name="detail"),
    path("only/", views.limited),
    path("plain/<slug:s>/", views.plain),
]
"""
VIEWS = """
from django.http import HttpResponse
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


class Detail(View):
    def get(self, request, pk):
        return HttpResponse("")

    def put(self, request, pk):
        return HttpResponse("")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def limited(request):
    return HttpResponse("")


def plain(request, **kwargs):
    return HttpResponse("")
"""


@pytest.fixture
def library(admin_project: Project) -> Iterator[Host]:
    """A host of a project with every sort of model and route."""
    admin_project.write("shop/models.py", MODELS)
    admin_project.write("shop/urls.py", SHOP_URLS)
    admin_project.write("shop/views.py", VIEWS)
    admin_project.write("site_of_tests/urls.py", URLS)
    admin_project.append(
        "site_of_tests/settings.py",
        "AUTH_USER_MODEL = 'shop.Reader'\n"
        "DATABASES['far'] = {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'n', 'HOST': 'db.example', "
        "'PORT': 5432, 'USER': 'u', 'PASSWORD': 'a secret', 'OPTIONS': {'passfile': 'a secret'}}\n",
    )
    with hosting(admin_project) as host:
        host.project = admin_project  # type: ignore[attr-defined]
        yield host


def test_the_runtime_lens(library: Host) -> None:
    project: Project = library.project  # type: ignore[attr-defined]
    lens = library.job("runtime.read")
    assert lens["settingsModule"] == "site_of_tests.settings"
    assert {"label": "shop", "name": "shop", "path": project.path("shop"), "verboseName": "Shop"} in lens[
        "apps"
    ]
    assert "a secret" not in repr(lens)
    assert lens["settings"]["DEBUG"] is True and lens["settings"]["AUTH_USER_MODEL"] == "shop.Reader"
    databases = {each["alias"]: each for each in lens["databases"]}
    assert databases["default"]["vendor"] == "sqlite" and databases["default"]["isLocal"]
    assert databases["far"]["isLocal"] is False and databases["far"]["port"] == "5432"

    models = {f"{each['app']}.{each['name']}": each for each in lens["models"]}
    book, signed, note = models["shop.Book"], models["shop.Signed"], models["shop.Note"]
    lines = MODELS.splitlines()
    assert book["file"] == project.path("shop/models.py") and lines[book["line"] - 1] == "class Book(Dated):"
    assert book["bases"] == ["shop.models.Dated"] and book["dbTable"] == "shop_book"
    assert models["shop.Cheap"]["proxy"] and not note["managed"] and note["dbTable"] == "notes"
    assert models["shop.Book_tags"]["autoCreated"] and models["auth.User"]["swapped"] == "shop.Reader"
    fields = {each["name"]: each for each in book["fields"]}
    assert fields["added"]["inheritedFrom"] == "shop.models.Dated"
    assert (
        fields["kind"]["choices"] == 2 and fields["kind"]["blank"] and fields["kind"]["inheritedFrom"] is None
    )
    author = fields["author"]
    assert (author["relation"], author["relatedModel"], author["attname"]) == (
        "fk",
        "shop.Reader",
        "author_id",
    )
    assert author["relatedName"] == "books" and author["null"] and author["index"]
    assert (fields["tags"]["relation"], fields["tags"]["through"]) == ("m2m", "shop.Book_tags")
    inherited = {each["name"]: each for each in signed["fields"]}
    assert inherited["kind"]["inheritedFrom"] == "shop.models.Book"
    assert (inherited["signature"]["relation"], inherited["signature"]["column"]) == ("o2o", "sig")
    assert next(each for each in note["fields"] if each["name"] == "about")["relation"] == "generic"


def test_the_routes(library: Host) -> None:
    project: Project = library.project  # type: ignore[attr-defined]
    routes = {each["pattern"]: each for each in library.job("runtime.read")["routes"]}
    detail = routes["/shop/books/<int:pk>/"]
    assert detail["viewKind"] == "class" and detail["methods"] == ["GET", "PUT", "OPTIONS"]
    assert (detail["name"], detail["namespace"], detail["app"]) == ("detail", "shop", "shop")
    assert detail["parameters"] == [{"name": "pk", "converter": "int"}]
    assert detail["view"] == "shop.views.Detail" and detail["file"] == project.path("shop/views.py")
    assert VIEWS.splitlines()[detail["line"] - 1] == "class Detail(View):"
    limited = routes["/shop/only/"]
    assert limited["methods"] == ["GET", "POST"] and limited["view"] == "shop.views.limited"
    plain = routes["/shop/plain/<slug:s>/"]
    assert plain["methods"] is None and plain["viewKind"] == "function" and plain["permissions"] == []
    old = routes["/old/<year>/"]
    assert (
        old["regex"] and old["name"] == "old" and old["parameters"] == [{"name": "year", "converter": None}]
    )
    assert routes["/admin/login/"]["namespace"] == "admin"


def test_django_rest_framework(admin_project: Project) -> None:
    admin_project.append("site_of_tests/settings.py", "INSTALLED_APPS += ['rest_framework']\n")
    admin_project.write(
        "site_of_tests/urls.py",
        "from django.urls import include, path\n"
        "from rest_framework import permissions, routers, viewsets\n"
        "from rest_framework.decorators import api_view\n"
        "from shop.models import Book\n"
        "class Books(viewsets.ModelViewSet):\n"
        "    queryset = Book.objects.all()\n    permission_classes = [permissions.IsAuthenticated]\n"
        "@api_view(['POST'])\ndef act(request): ...\n"
        "router = routers.DefaultRouter()\nrouter.register('books', Books)\n"
        "urlpatterns = [path('api/', include(router.urls)), path('act/', act)]\n",
    )
    with hosting(admin_project) as host:
        routes = {each["pattern"]: each for each in host.job("runtime.read")["routes"]}
        books = routes["/api/books/"]
        assert books["viewKind"] == "viewset" and books["actions"] == {"GET": "list", "POST": "create"}
        assert books["permissions"] == ["IsAuthenticated"] and books["name"] == "book-list"
        act = routes["/act/"]
        assert act["line"] == 8  # where its decorators begin
        assert act["viewKind"] == "function" and act["methods"] == ["POST", "OPTIONS"]


def test_checks_with_an_environment_and_other_settings(library: Host) -> None:
    project: Project = library.project  # type: ignore[attr-defined]
    project.append(
        "site_of_tests/settings.py",
        "import os\nDEBUG = os.environ.get('LIVE') != 'yes'\ndel DATABASES['far']\n",
    )
    issues = library.job("checks.run", deploy=True)["issues"]
    assert "security.W018" in [each["id"] for each in issues]
    live = library.job("checks.run", deploy=True, env={"LIVE": "yes"})["issues"]
    assert "security.W018" not in [each["id"] for each in live]
    project.write(
        "site_of_tests/safe.py", "from .settings import *\nDEBUG = False\nSESSION_COOKIE_SECURE = True\n"
    )
    safe = library.job("checks.run", deploy=True, settings="site_of_tests.safe")["issues"]
    assert "security.W012" in [each["id"] for each in live]
    assert {"security.W018", "security.W012"}.isdisjoint(each["id"] for each in safe)


def test_a_job_prints_is_cancelled_and_fails(project: Project) -> None:
    project.append(
        "site_of_tests/settings.py",
        "import os, sys, time\n"
        "print('settings are read', flush=True)\n"
        "sys.stderr.write('no line')\n"
        "step = os.environ.get('STEP')\n"
        "if step == 'hang': time.sleep(1000)\n"
        "if step == 'exit': os._exit(4)\n"
        "if step == 'leave': sys.exit('bye')\n"
        "if step == 'break': 1 / 0\n"
        "if step == 'talk': print('0123456789' * 4_000_000)\n",
    )
    with hosting(project) as host:
        number = host.send("job.run", job="checks.run", params={}, env={})
        reply = host.reply(number)
        printed = [each for each in host.messages if each.get("event") == "job.output"]
        assert reply["value"] == {"issues": []} and {each["id"] for each in printed} == {number}
        assert (
            "".join(each["text"] for each in printed if each["stream"] == "stdout") == "settings are read\n"
        )
        assert "".join(each["text"] for each in printed if each["stream"] == "stderr") == "no line"

        hanging = host.send("job.run", job="runtime.read", env={"STEP": "hang"})
        host.wait(lambda message: message.get("event") == "job.output" and message["id"] == hanging)
        assert host.call("job.cancel", id=hanging) == {}
        assert host.reply(hanging)["failure"]["code"] == "cancelled"

        failure = host.job_failure("checks.run", env={"STEP": "exit"})
        assert failure["code"] == "job-ended" and failure["detail"] == {"exitCode": 4, "signal": None}
        for step, kind in (("leave", "SystemExit"), ("break", "ZeroDivisionError")):
            failure = host.job_failure("checks.run", env={"STEP": step})
            assert failure["code"] == "project-error" and failure["detail"]["failure"]["type"] == kind
            assert failure["detail"]["failure"]["file"] == project.path("site_of_tests/settings.py")
        assert host.job("checks.run", env={"STEP": "talk"}) == {"issues": []}
        assert (
            host.wait(lambda message: message.get("event") == "dropped" and "id" in message)["bytes"]
            > 1_000_000
        )
        # Jobs leave no process behind.
        eventually(lambda: len(host.processes()) == 4)  # supervisor, watchdog, two spares
        assert os.environ.get("STEP") is None


def test_parameters_of_the_wrong_type(library: Host) -> None:
    for job, params in (
        ("checks.run", {"deploy": "yes"}),
        ("migrations.plan", {"answers": ["x"]}),
        ("migrations.plan", {"apps": [1]}),
        ("migrations.sql", {"app": "shop"}),
        ("users.list", {"limit": "many"}),
    ):
        assert library.job_failure(job, **params)["code"] == "bad-request"


def test_the_serving_child_answers_without_another_boot(project: Project) -> None:
    project.page("x", before="with open('boots', 'a') as file:\n    file.write('x')\n")
    project.append(
        "site_of_tests/urls.py",
        'urlpatterns += [path(f"route/{number}/<int:pk>/", page, name=f"r{number}") for number in range(1000)]\n',
    )
    with hosting(project) as host:
        host.start()
        host.wait(lambda message: message.get("event") == "checks")
        boots = (project.folder / "boots").read_text()
        lens = host.job("runtime.read")
        assert len(lens["routes"]) == 1001 and lens["settingsModule"] == "site_of_tests.settings"
        # A fork or a spare that warms up stops before this file, or has not entered the project.
        assert (project.folder / "boots").read_text() == boots
        host.call("serve.stop")
        assert len(host.job("runtime.read")["routes"]) == 1001
        assert (project.folder / "boots").read_text() == boots + "x"
