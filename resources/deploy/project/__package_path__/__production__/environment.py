"""What the site needs of its environment; it does not start while anything is missing or weak."""

import math
import os
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
WEAK_PASSWORDS = {"", "admin", "changeme", "example", "password", "postgres", "redis", "root", "secret", "user"}
PLACEHOLDERS = ("changeme", "change-me", "your-secret", "replace-me", "example")
ENGINES = {
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "mysql": "django.db.backends.mysql",
    "sqlite": "django.db.backends.sqlite3",
}
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
MAKE_KEY = "python -c 'import secrets; print(secrets.token_urlsafe(64))'"


class Environment:
    """Reads variables and remembers what is wrong with them, so that all of it is said at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def refuse_problems(self) -> None:
        """End here when anything is wrong."""
        if self.problems:
            raise ImproperlyConfigured("This site does not start: " + " ".join(self.problems))

    def text(self, name: str, default: str | None = None) -> str:
        value = os.environ.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.problems.append(f"{name} is not set.")
            return ""
        return default

    def integer(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isdecimal():
            self.problems.append(f"{name} is {value!r}; write a whole number.")
            return default
        return int(value)

    def words(self, name: str) -> list[str]:
        """A list, separated by commas."""
        return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]

    def refuse_debug(self) -> None:
        if os.environ.get("DEBUG", "").strip().lower() in TRUE:
            self.problems.append("DEBUG is on; it shows settings and source to every visitor. Unset it.")
        # Settings that read DEBUG themselves must not take its absence for development.
        os.environ["DEBUG"] = "0"

    def secret_key(self, name: str) -> str:
        value = self.text(name)
        if not value:
            return value
        if value.startswith("django-insecure-"):
            self.problems.append(f"{name} is the key of the development settings. Make one: {MAKE_KEY}")
        elif len(value) < 50:
            self.problems.append(f"{name} has {len(value)} characters and needs 50. Make one: {MAKE_KEY}")
        elif is_guessable(value):
            self.problems.append(f"{name} is no random text. Make one: {MAKE_KEY}")
        return value

    def hosts(self, name: str) -> list[str]:
        hosts = self.words(name)
        if not hosts:
            self.problems.append(f"{name} is not set; list the host names of the site, separated by commas.")
        for host in hosts:
            if "*" in host:
                self.problems.append(f"{name} has {host!r}, which lets any host name in.")
            elif "/" in host or (":" in host and not host.startswith("[")):
                self.problems.append(f"{name} has {host!r}; write the host name alone.")
        return hosts

    def origins(self, name: str, hosts: list[str]) -> list[str]:
        """Origins that may send forms: by default the hosts themselves, over HTTPS."""
        origins = self.words(name)
        for origin in origins:
            if not origin.startswith("https://"):
                self.problems.append(f"{name} has {origin!r}; every origin starts with https://.")
        return origins or [f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in hosts]

    def database(self, name: str) -> dict:
        """An entry of DATABASES from postgresql://user:password@host:5432/name?sslmode=require."""
        url = self.text(name)
        parts = self._url(name, url)
        if parts is None:
            return {}
        engine = ENGINES.get(parts.scheme)
        if engine is None:
            self.problems.append(f"{name} starts with {parts.scheme!r}; known are {', '.join(sorted(ENGINES))}.")
            return {}
        path = unquote(parts.path.removeprefix("/"))
        if not path:
            self.problems.append(f"{name} names no database; it ends with /NAME.")
        if parts.scheme == "sqlite":
            return {"ENGINE": engine, "NAME": path, "OPTIONS": {"timeout": 20}}
        options = dict(parse_qsl(parts.query))
        socket = options.pop("host", "")
        if not socket:
            self._refuse_weak_password(name, unquote(parts.password or ""), unquote(parts.username or ""))
        if parts.scheme != "mysql":
            options.setdefault("connect_timeout", "5")
        return {
            "ENGINE": engine,
            "NAME": path,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": socket or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
            "CONN_MAX_AGE": self.integer("CONN_MAX_AGE", 60),
            "CONN_HEALTH_CHECKS": True,
        }

    def cache(self, name: str) -> dict:
        """An entry of CACHES from redis://:password@host:6379/0."""
        url = self.text(name)
        parts = self._url(name, url)
        if parts is None:
            return {}
        if parts.scheme not in {"redis", "rediss", "unix"}:
            self.problems.append(f"{name} starts with {parts.scheme!r}; write redis://:PASSWORD@HOST:6379/0.")
        elif parts.password is not None or parts.hostname not in LOCAL_HOSTS | {None}:
            self._refuse_weak_password(name, unquote(parts.password or ""), "")
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            # Without limits a request would wait for a Redis that does not answer.
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }

    def _url(self, name, url):
        if not url:
            return None
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError as error:
            self.problems.append(f"{name} is not a valid URL: {error}.")
            return None
        return parts

    def _refuse_weak_password(self, name: str, password: str, user: str) -> None:
        if password.lower() in WEAK_PASSWORDS or password == user:
            self.problems.append(f"{name} has no password, or one that everybody tries first.")
        elif len(password) < 12:
            self.problems.append(f"The password in {name} has {len(password)} characters and needs 12.")


def is_guessable(key: str) -> bool:
    """Repeated, monotonous or left as it was in an example."""
    repeated = (key + key).find(key, 1) < len(key)
    entropy = -sum(count / len(key) * math.log2(count / len(key)) for count in Counter(key).values())
    return repeated or entropy < 3 or any(word in key.lower() for word in PLACEHOLDERS)
