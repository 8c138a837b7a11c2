"""Where secrets stand in texts: one list for logs, for reports and for what is kept of others' words."""

import re

BEGINNINGS = ("ss_live_", "ss_test_", "whsec_")  # of our keys and of the secrets that sign webhooks
FOLDERS = (  # of addresses; the secret comes next
    r"/callbacks/[a-z]+/[0-9a-fA-F-]+/",
    "/media/private/",
    "/storage/staging/",
)
NAMES = (  # of headers, members and parameters whose value opens something
    "authorization",
    "bearer",
    "api[_-]?key",
    "access[_-]?key",
    "key",
    "token",
    "secret",
    "sign(?:ature)?",
    "credential",
    "password",
)

_names = "|".join(NAMES)
OURS = re.compile(rf"(\b(?:{'|'.join(BEGINNINGS)}))[\w+/=-]+")
BARE = re.compile(rf"(\bBearer |{'|'.join(FOLDERS)})[^\s/&\"'<>,\\]+")
PARAMETER = re.compile(rf"(?i)([?&](?:[\w.-]*[_-])?(?:{_names})=)[^\s/&\"'<>,\\]+")
NAMED = re.compile(rf"(?i)\b({_names})(\\?\"?\s*[:= ]\s*\\?\"?)(?:bearer )?[\w.~+/=-]{{8,}}")
