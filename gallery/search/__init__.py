"""Finding works by their words, in Thai and in English."""

from gallery.search.finding import Found, find, meant, suggestions

__all__ = ["Found", "find", "meant", "suggestions"]
