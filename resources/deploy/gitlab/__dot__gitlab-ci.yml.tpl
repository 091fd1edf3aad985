stages: [checks, image]

checks:
  stage: checks
  image: python:{{ python_version }}-slim-bookworm
  cache:
    key: pip
    paths: [.cache/pip]
  variables:
    PIP_CACHE_DIR: $CI_PROJECT_DIR/.cache/pip
  script:
    - python -m pip install --requirement requirements-production.txt
    - python -m pip check
    - python manage.py check
    - python manage.py makemigrations --check --dry-run
    - python manage.py test
    - export SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')"
    - export ALLOWED_HOSTS=example.com DATABASE_URL=sqlite:////tmp/check.sqlite3 REDIS_URL=redis://localhost:6379/0
    - python manage.py check --deploy --fail-level WARNING --settings {{ module }}.settings

image:
  stage: image
  image: docker:28
  services: [docker:28-dind]
  variables:
    DOCKER_TLS_CERTDIR: /certs
  script:
    - docker build --tag {{ slug }}:$CI_COMMIT_SHA .
