# syntax=docker/dockerfile:1
# Web server, worker and beat are the same image with different commands (docker-compose.yml). Holds no secret.

FROM python:3.13-slim-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# psycopg2 is built against the system's libpq.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev libpq-dev \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/ /build/requirements/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /build/requirements/prod.txt

FROM python:3.13-slim-bookworm
# Pango draws the PDF; the house fonts lie in the repository, DejaVu and Noto stand in for letters that they lack.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fontconfig fonts-dejavu-core fonts-noto-cjk fonts-noto-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/techplan techplan \
    && install -d -o techplan -g techplan -m 700 /data /data/media
COPY --from=build /venv /venv
COPY . /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=techplan.settings.base \
    HOST=0.0.0.0 \
    PORT=8000 \
    MEDIA_ROOT=/data/media \
    STATIC_ROOT=/app/staticfiles
# Words and static files belong to the image. The embedded mode in a folder that is thrown away needs no secret.
RUN TECHPLAN_MODE=embedded TECHPLAN_HOME=/tmp/build python manage.py compile_words \
    && TECHPLAN_MODE=embedded TECHPLAN_HOME=/tmp/build python manage.py collectstatic --noinput \
    && rm -rf /tmp/build
USER techplan
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Docker restarts what ends, not what hangs: watch.py ends a web server without a sign of life.
CMD ["python", "script/watch.py", "gunicorn", "-c", "python:techplan.gunicorn_conf", "techplan.wsgi"]
