# Copy to .env and fill in. The site does not start while one of these is missing or weak.

# python -c 'import secrets; print(secrets.token_urlsafe(64))'
SECRET_KEY=

# Host names of the site, separated by commas.
ALLOWED_HOSTS={{ hosts }}

# openssl rand -hex 32, for each of the two
POSTGRES_PASSWORD=
REDIS_PASSWORD=

# Without Docker Compose, which makes these two of the passwords:
# DATABASE_URL=postgresql://{{ slug }}:PASSWORD@HOST:5432/{{ slug }}?sslmode=require
# REDIS_URL=rediss://:PASSWORD@HOST:6379/0

# Only where forms are sent from other host names: https://shop.example.com,https://www.example.com
# CSRF_TRUSTED_ORIGINS=

# Workers of a container, and how much is logged.
# WEB_CONCURRENCY=2
# LOG_LEVEL=INFO
