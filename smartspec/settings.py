"""Every setting of the product, read from the environment (see .env.example).

Nothing set at all is a working single machine: SQLite, local files, no network.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.prefix = ""
environ.Env.read_env(BASE_DIR / ".env")

LOCAL_DIR = Path(env.str("LOCAL_DIR", str(BASE_DIR / ".local")))


def kept_secret(path: Path) -> str:
    """The secret key of a machine that was given none: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


# --- the site -------------------------------------------------------------------------------------
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
METRICS_DIR = env.str("METRICS_DIR", "")  # where the web processes of one machine add up what they count
if METRICS_DIR:
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR  # read when the client is first imported
SENTRY_DSN = env.str("SENTRY_DSN", "")
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

# --- rooms ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django_otp",  # before accounts, which takes its pages out of the admin
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "smartspec",
    "accounts",
    "storage_app",
    "generation",
    "gallery",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_q",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
]
MIDDLEWARE = [
    "smartspec.metrics.counting.Count",
    "smartspec.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gallery.caching.middleware.PageCache",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "smartspec.middleware.TolerantPaths",
    "smartspec.middleware.Language",
    "smartspec.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "smartspec.middleware.Outages",
]
ROOT_URLCONF = "smartspec.urls"
WSGI_APPLICATION = "smartspec.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "pages",  # public pages; named so that the admin's lookups stay in Django templates
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "gallery.pages.environment.environment", "autoescape": True},
    },
]

# --- rows -----------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{LOCAL_DIR / 'db.sqlite3'}")}
_db = DATABASES["default"]
if _db["ENGINE"].endswith("sqlite3"):
    LOCAL_DIR.mkdir(parents=True, exist_ok=True)
    _db["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",  # deferred transactions end in "database is locked" under load
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA journal_size_limit=67108864;"
        ),
    }
else:
    _db.setdefault("OPTIONS", {})
    _db["OPTIONS"].setdefault("connect_timeout", 3)
    _db["OPTIONS"].setdefault(
        "options",
        "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s",
    )
_db["CONN_MAX_AGE"] = 60
_db["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "smartspec.lib.forgetful_cache.ForgetfulRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 0)  # of each web process, for whole public pages; 0: none is kept

# --- jobs -----------------------------------------------------------------------------------------
QUEUE_BROKER = env.str("QUEUE_BROKER", "orm")
WORKERS = env.int("WORKERS", 2)
JOB_DEADLINE_SECONDS = env.int(
    "JOB_DEADLINE_SECONDS", 1800
)  # a job past this is killed; its row is found again
SWEEP_SECONDS = env.float("SWEEP_SECONDS", 0.5)
Q_CLUSTER = {
    "name": "smartspec",
    "workers": WORKERS,
    "timeout": JOB_DEADLINE_SECONDS,
    "retry": JOB_DEADLINE_SECONDS * 2,
    "queue_limit": 1,
    "bulk": 1,
    "max_attempts": 1,  # retries are ours: the row's due time
    "ack_failures": True,
    "save_limit": -1,
    "poll": env.float("QUEUE_POLL_SECONDS", 0.1),
    "catch_up": False,
    "recycle": 2000,
    "log_level": "WARNING",
}
if QUEUE_BROKER == "redis":
    Q_CLUSTER["broker_class"] = "smartspec.lib.brokers.WakeupRedis"
    Q_CLUSTER["redis"] = REDIS_URL or "redis://127.0.0.1:6379/0"
else:
    Q_CLUSTER["orm"] = "default"
SWEEPS = [  # each finds the due rows of one room: `sweep(limit) -> rows worked`
    "generation.jobs.sweep",
    "generation.webhooks.jobs.sweep",
    "generation.rounds.sweep",
    "generation.belongings.sweep",
    "storage_app.jobs.sweep",
    "gallery.jobs.sweep",
    "gallery.numbers.jobs.sweep",
    "smartspec.retention.sweep",
]
RETENTION_DAYS = {  # then a row is forgotten; 0 keeps it for ever
    "exchanges": env.int("RETENTION_EXCHANGES", 30),  # what the provider said about a task
    "callbacks": env.int("RETENTION_CALLBACKS", 400),  # their numbers, by day
    "webhooks": env.int("RETENTION_WEBHOOKS", 30),  # the log of those that were delivered or given up
    "alarms": env.int("RETENTION_ALARMS", 180),  # after somebody has cleared them
    "balance_readings": env.int("RETENTION_BALANCE_READINGS", 400),
    "failed_jobs": env.int("RETENTION_FAILED_JOBS", 30),
    "searches": env.int("RETENTION_SEARCHES", 400),  # words that found nothing
    "audit": env.int("RETENTION_AUDIT", 400),
    "sessions": env.int("RETENTION_SESSIONS", 1),  # after they have expired
}

