"""A real host on a real project, driven through its protocol as the studio drives it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Message = dict[str, Any]

RUN = Path(__file__).resolve().parents[2] / "resources" / "host" / "run.py"
PATIENCE = 40.0
# Puts two inherited pipes at 3 and 4, as Node does, and becomes the supervisor.
TRAMPOLINE = """
import os, sys
high = [os.dup(int(each)) for each in sys.argv[1:3]]
spare = [os.dup(each) for each in high for _ in range(4)]
os.dup2(spare[0], 3); os.dup2(spare[-1], 4)
os.closerange(5, 64)
os.execv(sys.argv[3], sys.argv[3:])
"""

SETTINGS = """
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "only for tests"
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "site_of_tests.urls"
INSTALLED_APPS = {apps!r}
MIDDLEWARE = {middleware!r}
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
USE_TZ = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {{"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]}},
}}]
"""
URLS = """
from django.http import HttpResponse
from django.urls import path
def page(request):
    return HttpResponse("first")
urlpatterns = [path("", page)]
"""
ADMIN_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
ADMIN_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


class Project:
    """A Django project in a folder of its own, with spaces and letters beyond ASCII in its path."""

    def __init__(self, folder: Path, apps: list[str], middleware: list[str]) -> None:
        self.folder = folder
        self.write("site_of_tests/__init__.py", "")
        self.write("site_of_tests/settings.py", SETTINGS.format(apps=apps, middleware=middleware))
        self.write("site_of_tests/urls.py", URLS)

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # As the studio and most editors save: nobody ever reads half a file.
        whole = path.with_name(f".{path.name}.new")
        whole.write_text(text, encoding="utf-8")
        whole.replace(path)
        return str(path)

    def append(self, name: str, text: str) -> str:
        return self.write(name, (self.folder / name).read_text(encoding="utf-8") + text)

    def page(self, text: str, before: str = "") -> str:
        body = before + URLS.replace('"first"', repr(text))
        return self.write("site_of_tests/urls.py", body)


class Host:
    """The client's side of the protocol."""

    def __init__(
        self,
        project: Project,
        *options: str,
        environment: dict[str, str] | None = None,
        interpreter: str = sys.executable,
    ) -> None:
        to_read, self._requests = os.pipe()
        replies, to_write = os.pipe()
        command = [interpreter, "-u", str(RUN), "--project", str(project.folder)]
        command += ["--settings", "site_of_tests.settings", *options]
        # The marker is how processes of this very host are found when its group is gone.
        self.marker = f"samois-test-{os.getpid()}-{id(self)}-{time.monotonic_ns()}"
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", TRAMPOLINE, str(to_read), str(to_write), *command],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "SAMOIS_TEST_MARKER": self.marker, **(environment or {})},
        )
        os.close(to_read)
        os.close(to_write)
        self.messages: list[Message] = []
        self.port = 0
        self._number = 0
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, args=(replies,), daemon=True)
        self._reader.start()

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor, encoding="utf-8") as lines:
            for line in lines:
                message = json.loads(line)
                with self._changed:
                    self.messages.append(message)
                    self._changed.notify_all()

    def send(self, call: str, **params: Any) -> int:
        self._number += 1
        self.send_raw(json.dumps({"id": self._number, "call": call, "params": params}).encode() + b"\n")
        return self._number

    def send_raw(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._requests, view) :]

    def mark(self) -> int:
        with self._changed:
            return len(self.messages)

    def wait(self, wanted: Callable[[Message], Any], since: int = 0, seconds: float = PATIENCE) -> Message:
        deadline = time.monotonic() + seconds
        seen = since
        with self._changed:
            while True:
                for message in self.messages[seen:]:
                    if wanted(message):
                        return message
                seen = len(self.messages)
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise AssertionError(f"Nothing came that fits; since then: {self.messages[since:][-12:]}")

    def reply(self, number: int, seconds: float = PATIENCE) -> Message:
        return self.wait(lambda message: message.get("id") == number and "ok" in message, 0, seconds)

    def call(self, call: str, **params: Any) -> Any:
        reply = self.reply(self.send(call, **params))
        assert reply["ok"], reply
        return reply["value"]

    def failure(self, call: str, **params: Any) -> Message:
        reply = self.reply(self.send(call, **params))
        assert not reply["ok"], reply
        assert reply["failure"]["message"].rstrip()[-1] in ".?", reply
        return reply["failure"]

    def job(self, job: str, env: dict[str, Any] | None = None, **params: Any) -> Any:
        return self.call("job.run", job=job, params=params, env=env or {})

    def job_failure(self, job: str, env: dict[str, Any] | None = None, **params: Any) -> Message:
        return self.failure("job.run", job=job, params=params, env=env or {})

    def state(self, *states: str, since: int = 0, generation: int = 0) -> Message:
        def fits(message: Message) -> bool:
            return (
                message.get("event") == "serve.state"
                and message["state"] in states
                and message["generation"] >= generation
            )

        return self.wait(fits, since)

    def start(self) -> Message:
        self.port = self.call("serve.start", port=0)["port"]
        return self.state("serving", "broken")

    def reload(self, *files: str) -> Message:
        """Reload, and wait for the state of the generation that holds these files."""
        since = self.mark()
        generation = self.call("serve.reload", files=list(files), kind="changed")["generation"]
        return self.state("serving", "broken", since=since, generation=generation)

    def get(self, path: str = "/", headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def leave(self) -> None:
        """The studio is gone."""
        if self._requests >= 0:
            os.close(self._requests)
            self._requests = -1

    def processes(self) -> list[int]:
        """Every process that this host started, also one that left its group."""
        found = []
        marker = f"SAMOIS_TEST_MARKER={self.marker}".encode()
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if marker in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue  # it has just ended, or is not ours to look at
        return found

    def close(self) -> None:
        self.leave()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise


def eventually(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Poll until the condition holds."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, "It did not come to pass in time."
        time.sleep(0.01)


@contextmanager
def hosting(project: Project, *options: str, **more: Any) -> Iterator[Host]:
    """A host for the length of a test."""
    host = Host(project, *options, **more)
    try:
        yield host
    finally:
        host.close()
