"""Addresses about the whole site: one for all languages, or with their language in a word of their own."""

from django.urls import path
from django.views.generic import RedirectView

from gallery import converters, feeds, oembed, site_views  # noqa: F401 registers <gslug:…>

EN, TH = {"language": "en"}, {"language": "th"}

urlpatterns = [
    path("robots.txt", site_views.robots, name="robots"),
    path("llms.txt", site_views.llms, name="llms"),
    path("sitemap.xml", site_views.sitemap_index, name="sitemap-index"),
    path("sitemap-<str:section>.xml", site_views.sitemap, name="sitemap"),
    path("oembed", oembed.oembed, name="oembed"),
    path("gallery/feed", feeds.newest, EN, name="feed"),
    path("th/gallery/feed", feeds.newest, TH, name="feed"),
    path("gallery/category/<gslug:slug>/feed", feeds.newest, EN, name="category-feed"),
    path("th/gallery/category/<gslug:slug>/feed", feeds.newest, TH, name="category-feed"),
    path("th", RedirectView.as_view(url="/th/gallery", permanent=True)),
    path("<slug:key>.txt", site_views.indexnow_key),
]
