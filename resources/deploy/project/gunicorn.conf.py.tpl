"""How gunicorn serves the site: https://docs.gunicorn.org/en/stable/settings.html"""

import os
from pathlib import Path

wsgi_app = "{{ module }}.wsgi:application"
{% if source_root %}pythonpath = "{{ source_root }}"
{% endif %}bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))

# Loaded once, before the workers: a wrong environment ends the start with its reason, not in a loop.
preload_app = True

timeout = 30
graceful_timeout = 30
keepalive = 65  # longer than the load balancer keeps its side, so that this one never cuts a request
max_requests = 2000
max_requests_jitter = 200

# A heartbeat on disk could block a worker that is well.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

accesslog = "-"
access_log_format = (
    '{"time": "%(t)s", "logger": "gunicorn.access", "remote": "%({x-forwarded-for}i)s", "method": "%(m)s", '
    '"path": "%(U)s", "status": %(s)s, "microseconds": %(D)s, "agent": "%(a)s"}'
)
errorlog = "-"
