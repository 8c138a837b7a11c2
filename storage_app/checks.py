"""What `manage.py check --deploy` says about storage."""

from django.conf import settings
from django.core.checks import Warning, register

from storage_app import purging


@register(deploy=True)
def what_is_taken_down_leaves_the_cache(app_configs, **kwargs) -> list:
    if settings.USES_R2 and settings.R2["public_url"] and not purging.is_set_up():
        return [
            Warning(
                "What is taken down may stay in Cloudflare's cache for up to an hour.",
                hint="Set CLOUDFLARE_ZONE_ID and CLOUDFLARE_API_TOKEN (Zone / Cache Purge).",
                id="storage_app.W001",
            )
        ]
    return []
