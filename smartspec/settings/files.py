"""Where files lie: objects in Cloudflare R2 or local folders, and what is served as it stands."""

from pathlib import Path

from smartspec.settings.environment import BASE_DIR, LOCAL_DIR, env
from smartspec.settings.site import DEBUG

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
