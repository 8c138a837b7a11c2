"""The public pages, in English at the root and in Thai under /th/."""

from django.urls import path

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
    path("gallery/model/<gslug:slug>", views.model, name="model"),
    path("gallery/<gslug:slug>", views.item, name="item"),
    path("gallery/<gslug:slug>/embed", views.embed, name="embed"),
    path("gallery/", views.unslashed),
    path("gallery/<path:rest>/", views.unslashed),
    path("styleguide", views.style_guide, name="styleguide"),
]
