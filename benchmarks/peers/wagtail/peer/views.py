from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peer.models import PAGE_SIZE, WorkPage, with_pictures


def search(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "")
    found = with_pictures(WorkPage.objects.live().order_by("-hung_at")).search(q, order_by_relevance=False)
    works = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "peer/search.html", {"works": works, "q": q})
