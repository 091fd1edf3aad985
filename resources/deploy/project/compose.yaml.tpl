# The whole site on one machine: docker compose up --detach --build
# DEPLOY.md says what to fill in before, and how to update.

x-locked: &locked
  read_only: true
  cap_drop: [ALL]
  security_opt: ["no-new-privileges:true"]
  restart: unless-stopped
  logging:
    driver: json-file
    options: { max-size: 10m, max-file: "5" }

x-site: &site
  <<: *locked
  image: {{ slug }}:${SITE_VERSION:-latest}
  build: { context: ., target: site }
  environment:
    SECRET_KEY: ${SECRET_KEY:?Fill in SECRET_KEY in .env}
    ALLOWED_HOSTS: ${ALLOWED_HOSTS:?Fill in ALLOWED_HOSTS in .env}
    CSRF_TRUSTED_ORIGINS: ${CSRF_TRUSTED_ORIGINS:-}
    DATABASE_URL: postgresql://{{ slug }}:${POSTGRES_PASSWORD:?Fill in POSTGRES_PASSWORD in .env}@database:5432/{{ slug }}
    REDIS_URL: redis://:${REDIS_PASSWORD:?Fill in REDIS_PASSWORD in .env}@cache:6379/0
    WEB_CONCURRENCY: ${WEB_CONCURRENCY:-2}
    LOG_LEVEL: ${LOG_LEVEL:-INFO}
    # Only the load balancer reaches gunicorn.
    FORWARDED_ALLOW_IPS: "*"
  tmpfs: [/tmp]
  volumes: ["media:/srv/media"]
  networks: [inside, outside]

services:
  database:
    <<: *locked
    image: postgres:17-bookworm
    user: postgres
    environment:
      POSTGRES_USER: {{ slug }}
      POSTGRES_DB: {{ slug }}
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?Fill in POSTGRES_PASSWORD in .env}
    volumes: ["database:/var/lib/postgresql/data"]
    tmpfs: [/tmp, /var/run/postgresql]
    networks: [inside]
    shm_size: 256m
    stop_grace_period: 1m
    healthcheck:
      test: [CMD-SHELL, "pg_isready --username {{ slug }} --dbname {{ slug }}"]
      interval: 5s
      timeout: 3s
      retries: 20

  cache:
    <<: *locked
    image: redis:7.4-bookworm
    user: redis
    environment:
      REDIS_PASSWORD: ${REDIS_PASSWORD:?Fill in REDIS_PASSWORD in .env}
    # The password goes through a file in memory: in the arguments every process list would show it.
    command:
      - sh
      - -c
      - |
        printf 'requirepass %s\nmaxmemory 256mb\nmaxmemory-policy allkeys-lru\nsave ""\nappendonly no\n' "$$REDIS_PASSWORD" > /tmp/redis.conf
        exec redis-server /tmp/redis.conf
    tmpfs: [/tmp, /data]
    networks: [inside]
    healthcheck:
      test: [CMD-SHELL, 'REDISCLI_AUTH="$$REDIS_PASSWORD" redis-cli ping | grep -q PONG']
      interval: 5s
      timeout: 3s
      retries: 20

  migrations:
    <<: *site
    command: [python, manage.py, migrate, --noinput]
    restart: "no"
    # It serves nothing, so there is nothing to ask.
    healthcheck: { disable: true }
    depends_on:
      database: { condition: service_healthy }
      cache: { condition: service_healthy }

  web:
    <<: *site
    deploy: { replicas: {{ web_replicas }} }
    stop_grace_period: 40s
    healthcheck:
      test:
        - CMD
        - python
        - -c
        - import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)
      interval: 10s
      timeout: 5s
      start_period: 30s
      retries: 3
    depends_on:
      migrations: { condition: service_completed_successfully }
      database: { condition: service_healthy }
      cache: { condition: service_healthy }

  balancer:
    <<: *locked
    image: nginxinc/nginx-unprivileged:1.28-bookworm
    ports:
      - "${HTTP_PORT:-80}:8080"
      - "${HTTPS_PORT:-443}:8443"
    volumes:
      - ./nginx.conf:/etc/nginx/nginx.conf:ro
      - ./certificates:/etc/nginx/certificates:ro
      - media:/srv/media:ro
    tmpfs: [/tmp]
    networks: [inside, outside]
    healthcheck:
      test: [CMD-SHELL, "curl --fail --silent http://127.0.0.1:8080/balancer-alive"]
      interval: 10s
      timeout: 3s
      retries: 3
    depends_on:
      web: { condition: service_healthy }

networks:
  # Database and cache are in this one alone: no way in from outside, and none out.
  inside: { internal: true }
  outside: {}

volumes:
  database: {}
  media: {}
