"""Sessions and CSRF tokens, so that requests can be sent as any user of the local database."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_backends, login
from django.http import HttpRequest
from django.middleware.csrf import get_token

from samois_host.failure import JobFailure
from samois_host.jobs import Context
from samois_host.jobs.database import database_errors
from samois_host.jobs.parameters import Params, text
from samois_host.jobs.users import find_user

MEMORY_CACHE = "django.core.cache.backends.locmem.LocMemCache"


def session(params: Params, context: Context) -> dict[str, Any]:
    """The job: a real session of a user, made as `django.test.Client.force_login` makes it."""
    user = find_user(text(params, "id"))
    _refuse_memory()
    request = HttpRequest()
    with database_errors():
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
        backend = next((each for each in get_backends() if hasattr(each, "get_user")), None)
        if backend is None:
            raise JobFailure("no-users", "No backend in AUTHENTICATION_BACKENDS can load a user.")
        login(request, user, f"{type(backend).__module__}.{type(backend).__qualname__}")
        described = _csrf(request)
        request.session.save()
    return {
        "cookieName": settings.SESSION_COOKIE_NAME,
        "cookieValue": request.session.session_key,
        **described,
    }


def csrf(params: Params, context: Context) -> dict[str, Any]:
    """The job: a CSRF token for requests of nobody."""
    request = HttpRequest()
    if settings.CSRF_USE_SESSIONS:
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    return _csrf(request)


def _csrf(request: Any) -> dict[str, Any]:
    token = get_token(request)
    in_session = settings.CSRF_USE_SESSIONS
    return {
        "csrfCookieName": None if in_session else settings.CSRF_COOKIE_NAME,
        # The secret itself is valid both as the cookie and as the header.
        "csrfToken": token if in_session else request.META["CSRF_COOKIE"],
        "csrfHeaderName": settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-"),
    }


def _refuse_memory() -> None:
    if settings.SESSION_ENGINE != "django.contrib.sessions.backends.cache":
        return
    if settings.CACHES.get(settings.SESSION_CACHE_ALIAS, {}).get("BACKEND") == MEMORY_CACHE:
        sentence = (
            "The sessions of this project live in the memory of the server (SESSION_ENGINE is the cache, and "
            "the cache is LocMemCache), so none can be made for it. Log in through the site instead."
        )
        raise JobFailure("session-in-memory", sentence)
