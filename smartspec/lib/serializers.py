"""Nothing that a caller sends is silently ignored: unknown fields and parameters are errors."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

TRACKING = ("fbclid", "gclid", "msclkid")  # and utm_…: added by others to public links
NUL = "\x00"


class StrictSerializer(serializers.Serializer):
    """Refuses unknown fields, NUL characters anywhere, and numbers where text belongs."""

    default_error_messages = {
        "unknown": _("This field is unknown here."),
        "nul": _("NUL characters are not allowed."),
        "text": _("This must be text."),
    }

    def to_internal_value(self, data):
        if isinstance(data, dict):  # anything else is refused below, in DRF's words
            self._refuse_strangers(data)
        return super().to_internal_value(data)

    def _refuse_strangers(self, data) -> None:
        faults = {name: fault for name, value in data.items() if (fault := self._fault(name, value))}
        if faults:
            raise serializers.ValidationError(
                {
                    str(name).replace(NUL, "\\0"): [
                        serializers.ErrorDetail(self.error_messages[code], code=code)
                    ]
                    for name, code in faults.items()
                }
            )

    def _fault(self, name: str, value) -> str | None:
        field = self.fields.get(name)
        if field is None or field.read_only:
            return "unknown"
        if has_nul(value):
            return "nul"
        if isinstance(field, serializers.CharField) and isinstance(value, int | float):
            return "text"  # DRF would silently turn 5 into "5"
        return None


def has_nul(value) -> bool:
    if isinstance(value, str):
        return NUL in value
    if isinstance(value, dict):
        return any(has_nul(key) or has_nul(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(has_nul, value))


class StrictQuery:
    """View mixin: `query_serializer` reads the parameters of a GET into `self.query`, `deleting_serializer`
    those of a DELETE.

    Unknown or repeated parameters are 400. Public reads set `ignores_tracking`.
    """

    query_serializer: type[StrictSerializer] = StrictSerializer
    deleting_serializer: type[StrictSerializer] = StrictSerializer
    ignores_tracking = False

    def initial(self, request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        reads, deletes = self.query_serializer, self.deleting_serializer
        by_method = {"GET": reads, "HEAD": reads, "DELETE": deletes}
        serializer_class = by_method.get(request.method, StrictSerializer)
        given = self._given(request)
        if not given and serializer_class is StrictSerializer:  # asked again and again: a status, an order
            self.query = {}
            return
        serializer = serializer_class(data=given, context={"request": request})
        serializer.is_valid(raise_exception=True)
        self.query = serializer.validated_data

    def _given(self, request) -> dict[str, str]:
        given = {}
        for name, values in request.query_params.lists():
            if self.ignores_tracking and (name in TRACKING or name.startswith("utm_")):
                continue
            if len(values) > 1:
                detail = serializers.ErrorDetail(_("Give this parameter once."), code="repeated")
                raise serializers.ValidationError({name: [detail]})
            given[name] = values[0]
        return given
