"""What a request did: its queries and their places, the cure of repeated ones, templates, logs and failures."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support import ADMIN_APPS, ADMIN_MIDDLEWARE, Host, Project, eventually, hosting

MODELS = """
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, models.CASCADE)
    tags = models.ManyToManyField(Tag)


class Copy(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
"""
VIEWS = """
import logging
from django.core.cache import cache
from django.db.models.signals import post_save
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from shop.models import Author, Book, Copy, Tag


def fill(request):
    tag = Tag.objects.create(name="t")
    for number in range(5):
        author = Author.objects.create(name=f"author {number}")
        book = Book.objects.create(title=f"book {number}", author=author)
        book.tags.add(tag)
        Copy.objects.create(book=book)
    return HttpResponse("filled")


def authors(request):
    books = Book.objects.all()
    return JsonResponse({"names": [book.author.name for book in books]})


def deep(request):
    copies = list(Copy.objects.all())
    return JsonResponse({"names": [copy.book.author.name for copy in copies]})


def tags(request):
    books = list(Book.objects.order_by("pk"))
    return JsonResponse({"names": [len(book.tags.all()) for book in books]})


def copies(request):
    books = list(Book.objects.order_by("pk"))
    return JsonResponse({"names": [len(book.copy_set.all()) for book in books]})


def page(request):
    return render(request, "shop/page.html", {"books": Book.objects.all()})


def stream(request):
    return StreamingHttpResponse(f"{book.title}\\n" for book in Book.objects.all())


async def later(request):
    return JsonResponse({"count": await Book.objects.acount()})


def fail(request):
    cache.get("nothing")
    cache.set("something", 1)
    cache.get("something")
    logging.getLogger("shop").warning("about to %s", "fail")
    raise LookupError("as it is meant to")


def hundred(request):
    for number in range(100):
        Book.objects.filter(pk=number).first()
    return HttpResponse("done")
"""
NAMES = ["fill", "authors", "deep", "tags", "copies", "page", "stream", "later", "fail", "hundred"]


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    project = Project(tmp_path / "mon été 名", [*ADMIN_APPS, "shop"], ADMIN_MIDDLEWARE)
    project.write("shop/__init__.py", "")
    project.write("shop/models.py", MODELS)
    project.write("shop/views.py", VIEWS)
    project.write(
        "shop/templates/shop/page.html",
        "<ul>\n{% for book in books %}\n<li>{{ book.author.name }}</li>\n{% endfor %}\n</ul>\n",
    )
    routes = ", ".join(f"path('{name}/', views.{name}, name='{name}')" for name in NAMES)
    project.write(
        "site_of_tests/urls.py",
        f"from django.urls import path\nfrom shop import views\nurlpatterns = [{routes}]\n",
    )
    return project


@pytest.fixture
def running(shop: Project) -> Iterator[Host]:
    with hosting(shop) as host:
        host.job("migrations.make")
        host.job("migrations.apply")
        host.start()
        assert host.get("/fill/") == (200, "filled")
        yield host


def trace_of(host: Host, path: str) -> dict[str, Any]:
    host.get(path)

    def found() -> dict[str, Any] | None:
        traces = host.call("traces.list")["traces"]
        return next((each for each in reversed(traces) if each["path"] == path), None)

    return host.call("traces.read", id=eventually(found)["id"])


def line_of(project: Project, file: str, text: str) -> int:
    lines = (project.folder / file).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_request_tells_its_route_view_and_queries(running: Host, shop: Project) -> None:
    trace = trace_of(running, "/authors/")
    assert (trace["method"], trace["status"], trace["route"], trace["routeName"]) == (
        "GET",
        200,
        "/authors/",
        "authors",
    )
    assert trace["view"] == "shop.views.authors" and trace["file"] == shop.path("shop/views.py")
    assert trace["line"] == line_of(shop, "shop/views.py", "def authors")
    assert trace["queryCount"] == 6 and trace["queryMilliseconds"] > 0 and trace["size"] > 20
    first = trace["queries"][0]
    assert "shop_book" in trace["statements"][first["statement"]]
    assert (first["file"], first["function"]) == (
        shop.path("shop/views.py"),
        "authors.<locals>.<listcomp>",
    ) or first["line"]
    assert trace["queries"][1]["params"] == [1]


@pytest.mark.parametrize(
    ("path", "method", "relation", "model", "text"),
    [
        ("/authors/", "select_related", "author", "shop.Book", "[book.author.name for"),
        ("/tags/", "prefetch_related", "tags", "shop.Book", 'list(Book.objects.order_by("pk"))'),
        ("/copies/", "prefetch_related", "copy_set", "shop.Book", 'list(Book.objects.order_by("pk"))'),
        ("/deep/", "select_related", "book__author", "shop.Copy", "copies = list("),
    ],
)
def test_repeated_queries_come_with_their_cure(
    running: Host, shop: Project, path: str, method: str, relation: str, model: str, text: str
) -> None:
    trace = trace_of(running, path)
    cures = [group["cure"] for group in trace["groups"]]
    lines = (shop.folder / "shop/views.py").read_text().splitlines()
    wanted = {"method": method, "relation": relation, "model": model}
    found = [cure for cure in cures if cure and {key: cure[key] for key in wanted} == wanted]
    assert found and found[0]["file"] == shop.path("shop/views.py"), trace["groups"]
    assert text in lines[found[0]["line"] - 1]
    assert all(group["count"] == 5 for group in trace["groups"])


def test_queries_of_a_template_stand_at_its_line(running: Host, shop: Project) -> None:
    trace = trace_of(running, "/page/")
    (group,) = trace["groups"]
    assert (group["file"], group["line"]) == (shop.path("shop/templates/shop/page.html"), 3)
    assert group["cure"]["relation"] == "author"
    assert {"name": "shop/page.html", "count": 1} in trace["templates"]


def test_streams_tasks_failures_caches_logs_and_signals(running: Host, shop: Project) -> None:
    assert trace_of(running, "/stream/")["queryCount"] == 1
    assert trace_of(running, "/later/")["queryCount"] == 1
    failed = trace_of(running, "/fail/")
    assert failed["status"] == 500 and failed["exception"] == "LookupError"
    assert failed["failure"]["file"] == shop.path("shop/views.py")
    assert (failed["cacheHits"], failed["cacheMisses"]) == (1, 1)
    assert ("warning", "shop", "about to fail") in [
        (each["level"], each["logger"], each["text"]) for each in failed["logs"]
    ]


def test_a_plan_can_be_asked_for(running: Host) -> None:
    trace = trace_of(running, "/authors/")
    query = trace["queries"][1]
    sql = trace["statements"][query["statement"]]
    explained = running.job("queries.explain", sql=sql, alias="default", params=query["params"])
    assert explained["plan"] and "shop_author" in explained["plan"][0]
    assert explained["missingIndexes"] == []  # it is found by its primary key
    sql = 'SELECT "shop_book"."title" FROM "shop_book" WHERE ("shop_book"."title" = %s AND "shop_book"."id" > %s)'
    explained = running.job("queries.explain", sql=sql, params=["a", 1])
    # By the primary key SQLite finds the rows already: nothing is scanned.
    assert explained["missingIndexes"] == [], explained
    sql = 'SELECT "shop_book"."title" FROM "shop_book" WHERE "shop_book"."title" = %s ORDER BY "shop_book"."title"'
    explained = running.job("queries.explain", sql=sql, params=["a"])
    assert explained["missingIndexes"] == [{"model": "shop.Book", "fields": ["title"]}], explained
    failure = running.job_failure("queries.explain", sql="PRAGMA user_version", alias="default")
    assert failure["code"] == "not-explainable"


def test_they_survive_reloads_are_bounded_and_can_be_switched_off(running: Host, shop: Project) -> None:
    first = trace_of(running, "/later/")["id"]
    running.reload(shop.path("shop/views.py"))
    assert running.call("traces.read", id=first)["path"] == "/later/"
    for _ in range(20):
        running.get("/later/")
    added = [each for each in running.messages if each.get("event") == "traces"]
    assert added and all(each["added"] for each in added)
    running.call("traces.switch", on=False)
    running.call("traces.clear")
    running.get("/later/")
    running.reload(shop.path("shop/views.py"))
    running.get("/later/")
    listed = running.call("traces.list")
    assert listed["on"] is False and len(listed["traces"]) <= 1
    running.call("traces.switch", on=True)

    def noted() -> bool:  # the child hears of it a moment later
        running.get("/tags/")
        return any(each["path"] == "/tags/" for each in running.call("traces.list")["traces"])

    eventually(noted)
    assert trace_of(running, "/authors/")["queryCount"] == 6
    assert running.failure("traces.read", id=first)["code"] == "unknown-trace"


def test_it_costs_little(running: Host) -> None:
    def milliseconds() -> float:
        times = []
        for _ in range(25):
            began = time.perf_counter()
            running.get("/hundred/")
            times.append(time.perf_counter() - began)
        return statistics.median(times) * 1000

    milliseconds()
    on = milliseconds()
    running.call("traces.switch", on=False)
    off = milliseconds()
    # Measured properly by the benchmark; here only that it is no multiple.
    assert on < off * 1.6, (on, off)
