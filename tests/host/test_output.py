"""What the project prints and logs: complete records, bounded in size and rate."""

from __future__ import annotations

import time
from pathlib import Path

from support import Host, Project, eventually, hosting


def logs(host: Host, text: str) -> dict:
    return host.wait(lambda message: message.get("event") == "log" and text in message["text"])


def memory_in_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def test_prints_records_and_tracebacks(project: Project) -> None:
    project.append(
        "site_of_tests/urls.py",
        "import logging, os, sys\n"
        "def talk(request):\n"
        "    print('printed é', '\\ud800')\n"
        "    print('complained', file=sys.stderr)\n"
        "    os.write(1, b'half a line')\n"
        "    os.write(1, b' and the other half\\n')\n"
        "    logging.getLogger('shop.orders').warning('two\\nlines')\n"
        "    logging.getLogger('shop.orders').info('not configured to be shown')\n"
        "    try:\n        1 / 0\n"
        "    except ZeroDivisionError:\n        logging.getLogger('shop').exception('It broke')\n"
        "    return HttpResponse('talked')\n"
        "def fail(request):\n    raise RuntimeError('a view that fails')\n"
        "urlpatterns += [path('talk/', talk), path('fail/', fail)]\n",
    )
    with hosting(project) as host:
        host.start()
        before = time.time() * 1000
        host.get("/talk/")
        printed = logs(host, "printed é")
        assert printed["stream"] == "stdout" and printed["level"] == "info" and printed["logger"] is None
        assert printed["generation"] == 1 and before - 1000 < printed["time"] < before + 60_000
        assert logs(host, "complained")["stream"] == "stderr"
        assert logs(host, "half a line")["text"] == "half a line and the other half"
        record = logs(host, "two\nlines")
        assert (record["level"], record["logger"]) == ("warning", "shop.orders")
        broken = logs(host, "It broke")
        assert (
            broken["level"] == "error"
            and "ZeroDivisionError" in broken["text"]
            and "Traceback" in broken["text"]
        )
        assert not [each for each in host.messages if "not configured" in each.get("text", "")]
        assert host.get("/fail/")[0] == 500
        assert "a view that fails" in logs(host, "Internal Server Error: /fail/")["text"]
        request = host.wait(lambda message: message.get("event") == "request" and message["path"] == "/fail/")
        assert request["status"] == 500


def test_a_record_of_two_console_handlers_is_told_once(project: Project) -> None:
    project.append(
        "site_of_tests/settings.py",
        "LOGGING = {'version': 1, 'disable_existing_loggers': False,\n"
        "    'handlers': {'console': {'class': 'logging.StreamHandler'}},\n"
        "    'root': {'handlers': ['console'], 'level': 'INFO'},\n"
        "    'loggers': {'shop': {'handlers': ['console'], 'level': 'INFO'}}}\n",
    )
    project.append(
        "site_of_tests/urls.py",
        "import logging\n"
        "def talk(request):\n"
        "    logging.getLogger('shop').info('told once')\n"
        "    logging.getLogger('django.shop').info('also told once')\n"
        "    logging.getLogger('shop').info('the end')\n"
        "    return HttpResponse('talked')\n"
        "urlpatterns.append(path('talk/', talk))\n",
    )
    with hosting(project) as host:
        host.start()
        host.get("/talk/")
        logs(host, "the end")
        for text in ("told once", "also told once"):
            assert len([each for each in host.messages if each.get("text") == text]) == 1


def test_floods_are_cut_counted_and_do_not_grow_the_supervisor(project: Project) -> None:
    project.append(
        "site_of_tests/urls.py",
        "import logging, sys\n"
        "def flood(request):\n"
        "    for _ in range(200):\n        sys.stdout.write('x' * 1_000_000)\n"
        "    print()\n"
        "    for _ in range(300):\n        sys.stderr.write('y\\n' * 10_000)\n"
        "    for n in range(20_000):\n        logging.warning('record %s', n)\n"
        "    return HttpResponse('flooded')\n"
        "urlpatterns.append(path('flood/', flood))\n",
    )
    with hosting(project) as host:
        host.start()
        before = memory_in_megabytes(host.process.pid)
        assert host.get("/flood/") == (200, "flooded")
        assert memory_in_megabytes(host.process.pid) < before + 30
        assert host.call("hello")["protocol"] == 1

        def counted() -> bool:
            dropped = [each for each in host.messages if each.get("event") == "dropped"]
            return sum(each.get("lines", 0) for each in dropped) > 3_000_000 and (
                sum(each.get("bytes", 0) for each in dropped) > 200_000_000
            )

        eventually(counted)
        long = logs(host, "xxx")
        assert len(long["text"]) == 16 * 1024
        records = [each for each in host.messages if each.get("event") == "log"]
        assert len(records) < 20_000


def test_a_studio_that_does_not_read_does_not_grow_the_supervisor(project: Project) -> None:
    project.append(
        "site_of_tests/urls.py",
        "def talk(request):\n"
        "    for _ in range(500):\n        print('z' * 10_000)\n"
        "    return HttpResponse('talked')\n"
        "urlpatterns.append(path('talk/', talk))\n",
    )
    with hosting(project) as host:
        host.start()
        before = memory_in_megabytes(host.process.pid)
        with host._changed:  # the reading thread stands still
            for _ in range(6):
                assert host.get("/talk/")[0] == 200
            assert memory_in_megabytes(host.process.pid) < before + 30
        assert host.call("hello")["protocol"] == 1