# --- who ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/accounts/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
STAFF_TWO_STEP = env.bool("STAFF_TWO_STEP", not DEBUG)  # a code beside the password opens the admin
OTP_TOTP_ISSUER = "SmartSpec Pro"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # guesses are counted by accounts.attempts
STARTING_CREDITS = env.str("STARTING_CREDITS", "500")
API_KEY_LIFETIME = timedelta(days=env.int("API_KEY_DAYS", 365))

# --- the API --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ApiKeyAuthentication",
        "accounts.api.authentication.ProblemSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["smartspec.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "smartspec.api.schema.ProblemAutoSchema",
    "EXCEPTION_HANDLER": "smartspec.api.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,  # `?format=…` is a parameter like any other
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SmartSpec Pro API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Generate images, videos and sound from prompts, keep them and share the best.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "TaskStatus": "generation.states.STATUS_CHOICES",
        "TaskStage": "generation.states.STAGE_CHOICES",
        "ModelStatus": "generation.api.serializers.MODEL_STATUS_CHOICES",
        "ItemStatus": "gallery.models.Item.Status",
        "MediaType": "storage_app.keys.MEDIA_TYPE_CHOICES",
    },
}
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=["tauri://localhost"])
CORS_URLS_REGEX = r"^/(api|generation)/"
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "idempotency-key", "if-none-match", "prefer"]
CORS_ALLOW_HEADERS += ["x-amz-checksum-sha256", "x-api-key", "x-request-id", "last-event-id", "x-csrftoken"]
CORS_EXPOSE_HEADERS = [
    "Location",
    "Retry-After",
    "ETag",
    "X-Request-Id",
    "X-Total-Count",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Idempotency-Replayed",
    "Preference-Applied",
    "Deprecation",
    "Sunset",
]

