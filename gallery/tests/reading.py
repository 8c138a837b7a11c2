"""A page as a crawler reads it: elements with their attributes and words, no script run."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def classes(self) -> list[str]:
        return (self.attrs.get("class") or "").split()


class Page(HTMLParser):
    """`page.all("a", "card__link")` are elements in order; `page.one(…)` insists on exactly one."""

    def __init__(self, response):
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.html = response.content.decode()
        self.feed(self.html)
        self.close()
        self.left_open = [element.tag for element in self._open]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open, f"nothing is open at </{tag}>"
        assert self._open.pop().tag == tag

    def handle_data(self, data):
        for element in self._open:
            element.parts.append(data)

    def all(self, tag: str, class_: str = "", **attrs: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.tag == tag
            and (not class_ or class_ in element.classes)
            and all(element.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, tag: str, class_: str = "", **attrs: str) -> Element:
        (found,) = self.all(tag, class_, **attrs)
        return found

    def meta(self, name: str) -> str | None:
        """The content of the one meta element of this name or property; None without one."""
        found = self.all("meta", name=name) + self.all("meta", property=name)
        assert len(found) < 2, name
        return found[0].attrs["content"] if found else None

    def link(self, rel: str) -> str | None:
        found = self.all("link", rel=rel)
        return found[0].attrs["href"] if found else None

    @property
    def alternates(self) -> dict[str | None, str | None]:
        found = [e.attrs for e in self.all("link", rel="alternate") if "hreflang" in e.attrs]
        return {attrs["hreflang"]: attrs["href"] for attrs in found}

    @property
    def jsonld(self) -> dict[str, dict]:
        """The nodes of the structured data by their type."""
        document = json.loads(self.one("script", type="application/ld+json").parts[0])
        assert document["@context"] == "https://schema.org"
        return {node["@type"]: node for node in document.get("@graph", [document])}

    @property
    def cards(self) -> list[Element]:
        return self.all("a", "card__link")

    @property
    def titles(self) -> list[str]:
        """Of the works that the page is about, without those of further sections."""
        return self._titles(self.elements[: self._first_section])

    @property
    def further_titles(self) -> list[str]:
        return self._titles(self.elements[self._first_section :])

    @property
    def _first_section(self) -> int:
        places = [at for at, element in enumerate(self.elements) if "section__title" in element.classes]
        return min(places, default=len(self.elements))

    def _titles(self, elements: list[Element]) -> list[str]:
        return [element.text for element in elements if "card__title" in element.classes]
