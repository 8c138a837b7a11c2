"""What goes in and out under /auth and /me."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import keys
from accounts.api.fields import CreditsField, Moment
from accounts.models import ApiKey, Export, LedgerEntry
from accounts.statement import LARGEST_PAGE, USUAL_PAGE
from smartspec.lib.serializers import StrictSerializer

LONGEST_LIFETIME_DAYS = 3650
EXPORT_STATUSES = (*Export.State.values, "expired")


class Password(serializers.CharField):
    """Taken as it is, blanks included, and never shown again."""

    def __init__(self, **kwargs):
        super().__init__(max_length=4096, write_only=True, trim_whitespace=False, **kwargs)


class SignIn(StrictSerializer):
    username = serializers.CharField(max_length=150)
    password = Password()
    name = serializers.CharField(
        max_length=100, default="API token", help_text=_("Shown in your list of keys.")
    )


class ProofOfPerson(StrictSerializer):
    """Not needed with a browser session; never replaced by an API key."""

    username = serializers.CharField(max_length=150, required=False)
    password = Password(required=False)

    def validate(self, attrs: dict) -> dict:
        """Half a proof could be taken for a whole one where a session is at hand."""
        for given, missing in (("username", "password"), ("password", "username")):
            if attrs.get(given) and not attrs.get(missing):
                raise serializers.ValidationError(
                    {missing: [self.fields[missing].error_messages["required"]]}
                )
        return attrs


class KeyOrder(ProofOfPerson):
    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=keys.SCOPES),
        allow_empty=False,
        max_length=len(keys.SCOPES),
        default=list(keys.DEFAULT_SCOPES),
    )
    expires_in_days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_LIFETIME_DAYS, required=False, help_text=_("A year when not given.")
    )

    spend_limit = CreditsField(
        min_value=Decimal("0.01"),
        allow_null=True,
        default=None,
        help_text=_("Credits that the key may spend in all; null: as many as you have."),
    )

    def validated_lifetime(self) -> timedelta | None:
        days = self.validated_data.get("expires_in_days")
        return timedelta(days=days) if days else None


class ScopeList(serializers.ListField):
    child = serializers.ChoiceField(choices=keys.SCOPES)


class KeyFacts(serializers.Serializer):
    id = serializers.UUIDField()
    prefix = serializers.CharField(help_text=_("Its first characters, to recognise it by."))
    name = serializers.CharField()
    scopes = ScopeList()
    expires_at = Moment(allow_null=True)


class NewKey(KeyFacts):
    """The only answer that ever contains the secret."""

    key = serializers.CharField(help_text=_("The secret. Shown now and never again."))


class OwnKeyFacts(KeyFacts):
    spend_limit = CreditsField(allow_null=True, help_text=_("Credits that it may spend in all."))


class NewOwnKey(OwnKeyFacts, NewKey):
    pass


class Key(OwnKeyFacts):
    created_at = Moment()
    last_used_at = Moment(allow_null=True)
    spent = CreditsField(help_text=_("Paid with it, and held for work in flight."))


def new_key(key: ApiKey, secret: str) -> dict:
    return {"key": secret, **KeyFacts(key).data}


def new_own_key(key: ApiKey, secret: str) -> dict:
    return {"key": secret, **OwnKeyFacts(key).data}


class RevokedKey(serializers.Serializer):
    id = serializers.UUIDField()
    revoked_at = Moment()


class DeviceOrder(StrictSerializer):
    name = serializers.CharField(
        max_length=100, default="Desktop app", help_text=_("Shown to the person who approves.")
    )


class DeviceCodes(serializers.Serializer):
    device_code = serializers.CharField(help_text=_("For the app alone."))
    user_code = serializers.CharField(help_text=_("For the person to compare, or to type."))
    verification_uri = serializers.CharField()
    verification_uri_complete = serializers.CharField()
    expires_in = serializers.IntegerField(help_text=_("Seconds."))
    interval = serializers.IntegerField(help_text=_("Seconds between two questions."))


class DeviceProof(StrictSerializer):
    device_code = serializers.CharField(max_length=200)


class ClosedAccount(serializers.Serializer):
    id = serializers.UUIDField(source="pk")
    closed_at = Moment()


class ExportFacts(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=EXPORT_STATUSES)
    url = serializers.SerializerMethodField(help_text=_("Where to fetch it, with no further headers."))
    bytes = serializers.IntegerField(allow_null=True)
    asked_at = Moment()
    expires_at = Moment(allow_null=True)

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_url(self, export: Export) -> str | None:
        return self.context["url"]


class ExportFileQuery(StrictSerializer):
    token = serializers.CharField(max_length=200, help_text=_("From `url`."))


class Credits(serializers.Serializer):
    balance = CreditsField(help_text=_("Granted less paid."))
    held = CreditsField(help_text=_("Set aside for work in flight."))
    available = CreditsField(help_text=_("What may be spent now."))


class Me(serializers.Serializer):
    id = serializers.UUIDField()
    username = serializers.CharField()
    credits = Credits()
    scopes = ScopeList(help_text=_("What this key, or this person, may do."))


class StatementEntry(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=LedgerEntry.Kind.choices)
    amount = CreditsField()
    available_change = CreditsField(help_text=_("What the entry did to the credits that may be spent."))
    reference = serializers.UUIDField(allow_null=True, help_text=_("The task that it was for."))
    reason = serializers.CharField()
    created_at = Moment()


class StatementPage(serializers.Serializer):
    results = StatementEntry(many=True)
    next = serializers.URLField(allow_null=True, help_text=_("Older entries."))
    previous = serializers.URLField(allow_null=True, help_text=_("Newer entries."))


class StatementQuery(StrictSerializer):
    cursor = serializers.CharField(required=False, help_text=_("From `next` or `previous`."))
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE, default=USUAL_PAGE)
    format = serializers.ChoiceField(
        choices=["json", "csv"], default="json", help_text=_("`csv` is the whole statement as a table.")
    )
