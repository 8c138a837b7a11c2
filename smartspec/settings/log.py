"""What the product says while it runs."""

from smartspec.settings.environment import env
from smartspec.settings.site import DEBUG

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
