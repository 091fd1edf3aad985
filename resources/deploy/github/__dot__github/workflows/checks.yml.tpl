name: checks

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  checks:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "{{ python_version }}"
          cache: pip
          cache-dependency-path: "**/requirements*.txt"
      - run: python -m pip install --requirement requirements-production.txt
      - run: python -m pip check
      - run: python manage.py check
      - run: python manage.py makemigrations --check --dry-run
      - run: python manage.py test
      - name: The deployment settings have no finding
        run: |
          export SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')"
          export ALLOWED_HOSTS=example.com DATABASE_URL=sqlite:////tmp/check.sqlite3 REDIS_URL=redis://localhost:6379/0
          python manage.py check --deploy --fail-level WARNING --settings {{ module }}.settings
      - name: The image builds
        run: docker build --tag {{ slug }}:${GITHUB_SHA} .
