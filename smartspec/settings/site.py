"""The site: its address, its secret, and what browsers are told for its safety."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from smartspec.settings.environment import LOCAL_DIR, env, kept_secret

DEBUG = env.bool("DEBUG", False)
SECRET_KEY_IS_OURS = not env.str("SECRET_KEY", "")
SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(LOCAL_DIR / "secret_key")
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "SmartSpec Gallery"
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname, "127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
EVENTS_URL = env.str("EVENTS_URL", "").rstrip("/")
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
METRICS_DIR = env.str("METRICS_DIR", "")  # where the processes of one service add up what they count
METRICS_BESIDE = env.list("METRICS_BESIDE", default=[])  # the folders of other services, told by /metrics too
if METRICS_DIR:
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR  # read when the client is first imported
SENTRY_DSN = env.str("SENTRY_DSN", "")
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "")  # where traces go; none without it
OTEL_SERVICE_NAME = env.str("OTEL_SERVICE_NAME", "smartspec")
STYLEGUIDE = env.bool("STYLEGUIDE", DEBUG)
if _site.scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"  # the embed page alone may be framed, by anybody
