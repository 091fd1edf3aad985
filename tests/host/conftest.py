"""Fixtures: projects in folders of their own, and hosts that are always taken down."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "resources" / "host"))

from support import ADMIN_APPS, ADMIN_MIDDLEWARE, Host, Project, hosting


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The smallest project that answers a request."""
    return Project(tmp_path / "mon été 名", [], ["django.middleware.common.CommonMiddleware"])


@pytest.fixture
def host(project: Project) -> Iterator[Host]:
    """A host of the smallest project."""
    with hosting(project) as running:
        yield running


@pytest.fixture
def admin_project(tmp_path: Path) -> Project:
    """A project with the admin and an app of its own, not migrated yet."""
    made = Project(tmp_path / "mon été 名", [*ADMIN_APPS, "shop"], ADMIN_MIDDLEWARE)
    made.write(
        "site_of_tests/urls.py",
        "from django.contrib import admin\nfrom django.urls import path\n"
        'urlpatterns = [path("admin/", admin.site.urls)]\n',
    )
    made.write("shop/__init__.py", "")
    made.write(
        "shop/models.py",
        "from django.db import models\n\n\nclass Book(models.Model):\n"
        "    title = models.CharField(max_length=100)\n\n    def __str__(self):\n        return self.title\n",
    )
    return made
