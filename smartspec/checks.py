"""What production still lacks, in plain words, at `manage.py check --deploy`."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register


def is_private_address(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


@register()
def provider_is_real(app_configs, **kwargs):
    if is_private_address(settings.KIE_AI_BASE_URL) and not settings.ALLOW_SANDBOX:
        return [
            Error(
                "KIE_AI_BASE_URL points to this machine or a private network.",
                hint="Use https://api.kie.ai/api/v1/jobs, or set ALLOW_SANDBOX=true if this is meant.",
                id="smartspec.E001",
            )
        ]
    return []


@register()
def private_files_stay_private(app_configs, **kwargs):
    if settings.USES_R2 and settings.R2["public_url"] and not settings.R2["private_bucket"]:
        return [
            Error(
                "CLOUDFLARE_R2_PUBLIC_URL is set, so every object of the bucket is public.",
                hint="Set CLOUDFLARE_R2_PRIVATE_BUCKET_NAME: unpublished results and uploads go there.",
                id="smartspec.E002",
            )
        ]
    return []


PRODUCTION_LACKS = (
    (
        lambda: settings.SECRET_KEY_IS_OURS,
        Error(
            "SECRET_KEY is not set; the one in use was made on this machine.",
            hint="Set SECRET_KEY to a long random value, the same on every machine.",
            id="smartspec.E003",
        ),
    ),
    (
        lambda: settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        Warning("The database is SQLite.", hint="Set DATABASE_URL to PostgreSQL 15+.", id="smartspec.W001"),
    ),
    (
        lambda: not settings.KIE_AI_API_KEY,
        Warning("KIE_AI_API_KEY is not set.", hint="Without it nothing is generated.", id="smartspec.W002"),
    ),
    (
        lambda: not settings.SITE_URL.startswith("https://"),
        Warning(
            "SITE_URL is not an https address.",
            hint="Set SITE_URL=https://your.domain: cookies, redirects and links follow from it.",
            id="smartspec.W004",
        ),
    ),
    (
        lambda: not settings.USES_R2,
        Warning(
            "Files are kept on this machine.",
            hint="Set CLOUDFLARE_R2_ENDPOINT and the two CLOUDFLARE_R2 keys.",
            id="smartspec.W003",
        ),
    ),
    (
        lambda: not settings.STAFF_TWO_STEP,
        Warning(
            "Staff sign in with a password alone.",
            hint="Remove STAFF_TWO_STEP=false.",
            id="smartspec.W005",
        ),
    ),
)


@register(deploy=True)
def production_is_complete(app_configs, **kwargs):
    return [message for is_so, message in PRODUCTION_LACKS if is_so()]
