"""What search engines are sent to."""

from smartspec.settings.environment import env

INDEXABLE_TEXTS = {  # the shortest texts of a work that search engines are sent to, in characters
    "title": env.int("INDEXABLE_TITLE", 10),
    "description": env.int("INDEXABLE_DESCRIPTION", 80),
    "alt_text": env.int("INDEXABLE_ALT_TEXT", 1),
}
INDEXNOW_KEY = env.str("INDEXNOW_KEY", "")  # empty: search engines come by themselves
INDEXNOW_URL = env.str("INDEXNOW_URL", "https://api.indexnow.org/indexnow")
