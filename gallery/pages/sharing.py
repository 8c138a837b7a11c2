"""Share links: plain addresses of the canonical page, and no third-party script."""

from typing import NamedTuple
from urllib.parse import quote

SERVICES = {  # name, icon, address; {u} is the page, {t} the title, {m} the picture
    "line": ("LINE", "line", "https://social-plugins.line.me/lineit/share?url={u}&text={t}"),
    "facebook": ("Facebook", "facebook", "https://www.facebook.com/sharer/sharer.php?u={u}"),
    "x": ("X", "x", "https://x.com/intent/post?url={u}&text={t}"),
    "threads": ("Threads", "", "https://www.threads.com/intent/post?text={t}&url={u}"),
    "bluesky": ("Bluesky", "", "https://bsky.app/intent/compose?text={t}%20{u}"),
    "whatsapp": ("WhatsApp", "", "https://wa.me/?text={t}%20{u}"),
    "telegram": ("Telegram", "", "https://t.me/share/url?url={u}&text={t}"),
    "pinterest": (
        "Pinterest",
        "",
        "https://www.pinterest.com/pin/create/button/?url={u}&media={m}&description={t}",
    ),
    "reddit": ("Reddit", "", "https://www.reddit.com/submit?url={u}&title={t}"),
}
FIRST = {"en": ("x", "facebook", "line"), "th": ("line", "facebook", "x")}
MORE = ("threads", "bluesky", "whatsapp", "telegram", "pinterest", "reddit")
MAIL = "mailto:?subject={t}&body={u}"


class ShareLink(NamedTuple):
    name: str
    icon: str
    href: str


class Sharing(NamedTuple):
    url: str
    title: str
    first: list[ShareLink]
    more: list[ShareLink]
    mail: str


def sharing(*, url: str, title: str, image: str, language: str) -> Sharing:
    """`url` and `image` are absolute; `language` decides what stands first."""
    values = {"u": quote(url, safe=""), "t": quote(title, safe=""), "m": quote(image, safe="")}

    def links(names: tuple[str, ...]) -> list[ShareLink]:
        return [
            ShareLink(name, icon, pattern.format(**values))
            for name, icon, pattern in (SERVICES[each] for each in names)
        ]

    return Sharing(url, title, links(FIRST[language]), links(MORE), MAIL.format(**values))
