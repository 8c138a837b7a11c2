"""What operators are told, and how."""

from urllib.parse import urlsplit

from smartspec.settings.environment import env
from smartspec.settings.site import SITE_URL

ALARM_EMAILS = env.list("ALARM_EMAILS", default=[])
ALARM_WEBHOOK_URL = env.str("ALARM_WEBHOOK_URL", "")
BALANCE_ALARM_CREDITS = env.int("BALANCE_ALARM_CREDITS", 0)  # of the provider's credits; 0: nobody looks
globals().update(env.email("EMAIL_URL", default="dummymail://"))
_host = urlsplit(SITE_URL).hostname
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", f"SmartSpec Pro <noreply@{_host}>")
EMAIL_TIMEOUT = 10  # seconds
