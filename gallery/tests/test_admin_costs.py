"""What the gallery's lists in the admin ask of the database, at any length."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gallery.models import Decision, Report, ReportOutcome, Reservation
from gallery.tests.factories import make_category, make_item, make_staff, make_task

pytestmark = pytest.mark.django_db
MOST = 10
WORKS = "/admin/gallery/item/"
LISTS = [
    WORKS,
    f"{WORKS}?status=all",
    f"{WORKS}?status=approved&media_type=image&is_featured__exact=1",
    f"{WORKS}?q=lantern",
    "/admin/gallery/category/",
    "/admin/gallery/report/",
    "/admin/gallery/report/?state=closed",
    "/admin/gallery/reservation/",
]
PAGES = ["/admin/gallery/category/arrange/", "/admin/gallery/item/arrange/"]


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def fill(number: int) -> None:
    for _each in range(number):
        top = make_category()
        shelf = make_category(parent=make_category(parent=top))
        waiting = make_item(shown=False, created_by=make_staff(), generation_task=make_task(done=False))
        shown = make_item(is_featured=True, categories=(shelf,))
        Report.objects.create(item=shown, reason="other")
        closed = Report.objects.create(item=waiting, reason="other", closed_at=timezone.now())
        ReportOutcome.objects.create(report=closed, outcome="dismissed", by=make_staff())
        Reservation.objects.create(task=make_task(done=False), by=make_staff())


def asked(client, path) -> list[dict]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return queries.captured_queries


@pytest.mark.parametrize("path", [*LISTS, *PAGES])
def test_every_list_takes_few_queries_and_no_more_when_it_is_longer(desk, path):
    fill(1)
    few = len(asked(desk, path))
    fill(6)
    assert len(asked(desk, path)) <= few <= MOST


@pytest.mark.parametrize("path", LISTS)
def test_no_list_counts_a_whole_table(desk, path):
    fill(1)
    counts = [each["sql"] for each in asked(desk, path) if "COUNT(" in each["sql"]]
    assert [sql for sql in counts if "LIMIT 1000" not in sql] == []


def test_the_page_of_a_work_asks_no_more_for_a_long_history(desk):
    item = make_item()
    path = f"{WORKS}{item.pk}/change/"
    Decision.objects.create(item=item, by=make_staff(), action="edit")
    few = len(asked(desk, path))
    for _each in range(8):
        Decision.objects.create(item=item, by=make_staff(), action="edit")
    assert len(asked(desk, path)) <= few


@pytest.mark.sqlite_only(reason="reads SQLite's plan; PostgreSQL uses no index for a handful of rows")
@pytest.mark.parametrize("path", [WORKS, f"{WORKS}?status=all", f"{WORKS}?status=rejected"])
def test_works_are_listed_in_the_order_of_an_index(desk, path):
    fill(1)
    wanted = [
        each["sql"]
        for each in asked(desk, path)
        if re.search(r'FROM "gallery_items".* ORDER BY "gallery_items"."created_at" DESC', each["sql"])
    ]
    assert wanted
    for sql in wanted:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " | ".join(row[-1] for row in cursor.fetchall())
        assert re.search(r"gallery_items USING (COVERING )?INDEX item_(queue|latest)", plan), plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
