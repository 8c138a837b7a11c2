"""Who may do what in the admin: three groups, each with as few rights as its work needs.

`migrate` makes them, and gives each what it lacks of its rights: so an upgrade brings new ones to a house
that has stood for long. What an owner added to them stays, and no other group is touched.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.dispatch import receiver

MODERATOR = ("gallery.moderate",)
OPERATOR = (
    *MODERATOR,
    "gallery.view_item",
    "gallery.change_item",
    "gallery.view_category",
    "gallery.add_category",
    "gallery.change_category",
    "gallery.view_reservation",
    "generation.view_generationtask",
    "generation.add_generationtask",
    "generation.change_generationtask",
    "generation.view_alarm",
    "generation.change_alarm",
    "generation.view_modelswitch",
    "generation.add_modelswitch",
    "generation.change_modelswitch",
    "generation.view_priceoverride",
    "generation.view_callbackcount",
    "generation.view_webhookdelivery",
    "generation.change_webhookdelivery",
    "accounts.view_user",
    "accounts.view_apikey",
    "gallery.view_numbers",
)
OWNER = (
    *OPERATOR,
    "generation.add_priceoverride",
    "accounts.add_user",
    "accounts.change_user",
    "accounts.change_apikey",
    "accounts.view_ledgerentry",
    "accounts.view_auditentry",
)
GROUPS = {"Moderator": MODERATOR, "Operator": OPERATOR, "Owner": OWNER}


@receiver(post_migrate, sender=apps.get_app_config("auth"), dispatch_uid="gallery.desk.groups")
def make_groups(**kwargs) -> None:
    """The auth app comes after ours, so all rights exist by now."""
    for name, rights in GROUPS.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions(rights))


def permissions(rights: tuple[str, ...]) -> list[Permission]:
    """Rights as `app.codename`; one that does not exist is a mistake of ours."""
    pairs = [right.split(".") for right in rights]
    wanted = Q(*[Q(content_type__app_label=app, codename=name) for app, name in pairs], _connector=Q.OR)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(set(rights)):
        raise LookupError(f"unknown among {rights}")
    return found
