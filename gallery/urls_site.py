"""Addresses about the whole site: one for all languages."""

from django.urls import path

from gallery import site_views

urlpatterns = [
    path("robots.txt", site_views.robots, name="robots"),
    path("sitemap.xml", site_views.sitemap_index, name="sitemap-index"),
    path("sitemap-<str:section>.xml", site_views.sitemap, name="sitemap"),
]
