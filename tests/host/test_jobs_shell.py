"""The shell: inputs one after the other, with what they print, complete names, interrupts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import Host, Message, Project, hosting


class Shell:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.number = host.send("job.run", job="shell.open", params={})
        self.count = 0
        self.ready = self.report("ready", 0)

    def report(self, kind: str, since: int, number: int | None = None) -> Message:
        def fits(message: Message) -> bool:
            report = message.get("report")
            if message.get("event") != "job.report" or message["id"] != self.number:
                return False
            return report["kind"] == kind and number in (None, report.get("number"))

        return self.host.wait(fits, since)["report"]

    def tell(self, kind: str, text: str, whole: bool = False) -> tuple[int, int]:
        self.count += 1
        since = self.host.mark()
        message = {"kind": kind, "number": self.count, "text": text, "whole": whole}
        self.host.call("job.tell", id=self.number, message=message)
        return since, self.count

    def printed(self, since: int) -> str:
        reports = [each["report"] for each in self.host.messages[since:] if each.get("event") == "job.report"]
        return "".join(each["text"] for each in reports if each["kind"] == "output")

    def run(self, text: str) -> tuple[str, Message]:
        since, number = self.tell("input", text, whole=True)
        done = self.report("done", since, number)
        return self.printed(since), done

    def is_whole(self, text: str) -> bool:
        since, number = self.tell("input", text)
        answer = self.host.wait(
            lambda each: (
                each.get("event") == "job.report"
                and each["report"].get("number") == number
                and each["report"]["kind"] in ("incomplete", "done")
            ),
            since,
        )
        return answer["report"]["kind"] == "done"

    def options(self, text: str) -> tuple[int, list[str]]:
        since, number = self.tell("complete", text)
        answer = self.report("completions", since, number)
        return answer["start"], [each["text"] for each in answer["options"]]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    apps = ["django.contrib.auth", "django.contrib.contenttypes"]
    project = Project(tmp_path_factory.mktemp("shell") / "mon été", apps, [])
    project.write("kitchen.py", "def burn():\n    raise ValueError('too hot')\n")
    with hosting(project) as host:
        yield Shell(host)


def test_models_are_there_and_state_stays(shell: Shell) -> None:
    assert {"User", "Group", "ContentType"} <= set(shell.ready["names"])
    assert shell.run("number = 20\nnumber + 1")[0] == "21\n"
    assert shell.run("number")[0] == "20\n"
    assert shell.run("User.__name__; None")[0] == ""
    assert shell.run("def twice(n):\n    return n * 2\n\ntwice(number)")[0] == "40\n"


def test_what_goes_wrong_is_said_with_its_lines(shell: Shell) -> None:
    printed, _ = shell.run("import kitchen\nkitchen.burn()")
    assert "ValueError: too hot" in printed and 'kitchen.py", line 2' in printed
    assert "kitchen.burn()" in printed and "samois_host" not in printed
    assert "SyntaxError" in shell.run("1 +")[0]
    assert "EOFError" in shell.run("input()")[0]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1 + 1", True),
        ("for each in range(2):", False),
        ("for each in range(2):\n    print(each)", False),
        ("for each in range(2):\n    print(each)\n", True),
        ("sum([1,", False),
        ("'''open", False),
        ("1 +", True),
        ("a = 1\nb = 2", True),
        ("", True),
    ],
)
def test_when_an_input_is_whole(shell: Shell, text: str, whole: bool) -> None:
    assert shell.is_whole(text) is whole


def test_completion(shell: Shell) -> None:
    assert shell.options("Us") == (0, ["User", "UserWarning"])
    start, options = shell.options("x = User.objects.fil")
    assert start == len("x = User.objects.") and options == ["filter"]
    assert shell.options("User.objects.filter(user")[1] == ["user_permissions", "username"]
    start, options = shell.options("User.objects.filter(is_staff=True, username__ic")
    assert options == ["icontains"] and start == len("User.objects.filter(is_staff=True, username__")
    assert "name" in shell.options("User.objects.all().exclude(groups__")[1]
    assert shell.options("nothing.of.this")[1] == []


def test_an_endless_loop_is_interrupted_and_a_flood_is_bounded(shell: Shell) -> None:
    since, number = shell.tell("input", "while True: print('x' * 1000)", whole=True)
    shell.report("output", since)
    shell.host.call("job.tell", id=shell.number, message={"kind": "interrupt"})
    done = shell.report("done", since, number)
    assert done["leftOut"] > 0 and len(shell.printed(since)) < 300_000
    since, number = shell.tell("input", "import time; time.sleep(600)", whole=True)
    shell.report("running", since, number)
    shell.host.call("job.tell", id=shell.number, message={"kind": "interrupt"})
    shell.report("done", since, number)
    assert shell.printed(since) == "KeyboardInterrupt\n"
    assert shell.run("1")[0] == "1\n"


def test_leaving_it(shell: Shell) -> None:
    shell.run("exit()")
    assert shell.host.reply(shell.number)["ok"]
    failure = shell.host.failure("job.tell", id=shell.number, message={})
    assert failure["code"] == "not-running"
