"""Database and cache."""

from smartspec.settings.environment import LOCAL_DIR, env

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{LOCAL_DIR / 'db.sqlite3'}")}
_db = DATABASES["default"]
if _db["ENGINE"].endswith("sqlite3"):
    LOCAL_DIR.mkdir(parents=True, exist_ok=True)
    _db["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",  # deferred transactions end in "database is locked" under load
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16384;"  # 16 MB: lists touch many leaves
        ),
    }
else:
    _db.setdefault("OPTIONS", {})
    _db["OPTIONS"].setdefault("connect_timeout", 3)
    _db["OPTIONS"].setdefault(
        "options",
        "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s",
    )
DATABASE_POOL = env.int(
    "DATABASE_POOL", 0
)  # connections that all threads of a process share; 0: one for each
_db["CONN_MAX_AGE"] = 60
_db["CONN_HEALTH_CHECKS"] = True
if DATABASE_POOL and not _db["ENGINE"].endswith("sqlite3"):
    _db["CONN_MAX_AGE"] = 0  # a thread gives its connection back after each request
    _db["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5, "name": "smartspec"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "smartspec.lib.forgetful_cache.ForgetfulRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 0)  # of each web process, for whole public pages; 0: none is kept
