# Deploying {{ slug }}

One machine with Docker and its Compose plugin is enough.

1. **Fill in the environment.** `cp .env.example .env`, then fill in every empty line; the file says how
   to make each secret. The site refuses to start with a missing or weak one, and says which.
2. **Put the certificate in place.** `certificates/fullchain.pem` and `certificates/privkey.pem`, readable by
   user 101 (the load balancer). To try it out on your own machine:

       mkdir -p certificates
       openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost \
         -keyout certificates/privkey.pem -out certificates/fullchain.pem
       chmod 644 certificates/privkey.pem

3. **Start.** `docker compose up --detach --build`. Migrations run first, once; then {{ web_replicas }} web
   container{{ web_replicas|pluralize }} start{{ web_replicas|pluralize:"s," }} behind the load balancer.
4. **Make the first administrator.** `docker compose run --rm web python manage.py createsuperuser`

## Every day

| to | do |
|---|---|
| update | `docker compose build && docker compose up --detach` |
| scale | `docker compose up --detach --scale web=8 --no-recreate` |
| read the logs | `docker compose logs --follow web` (a JSON object a line) |
| back up | `docker compose exec database pg_dump --username {{ slug }} --format custom {{ slug }} > backup.dump` |
| restore | `docker compose exec -T database pg_restore --username {{ slug }} --dbname {{ slug }} --clean < backup.dump` |
| renew the certificate | replace the two files, then `docker compose exec balancer nginx -s reload` |

Write migrations that the running version can live with too: the old containers serve until the new ones do.

## What is where

| file | for |
|---|---|
| `Dockerfile` | the image: packages and site in two stages, no compiler and no root in the second |
| `compose.yaml` | database, cache, migrations, web, load balancer; only the balancer has ports |
| `nginx.conf` | TLS, spreading of requests, uploads |
| `gunicorn.conf.py` | workers and timeouts |
| `requirements-production.txt` | your requirements and what production adds |
| `{{ production_path }}/settings.py` | your settings, locked |
| `{{ production_path }}/environment.py` | what is asked of the environment |
| `{{ production_path }}/health.py` | `/healthz` (the process lives) and `/readyz` (database and cache answer) |

Images are named by version. To fix them to the byte, put the digest behind the name:
`docker buildx imagetools inspect postgres:17-bookworm` shows it.

## Elsewhere

The image needs no Compose: any platform that runs containers can run it, with the variables of `.env.example` set,
port 8000, liveness on `/healthz`, readiness on `/readyz`, and `python manage.py migrate` before a new version. The
platform must end TLS and set `X-Forwarded-Proto` itself; without that every request is redirected.
