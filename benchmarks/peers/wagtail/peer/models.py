"""The same gallery as an experienced Wagtail developer would write it: renditions fetched in one query."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.search import index

PAGE_SIZE = 24
RELATED = 12
WIDTHS = (320, 640, 960, 1280)
FORMATS = ("avif", "webp")
SPECS = [f"format-{name}|width-{width}" for name in FORMATS for width in WIDTHS]


class Shelf(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class WorkPage(Page):
    shown = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")
    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="works")
    description = RichTextField()
    prompt = models.TextField()
    model_name = models.CharField(max_length=100)
    hung_at = models.DateTimeField(db_index=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("description"),
        index.SearchField("prompt"),
        index.FilterField("hung_at"),
    ]
    api_fields = [
        APIField("description"),
        APIField("prompt"),
        APIField("model_name"),
        APIField("hung_at"),
        APIField("thumbnail", serializer=ImageRenditionField("format-webp|width-640", source="shown")),
    ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        kin = WorkPage.objects.live().filter(shelf=self.shelf).exclude(pk=self.pk)
        context["related"] = with_pictures(kin.order_by("-hung_at"))[:RELATED]
        return context


class GalleryPage(Page):
    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        works = with_pictures(WorkPage.objects.live().child_of(self).order_by("-hung_at"))
        context["works"] = Paginator(works, PAGE_SIZE).get_page(request.GET.get("page"))
        context["shelves"] = Shelf.objects.all()
        return context


def with_pictures(works):
    pictures = Image.objects.prefetch_renditions(*SPECS)
    return works.select_related("shelf").prefetch_related(Prefetch("shown", queryset=pictures))
