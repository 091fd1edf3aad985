# syntax=docker/dockerfile:1

FROM python:{{ python_version }}-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
# Only this stage has a compiler, for packages that bring no wheel.
RUN apt-get update && apt-get install --no-install-recommends --yes build-essential libpq-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/packages
ENV PATH=/opt/packages/bin:$PATH
WORKDIR /build
{% for file in requirement_files %}COPY {{ file }} {{ file }}
{% endfor %}RUN pip install --requirement requirements-production.txt


FROM python:{{ python_version }}-slim-bookworm AS site
ENV PATH=/opt/packages/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE={{ module }}.settings \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media
{% if needs_libpq %}RUN apt-get update && apt-get install --no-install-recommends --yes libpq5 && rm -rf /var/lib/apt/lists/*
{% endif %}RUN groupadd --gid 10001 site \
    && useradd --uid 10001 --gid site --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin site \
    && install --directory --owner site --group site /srv/media
WORKDIR /srv/site
COPY --from=packages /opt/packages /opt/packages
COPY . .
{% if static_files %}# The values live as long as this command and are in no layer: collecting files needs settings, but no secret.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite:////tmp/build.sqlite3 REDIS_URL=redis://localhost:6379/0 \
    python manage.py collectstatic --noinput
{% endif %}USER site
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["gunicorn", "--config", "gunicorn.conf.py"]
