"""The public pages, in English at the root and in Thai under /th/."""

from django.urls import path, re_path

from gallery import converters  # noqa: F401 registers <gslug:…>
from gallery.pages import views

app_name = "gallery"
urlpatterns = [
    path("", views.root, name="root"),
    path("gallery", views.front, name="front"),
    path("gallery/images", views.kind, {"media_type": "image"}, name="images"),
    path("gallery/videos", views.kind, {"media_type": "video"}, name="videos"),
    path("gallery/audio", views.kind, {"media_type": "audio"}, name="audio"),
    path("gallery/search", views.search, name="search"),
    path("gallery/category/<gslug:slug>", views.category, name="category"),
    path("gallery/archive", views.months, name="archive"),
    re_path(r"^gallery/archive/(?P<year>\d{4})/(?P<month>\d{2})$", views.archive, name="month"),
    path("gallery/model/<gslug:slug>", views.model, name="model"),
    path("gallery/<gslug:slug>", views.item, name="item"),
    path("gallery/<gslug:slug>/embed", views.embed, name="embed"),
    re_path(r"^gallery/(?P<slug>[^/?#.\s]+)/transcript\.vtt$", views.transcript, name="transcript"),
    path("gallery/<gslug:slug>/report", views.report, name="report"),
    path("gallery/", views.unslashed),
    path("gallery/<path:rest>/", views.unslashed),
    path("about/terms", views.about, {"name": "terms"}, name="terms"),
    path("about/privacy", views.about, {"name": "privacy"}, name="privacy"),
    path("about/licence", views.about, {"name": "licence"}, name="licence"),
    path("takedown", views.takedown, name="takedown"),
    path("verify", views.verify, name="verify"),
    path("styleguide", views.style_guide, name="styleguide"),
]
