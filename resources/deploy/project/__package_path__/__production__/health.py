"""Two addresses for load balancers and orchestrators, answered before Django sees the request.

They know no host names, no redirect and no login, and tell nothing but their state.
/healthz: the process is alive. /readyz: it also reaches its database and its cache.
"""

import logging

from django.core.cache import caches
from django.db import connections

logger = logging.getLogger(__name__)


class HealthEndpoints:
    """A WSGI application around the site."""

    def __init__(self, site):
        self.site = site

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/healthz":
            return answer(environ, start_response, "200 OK", b"alive\n")
        if path == "/readyz":
            if is_ready():
                return answer(environ, start_response, "200 OK", b"ready\n")
            return answer(environ, start_response, "503 Service Unavailable", b"not ready\n")
        return self.site(environ, start_response)


def answer(environ, start_response, status, body):
    if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
        status, body = "405 Method Not Allowed", b""
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(status, headers)
    return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else body]


def is_ready():
    """Whether the default database and the default cache answer; why not goes to the log alone."""
    return all([answers("database", ask_database), answers("cache", ask_cache)])


def answers(name, ask):
    try:
        ask()
    except Exception:
        logger.warning("Not ready: the %s does not answer.", name, exc_info=True)
        return False
    return True


def ask_database():
    connection = connections["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    finally:
        # No request surrounds this, so nobody else would close a connection that broke.
        connection.close()


def ask_cache():
    cache = caches["default"]
    cache.set("readyz", "1", 10)
    if cache.get("readyz") != "1":
        raise RuntimeError("The cache forgot a value at once.")
