"""python -m peer.hang works.json: tables, then the works named in the file; prints nothing."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 Django has to be set up first
from django.db import transaction  # noqa: E402
from wagtail.images.models import Image, Rendition  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from peer.models import SPECS, GalleryPage, Shelf, WorkPage  # noqa: E402

SIZE = (1536, 1152)


@transaction.atomic
def hang(works: list[dict]) -> None:
    gallery = GalleryPage(title="Gallery", slug="gallery")
    Page.objects.get(depth=1).add_child(instance=gallery)
    Site.objects.update(root_page=gallery, hostname="127.0.0.1")
    shelves = {name: Shelf.objects.create(name=name, slug=name.lower().replace(" ", "-"))
               for name in sorted({work["shelf"] for work in works})}  # fmt: skip
    pictures = Image.objects.bulk_create(picture(work) for work in works)
    Rendition.objects.bulk_create(
        (rendition(image, spec) for image in pictures for spec in SPECS), batch_size=1_000
    )
    for work, image in zip(works, pictures, strict=True):
        gallery.add_child(
            instance=WorkPage(
                title=work["title"], slug=work["slug"], description=f"<p>{work['description']}</p>",
                prompt=work["prompt"], model_name=work["model_id"], hung_at=work["published_at"],
                shelf=shelves[work["shelf"]], shown=image,
            )
        )  # fmt: skip


def picture(work: dict) -> Image:
    width, height = SIZE
    return Image(title=work["title"], file=f"original_images/{work['slug']}.png", width=width, height=height)


def rendition(image: Image, spec: str) -> Rendition:
    kind, width = spec.removeprefix("format-").split("|width-")
    name = f"images/{Path(image.file.name).stem}.{width}.{kind}"
    height = int(width) * SIZE[1] // SIZE[0]
    return Rendition(image=image, filter_spec=spec, file=name, width=int(width), height=height)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    hang(json.loads(Path(sys.argv[1]).read_text()))
    call_command("update_index", verbosity=0)
