"""Addresses of the gallery API, below /api/v1/."""

from django.urls import path

import gallery.converters  # noqa: F401 registers <gslug:…>
from gallery.api import staff_views, views, visits

urlpatterns = [
    path("gallery", views.ItemListView.as_view()),
    path("gallery/featured", views.FeaturedView.as_view()),
    path("gallery/categories", views.CategoryTreeView.as_view()),
    path("gallery/categories/<gslug:slug>", views.CategoryView.as_view(), name="gallery-category"),
    path("gallery/search", views.SearchView.as_view()),
    path("gallery/<gslug:slug>", views.ItemView.as_view(), name="gallery-item"),
    path("gallery/<gslug:slug>/like", visits.LikeView.as_view()),
    path("gallery/<gslug:slug>/view", visits.ViewView.as_view()),
    path("gallery/<gslug:slug>/report", visits.ReportView.as_view()),
    path("admin/gallery", staff_views.QueueView.as_view()),
    path("admin/gallery/generate", staff_views.GenerateView.as_view()),
    path("admin/gallery/bulk", staff_views.BulkView.as_view()),
    path("admin/gallery/<uuid:item_id>", staff_views.StaffItemView.as_view(), name="staff-item"),
    path("admin/gallery/<uuid:item_id>/approve", staff_views.ApproveView.as_view()),
    path("admin/gallery/<uuid:item_id>/reject", staff_views.RejectView.as_view()),
    path("admin/gallery/<uuid:item_id>/feature", staff_views.FeatureView.as_view()),
    path("admin/gallery/<uuid:item_id>/undo", staff_views.UndoView.as_view()),
]
