# The load balancer: ends TLS and spreads requests over the containers of the web service.
worker_processes auto;
pid /tmp/nginx.pid;
error_log stderr warn;

events {
    worker_connections 4096;
}

http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    server_tokens off;
    client_max_body_size 20m;
    client_body_temp_path /tmp/client;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    keepalive_timeout 30s;
    client_header_timeout 15s;
    client_body_timeout 30s;
    send_timeout 30s;
    gzip on;
    gzip_types application/json application/javascript text/css text/plain image/svg+xml;

    log_format json escape=json
        '{"time": "$time_iso8601", "remote": "$remote_addr", "method": "$request_method", "path": "$uri", '
        '"status": $status, "bytes": $body_bytes_sent, "seconds": $request_time, "upstream": "$upstream_addr"}';
    access_log /dev/stdout json;

    # Docker's own name server: a container that comes or goes is seen within seconds.
    resolver 127.0.0.11 valid=5s ipv6=off;

    upstream web {
        zone web 64k;
        least_conn;
        server web:8000 resolve max_fails=2 fail_timeout=5s;
        keepalive 32;
    }

    server {
        listen 8080 default_server;
        server_name _;

        location = /balancer-alive {
            access_log off;
            return 204;
        }

        location / {
            return 301 https://$host$request_uri;
        }
    }

    server {
        listen 8443 ssl default_server;
        http2 on;
        server_name _;

        ssl_certificate /etc/nginx/certificates/fullchain.pem;
        ssl_certificate_key /etc/nginx/certificates/privkey.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:tls:10m;
        ssl_session_timeout 1d;
        ssl_session_tickets off;

        # Uploads of users are never shown as pages of this site.
        location {{ media_path }} {
            alias /srv/media/;
            add_header X-Content-Type-Options nosniff always;
            add_header Content-Security-Policy "default-src 'none'; sandbox" always;
            add_header Strict-Transport-Security "max-age=31536000; includeSubDomains; preload" always;
        }

        # For whoever runs the containers, not for visitors.
        location = /readyz {
            return 404;
        }

        location / {
            proxy_pass http://web;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            # Set here whatever the client sent: Django believes these.
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_connect_timeout 3s;
            proxy_read_timeout 60s;
            # Only what may be asked twice is asked again elsewhere.
            proxy_next_upstream error timeout http_502;
            proxy_next_upstream_tries 2;
        }
    }
}
