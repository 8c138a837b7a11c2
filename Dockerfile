# syntax=docker/dockerfile:1
# One image for web, streams and worker; compose.yaml says which one a container is.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt /
RUN /venv/bin/pip install --requirement /requirements.txt
WORKDIR /srv/smartspec
COPY . .
RUN LOCAL_DIR=/tmp/build /venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/smartspec smartspec \
    && install -d -o smartspec -g smartspec /var/lib/smartspec /run/smartspec
COPY --from=build /venv /venv
COPY --from=build /srv/smartspec /srv/smartspec
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LOCAL_DIR=/var/lib/smartspec
WORKDIR /srv/smartspec
USER smartspec
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--respawn-failed-workers", "--blocking-threads", "64", "--workers-kill-timeout", "25", "smartspec.wsgi:application"]