# --- generation -----------------------------------------------------------------------------------
KIE_AI_API_KEY = env.str("KIE_AI_API_KEY", "")
KIE_AI_BASE_URL = env.str("KIE_AI_BASE_URL", "https://api.kie.ai/api/v1/jobs").rstrip("/")
KIE_AI_UPLOAD_URL = env.str("KIE_AI_UPLOAD_URL", "")
KIE_AI_WEBHOOK_HMAC_KEY = env.str("KIE_AI_WEBHOOK_HMAC_KEY", "")
CALLBACK_URL = env.str("CALLBACK_URL", SITE_URL).rstrip("/")  # where the provider reaches us
ALLOW_SANDBOX = env.bool("ALLOW_SANDBOX", DEBUG)
ENABLE = {
    "image": env.bool("ENABLE_IMAGE_GENERATION", True),
    "video": env.bool("ENABLE_VIDEO_GENERATION", True),
    "audio": env.bool("ENABLE_AUDIO_GENERATION", True),
    "gallery": env.bool("ENABLE_PUBLIC_GALLERY", True),
}
GENERATION_RESULT_HOSTS = env.list(  # where results may be fetched from; a leading dot means "and below"
    "GENERATION_RESULT_HOSTS", default=[".aiquickdraw.com", ".redpandaai.co"]
)
GENERATION_DEADLINE_SECONDS = {  # from submission to the provider until we stop waiting
    "image": env.int("GENERATION_IMAGE_DEADLINE", 900),
    "video": env.int("GENERATION_VIDEO_DEADLINE", 2700),
    "audio": env.int("GENERATION_AUDIO_DEADLINE", 600),
}
GENERATION_LEASE_SECONDS = env.float("GENERATION_LEASE_SECONDS", 30.0)
GENERATION_POLL_SECONDS = env.float("GENERATION_POLL_SECONDS", 2.0)  # the first polls; later ones are slower
GENERATION_RECORD_GRACE_SECONDS = env.float("GENERATION_RECORD_GRACE_SECONDS", 120.0)
GENERATION_STORE_ATTEMPTS = env.int("GENERATION_STORE_ATTEMPTS", 8)
GENERATION_MAX_RESULT_BYTES = {"image": 100 * 2**20, "video": 2 * 2**30, "audio": 200 * 2**20}
GENERATION_MAX_WAITING_PER_USER = env.int("GENERATION_MAX_WAITING_PER_USER", 500)
GENERATION_MAX_IN_FLIGHT_PER_USER = env.int("GENERATION_MAX_IN_FLIGHT_PER_USER", 40)
GENERATION_MAX_IN_FLIGHT = env.int("GENERATION_MAX_IN_FLIGHT", 100)
GENERATION_BREAKER_STRIKES = env.int("GENERATION_BREAKER_STRIKES", 5)  # doubtful orders within half a minute
WAITING_PLACES = env.int("WAITING_PLACES", 8)  # requests of one web process that may wait for a result
STREAM_PLACES = env.int("STREAM_PLACES", 16)  # event streams of one web process
STREAM_PROCESS_PLACES = env.int("STREAM_PROCESS_PLACES", 200)  # and of the streams process
GENERATION_CREATES_PER_WINDOW = env.int("GENERATION_CREATES_PER_WINDOW", 20)
GENERATION_CREATE_WINDOW_SECONDS = env.float("GENERATION_CREATE_WINDOW_SECONDS", 10.5)
GENERATION_POLLS_PER_SECOND = env.int(
    "GENERATION_POLLS_PER_SECOND", max(10, GENERATION_CREATES_PER_WINDOW // 2)
)  # readings of all tasks together: an account that may order more may ask more

# --- what operators are told ----------------------------------------------------------------------
ALARM_EMAILS = env.list("ALARM_EMAILS", default=[])
ALARM_WEBHOOK_URL = env.str("ALARM_WEBHOOK_URL", "")
BALANCE_ALARM_CREDITS = env.int("BALANCE_ALARM_CREDITS", 0)  # of the provider's credits; 0: nobody looks
globals().update(env.email("EMAIL_URL", default="dummymail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", f"SmartSpec Pro <noreply@{_site.hostname}>")
EMAIL_TIMEOUT = 10  # seconds

# --- being found ----------------------------------------------------------------------------------
INDEXABLE_TEXTS = {  # the shortest texts of a work that search engines are sent to, in characters
    "title": env.int("INDEXABLE_TITLE", 10),
    "description": env.int("INDEXABLE_DESCRIPTION", 80),
    "alt_text": env.int("INDEXABLE_ALT_TEXT", 1),
}
INDEXNOW_KEY = env.str("INDEXNOW_KEY", "")  # empty: search engines come by themselves
INDEXNOW_URL = env.str("INDEXNOW_URL", "https://api.indexnow.org/indexnow")

# --- files ----------------------------------------------------------------------------------------
R2 = {
    "access_key": env.str("CLOUDFLARE_R2_ACCESS_KEY_ID", ""),
    "secret_key": env.str("CLOUDFLARE_R2_SECRET_ACCESS_KEY", ""),
    "bucket": env.str("CLOUDFLARE_R2_BUCKET_NAME", "smartspec-media"),
    "private_bucket": env.str("CLOUDFLARE_R2_PRIVATE_BUCKET_NAME", ""),
    "endpoint": env.str("CLOUDFLARE_R2_ENDPOINT", ""),
    "public_url": env.str("CLOUDFLARE_R2_PUBLIC_URL", "").rstrip("/"),
}
USES_R2 = bool(R2["access_key"] and R2["endpoint"])
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(LOCAL_DIR / "media")))
MEDIA_URL = "/media/"
SIGNED_URL_WINDOW_SECONDS = 900
SIGNED_URL_SECONDS = 3600
_bucket = "storage_app.storages.r2.R2Storage" if USES_R2 else "storage_app.storages.local.LocalStorage"
STORAGES = {
    "default": {"BACKEND": _bucket, "OPTIONS": {"visibility": "private"}},
    "private": {"BACKEND": _bucket, "OPTIONS": {"visibility": "private"}},
    "public": {"BACKEND": _bucket, "OPTIONS": {"visibility": "public"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
UPLOAD_LIMITS = {"image": 30 * 2**20, "video": 500 * 2**20, "audio": 50 * 2**20}
STORAGE_QUOTA_BYTES = env.int("STORAGE_QUOTA_BYTES", 5 * 2**30)  # of one person's uploads
MAX_IMAGE_PIXELS = 50_000_000
CLOUDFLARE = {  # to purge what was public from Cloudflare's cache; empty: it stays there for up to an hour
    "zone": env.str("CLOUDFLARE_ZONE_ID", ""),
    "token": env.str("CLOUDFLARE_API_TOKEN", ""),
    "api": env.str("CLOUDFLARE_API_URL", "https://api.cloudflare.com/client/v4").rstrip("/"),
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "gallery.pages.assets.BundleFinder",
]
WHITENOISE_MANIFEST_STRICT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

# --- words and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("th", _("Thai"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# --- what it says ---------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "smartspec.lib.logs.RequestIdFilter"},
        "token": {"()": "smartspec.lib.logs.TokenFilter"},
    },
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "smartspec.lib.log_json.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.str("LOG_FORMAT", "line" if DEBUG else "json"),
            "filters": ["request_id", "token"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # Django's own would say all twice, tokens included
        "django_q": {"level": "WARNING"},
        "django-q": {"level": "WARNING"},
    },
}
