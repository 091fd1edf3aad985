"""Users, sessions and CSRF tokens, used against the running server's admin."""

from __future__ import annotations

import http.client
from urllib.parse import urlencode

import pytest

from support import Project, hosting

PASSWORD = "correct horse battery"


@pytest.fixture
def migrated(admin_project: Project) -> Project:
    admin_project.append(
        "site_of_tests/settings.py",
        "AUTH_PASSWORD_VALIDATORS = [{'NAME': "
        "'django.contrib.auth.password_validation.MinimumLengthValidator'}]\n",
    )
    return admin_project


def test_superusers_and_sessions(migrated: Project) -> None:
    with hosting(migrated) as host:
        failure = host.job_failure("users.list")
        assert failure["code"] == "database-error" and "Apply the migrations" in failure["message"]
        host.job("migrations.apply")
        for params, field in (
            ({"username": "a b", "password": PASSWORD}, "username"),
            ({"username": "ana", "password": "short"}, "password"),
            ({"username": "ana", "password": ""}, "password"),
            ({"username": "ana", "password": PASSWORD, "email": "nonsense"}, "email"),
            ({"username": "ana", "password": PASSWORD, "extra": {"shoe": 1}}, "shoe"),
        ):
            failure = host.job_failure("users.createSuperuser", **params)
            assert failure["code"] == "invalid" and list(failure["detail"]["fields"]) == [field]
        made = host.job(
            "users.createSuperuser",
            username="ana",
            password=PASSWORD,
            email="ana@example.com",
            extra={"first_name": "Ana", "last_name": "Bel"},
        )
        assert made["username"] == "ana"
        failure = host.job_failure("users.createSuperuser", username="ana", password=PASSWORD)
        assert list(failure["detail"]["fields"]) == ["username"]
        host.job("users.createSuperuser", username="bob", password=PASSWORD)
        found = host.job("users.list", search="AN", limit=5)
        assert (
            found["total"] == 1 and found["userModel"] == "auth.User" and found["usernameField"] == "username"
        )
        assert found["users"] == [
            {
                "id": made["id"],
                "username": "ana",
                "label": "Ana Bel",
                "isStaff": True,
                "isSuperuser": True,
                "isActive": True,
            }
        ]
        assert host.job("users.list", limit=1)["total"] == 2
        assert host.job_failure("users.session", id="99")["code"] == "unknown-user"
        assert host.job_failure("users.session", id="x")["code"] == "unknown-user"

        host.start()
        session = host.job("users.session", id=made["id"])
        cookie = f"{session['cookieName']}={session['cookieValue']}"
        status, page = host.get("/admin/", {"Cookie": cookie})
        assert status == 200 and "Ana" in page
        assert host.get("/admin/")[0] == 302
        body = urlencode({"name": "editors"})
        headers = {
            "Cookie": f"{cookie}; {session['csrfCookieName']}={session['csrfToken']}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        for more, status in (({}, 403), ({session["csrfHeaderName"]: session["csrfToken"]}, 302)):
            connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
            connection.request("POST", "/admin/auth/group/add/", body, {**headers, **more})
            assert connection.getresponse().status == status
        anonymous = host.job("users.csrf")
        assert anonymous["csrfCookieName"] == "csrftoken" and len(anonymous["csrfToken"]) == 32
        assert PASSWORD not in repr(host.messages)


def test_an_email_as_the_name_and_a_csrf_token_in_the_session(migrated: Project) -> None:
    migrated.write(
        "shop/models.py",
        "from django.contrib.auth.base_user import BaseUserManager\n"
        "from django.contrib.auth.models import AbstractUser\nfrom django.db import models\n"
        "class Shops(BaseUserManager):\n"
        "    def create_superuser(self, email, password, town):\n"
        "        user = self.model(email=email, town=town, is_staff=True, is_superuser=True)\n"
        "        user.set_password(password)\n        user.save()\n        return user\n"
        "class Town(models.Model):\n    pass\n"
        "class Person(AbstractUser):\n    username = None\n"
        "    email = models.EmailField(unique=True)\n"
        "    town = models.ForeignKey(Town, models.CASCADE)\n"
        "    USERNAME_FIELD = 'email'\n    REQUIRED_FIELDS = ['town']\n    objects = Shops()\n",
    )
    migrated.append(
        "site_of_tests/settings.py", "AUTH_USER_MODEL = 'shop.Person'\nCSRF_USE_SESSIONS = True\n"
    )
    migrated.append("site_of_tests/urls.py", "")
    with hosting(migrated) as host:
        host.job("migrations.make")
        host.job("migrations.apply")
        params = {"username": "a@b.example", "password": PASSWORD}
        failure = host.job_failure("users.createSuperuser", **params)
        assert list(failure["detail"]["fields"]) == ["town"]
        failure = host.job_failure("users.createSuperuser", **params, extra={"town": 1})
        assert list(failure["detail"]["fields"]) == ["town"]  # there is no such town
        import sqlite3

        with sqlite3.connect(migrated.path("db.sqlite3")) as connection:
            connection.execute("INSERT INTO shop_town DEFAULT VALUES")
        made = host.job("users.createSuperuser", **params, extra={"town": 1})
        session = host.job("users.session", id=made["id"])
        assert session["csrfCookieName"] is None and session["csrfToken"]


def test_projects_without_users_or_with_sessions_in_memory(project: Project, migrated: Project) -> None:
    migrated.append(
        "site_of_tests/settings.py", "SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n"
    )
    with hosting(migrated) as host:
        host.job("migrations.apply")
        made = host.job("users.createSuperuser", username="ana", password=PASSWORD)
        assert host.job_failure("users.session", id=made["id"])["code"] == "session-in-memory"
    Project(project.folder, [], [])
    with hosting(project) as host:
        assert host.job_failure("users.list")["code"] == "no-users"
