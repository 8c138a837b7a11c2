"""Works on their walls and searches with their answers, for the style guide; nothing of it is stored."""

from django.templatetags.static import static

from gallery.listing import Listing
from gallery.models import Item
from gallery.pages import seo, wording
from gallery.pages.filters import Filters
from gallery.pages.links import Link
from gallery.pages.pictures import Picture
from gallery.pages.search_pages import SearchPage
from gallery.pages.shown import Shown
from gallery.pages.texts import Texts
from gallery.pages.wishes import Wish
from storage_app.models import Asset

TYPES = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg"}


def picture() -> Picture:
    url = static("img/social.jpg")
    return Picture(url, "", f"{url} 1200w", "40vw", *seo.pictures.SOCIAL_SIZE)


def frames(wave: str) -> list[tuple[str, Shown]]:
    """A picture, a film, a sound, and a picture that is not for everybody."""
    return [
        ("A picture", frame("image", wave)),
        ("A film", frame("video", wave)),
        ("A sound", frame("audio", wave)),
        ("Behind a click", frame("image", wave, rating="sensitive")),
    ]


def frame(media_type: str, wave: str, *, rating: str = "general") -> Shown:
    item = Item(media_type=media_type, rating=rating, media=Asset(content_type=TYPES[media_type]))
    width, height = seo.pictures.SOCIAL_SIZE
    item.card = {"ratio": "190", "colour": "p-n", "w": width, "h": height}
    alt = f"The mark of the gallery as {media_type}"
    return Shown(
        item=item,
        texts=Texts("The mark of the gallery", "Three folded leaves.", alt, "en", True),
        lang="",
        picture=picture() if media_type == "image" else None,
        wave=wave,
        media=static("img/social.jpg"),
        poster=static("img/social.jpg"),
    )


def searches(here: str) -> list[SearchPage]:
    """Found under another spelling, and not found."""
    found = Listing([], None, has_next=False)
    bare = {"path": here, "found": found, "filters": Filters([], [], []), "crumbs": []}
    corrected = wording.of_search("river", is_found=True)
    nothing = wording.of_search("dinosaur", is_found=False)
    words = [Link("river", here), Link("น้ำ", here, "th")]
    return [
        SearchPage(wish=Wish(q="rivr"), wording=corrected, corrected="river", **bare),
        SearchPage(wish=Wish(q="dinosaur"), wording=nothing, suggestions=words, **bare),
    ]
