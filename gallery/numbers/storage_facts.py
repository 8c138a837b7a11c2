"""How much lies in storage, by kind: looked at now and then, since it means reading every row."""

from django.db.models import Count, Sum

from storage_app.models import Asset, Rendition

RENDITIONS = "rendition"


def stored() -> dict[str, list[int]]:
    """{kind: [objects, bytes]} of originals by kind, and of everything made from them."""
    originals = Asset.objects.order_by().values("media_type").annotate(n=Count("pk"), size=Sum("bytes"))
    found = {kind: [n, size] for kind, n, size in originals.values_list("media_type", "n", "size")}
    made = Rendition.objects.aggregate(n=Count("pk"), size=Sum("bytes"))
    return found | ({RENDITIONS: [made["n"], made["size"]]} if made["n"] else {})
