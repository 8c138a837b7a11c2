"""Languages and time."""

from django.utils.translation import gettext_lazy as _

from smartspec.settings.environment import BASE_DIR

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("th", _("Thai"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
