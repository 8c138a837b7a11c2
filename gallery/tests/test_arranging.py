"""Shelves in order, shelves made one, and the order of featured works."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from gallery import arranging
from gallery.errors import MergedIntoItself
from gallery.models import Category, Decision, Item, OldShelfSlug
from gallery.publishing import own_shelves
from gallery.tests.factories import make_category, make_item, make_staff

pytestmark = pytest.mark.django_db
SHELVES, WALL = "/admin/gallery/category/arrange/", "/admin/gallery/item/arrange/"


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def merge_page(category) -> str:
    return reverse("admin:gallery_category_merge", args=[category.pk])


class TestOrder:
    def test_each_branch_is_numbered_by_itself(self):
        nature, craft = make_category("Nature"), make_category("Craft")
        sea, wood = make_category("Sea", parent=nature), make_category("Wood", parent=nature)
        moved = arranging.arrange_shelves([craft.pk, nature.pk, wood.pk, sea.pk])
        assert moved == [craft, nature, wood, sea]
        order = dict(Category.objects.values_list("name", "display_order"))
        assert order == {"Craft": 1, "Nature": 2, "Wood": 1, "Sea": 2}
        assert arranging.arrange_shelves([craft.pk, nature.pk, wood.pk, sea.pk]) == []

    def test_the_page_shows_the_whole_tree_and_saves_its_order(self, desk, api):
        nature, craft = make_category("Nature", display_order=1), make_category("Craft", display_order=2)
        make_category("Sea", parent=nature, is_active=False)
        page = desk.get(SHELVES)
        assert [(row.name, [each.name for each in row.rows]) for row in page.context["rows"]] == [
            ("Nature", ["Sea"]),
            ("Craft", []),
        ]
        answer = desk.post(SHELVES, {"id": [craft.pk, nature.pk]}, follow=True)
        assert "The order was saved." in answer.content.decode()
        tree = api.get("/api/v1/gallery/categories").json()
        assert [each["name"] for each in tree] == ["Craft", "Nature"]
        assert LogEntry.objects.filter(object_id__in=[craft.pk, nature.pk]).count() == 2

    @pytest.mark.parametrize(
        ("step", "after"), [("up", ["B", "A", "C"]), ("down", ["A", "C", "B"]), ("away", ["A", "B", "C"])]
    )
    def test_without_a_script_a_row_moves_by_one_step(self, desk, step, after):
        _a, b, _c = [make_category(name, display_order=at) for at, name in enumerate("ABC", start=1)]
        desk.post(SHELVES, {"step": f"{step}:{b.pk}"})
        assert list(Category.objects.order_by("display_order").values_list("name", flat=True)) == after

    def test_the_first_row_does_not_go_higher(self, desk):
        first = make_category("A", display_order=1)
        make_category("B", display_order=2)
        desk.post(SHELVES, {"step": f"up:{first.pk}"})
        assert list(Category.objects.order_by("display_order").values_list("name", flat=True)) == ["A", "B"]

    def test_featured_works_stand_as_they_were_put(self, desk, staff, api):
        old, mid, new = [make_item(title=name, is_featured=True) for name in ("old", "mid", "new")]
        make_item(title="not featured")
        assert [row.name for row in desk.get(WALL).context["rows"]] == ["new", "mid", "old"]
        desk.post(WALL, {"id": [old.pk, new.pk, mid.pk]})
        assert [row.name for row in desk.get(WALL).context["rows"]] == ["old", "new", "mid"]
        results = api.get("/api/v1/gallery/featured").json()["results"]
        assert [item["title"] for item in results] == ["old", "new", "mid"]
        assert Decision.objects.filter(action="edit", by=staff).count() == 3

    def test_featured_works_are_walked_by_pages_in_their_order(self, api):
        for at in range(5):
            make_item(title=str(at), is_featured=True, display_order=-at)
        url, seen = "http://testserver/api/v1/gallery/featured?limit=2", []
        while url:
            body = api.get(url).json()
            seen += [item["title"] for item in body["results"]]
            url = body["next"]
        assert seen == ["4", "3", "2", "1", "0"]

    def test_only_who_may_change_them_puts_them_in_order(self, client):
        guest = make_staff("guest")
        type(guest).objects.filter(pk=guest.pk).update(is_superuser=False)
        guest.refresh_from_db()
        client.force_login(guest)
        for path in (SHELVES, WALL, merge_page(make_category())):
            assert client.get(path).status_code == 403
            assert client.post(path, {"id": []}).status_code == 403


class TestMerging:
    def test_works_move_once_and_counters_stay_true(self, staff):
        nature, sea, water = make_category("Nature"), make_category("Sea"), make_category("Water")
        Category.objects.filter(pk=sea.pk).update(parent=nature)
        sea.refresh_from_db()
        both = make_item(categories=(sea, water))
        only, hidden = make_item(categories=(water,)), make_item(shown=False, categories=(water,))
        assert arranging.merge(water, into=sea, by=staff) == 3
        for item in (both, only, hidden):
            assert own_shelves(item) == ["sea"]
        counts = dict(Category.objects.values_list("name", "item_count"))
        assert counts == {"Nature": 2, "Sea": 2}

    def test_every_moved_work_has_it_in_its_history(self, staff):
        sea, water = make_category("Sea"), make_category("Water")
        item = make_item(categories=(water,))
        arranging.merge(water, into=sea, by=staff)
        decision = Decision.objects.get(item=item)
        assert (decision.action, decision.by) == ("merge", staff)
        assert (decision.before, decision.after) == ({"categories": ["water"]}, {"categories": ["sea"]})

    def test_what_stood_below_stands_below_the_other(self, staff):
        sea, water = make_category("Sea"), make_category("Water")
        rivers = make_category("Rivers", parent=water)
        make_item(categories=(rivers,))
        arranging.merge(water, into=sea, by=staff)
        rivers.refresh_from_db()
        assert rivers.parent == sea
        assert dict(Category.objects.values_list("name", "item_count")) == {"Sea": 1, "Rivers": 1}

    def test_a_category_is_not_merged_into_itself_or_below(self, staff):
        nature = make_category("Nature")
        sea = make_category("Sea", parent=nature)
        for into in (nature, sea):
            with pytest.raises(MergedIntoItself):
                arranging.merge(nature, into=into, by=staff)
        assert Category.objects.count() == 2

    def test_its_addresses_lead_to_the_other_for_ever(self, client, api, staff):
        sea, water, wet = make_category("Sea"), make_category("Water"), make_category("Wet")
        make_item(categories=(wet,))
        arranging.merge(wet, into=water, by=staff)
        arranging.merge(water, into=sea, by=staff)
        for slug in ("wet", "water"):
            for prefix in ("", "/th"):
                answer = client.get(f"{prefix}/gallery/category/{slug}?page=2")
                there = f"{prefix}/gallery/category/sea?page=2"
                assert (answer.status_code, answer["Location"]) == (301, there)
            answer = api.get(f"/api/v1/gallery/categories/{slug}?limit=5")
            assert (answer.status_code, answer["Location"]) == (301, "/api/v1/gallery/categories/sea?limit=5")
            assert len(api.get(f"/api/v1/gallery?category={slug}").json()["results"]) == 1

    def test_nobody_is_led_to_what_is_switched_off(self, client, api, staff):
        sea, water = make_category("Sea"), make_category("Water")
        arranging.merge(water, into=sea, by=staff)
        Category.objects.update(is_active=False)
        assert client.get("/gallery/category/water").status_code == 404
        assert api.get("/api/v1/gallery/categories/water").status_code == 404

    def test_the_page_asks_first_and_then_merges(self, desk):
        sea, water = make_category("Sea"), make_category("Water")
        make_item(categories=(water,))
        asked = desk.get(merge_page(water))
        assert "“Water” shows 1 work, here and below." in asked.content.decode()
        answer = desk.post(merge_page(water), {"into": sea.pk}, follow=True)
        assert answer.redirect_chain == [(reverse("admin:gallery_category_change", args=[sea.pk]), 302)]
        assert "1 work was moved." in answer.content.decode()
        assert "“Water” was merged into it" in LogEntry.objects.get(object_id=sea.pk).change_message
        assert list(OldShelfSlug.objects.values_list("slug", "category")) == [("water", sea.pk)]

    def test_the_page_explains_what_cannot_be(self, desk):
        nature = make_category("Nature")
        sea = make_category("Sea", parent=nature)
        answer = desk.post(merge_page(nature), {"into": sea.pk})
        assert "cannot be merged into itself or into one below it" in answer.content.decode()
        assert desk.get(merge_page(make_staff())).status_code == 404


class TestAddresses:
    @pytest.fixture
    def renamed(self, desk):
        sea = make_category("Sea")
        self.rename(desk, sea, "ocean")
        return sea

    def rename(self, desk, category, slug):
        url = reverse("admin:gallery_category_change", args=[category.pk])
        return desk.post(url, {"name": "Sea", "slug": slug, "display_order": 0, "is_active": "on"})

    def test_a_renamed_category_is_found_at_its_old_address(self, client, renamed):
        assert client.get("/gallery/category/sea")["Location"] == "/gallery/category/ocean"

    def test_it_may_go_back_to_its_own_old_address(self, desk, client, renamed):
        self.rename(desk, renamed, "sea")
        assert client.get("/gallery/category/sea").status_code == 200
        assert client.get("/gallery/category/ocean")["Location"] == "/gallery/category/sea"

    def test_another_category_does_not_get_it(self, desk, renamed):
        answer = self.rename(desk, make_category("Lake"), "sea")
        assert "This address leads to another category." in answer.content.decode()


class TestCovers:
    def test_each_language_may_have_its_own(self, desk, api, client):
        shelf = make_category("Sea", translations={"th": {"name": "ทะเล"}})
        english, thai = make_item(categories=(shelf,)), make_item()
        given = {"name": "Sea", "slug": "sea", "thai_name": "ทะเล", "display_order": 0, "is_active": "on"}
        url = reverse("admin:gallery_category_change", args=[shelf.pk])
        assert desk.post(url, given | {"cover": english.pk, "thai_cover": thai.pk}).status_code == 302
        tree = api.get("/api/v1/gallery/categories").json()[0]
        alone = api.get("/api/v1/gallery/categories/sea").json()["category"]
        for covers in (tree["covers"], alone["covers"]):
            assert str(english.media_id) in covers["en"]
            assert str(thai.media_id) in covers["th"]
        assert f"social/{english.media_id}" in client.get("/gallery/category/sea").content.decode()
        assert f"social/{thai.media_id}" in client.get("/th/gallery/category/sea").content.decode()

    def test_the_thai_page_shows_the_common_one_where_it_has_none(self, api):
        item = make_item()
        make_category("Sea", cover=item)
        covers = api.get("/api/v1/gallery/categories").json()[0]["covers"]
        assert covers["th"] == covers["en"] is not None

    @pytest.mark.parametrize(
        "change", [{"is_public": False}, {"rating": "sensitive"}, {"status": "rejected"}]
    )
    def test_what_not_everybody_may_see_is_no_cover(self, api, change):
        item = make_item()
        shelf = make_category("Sea", cover=item)
        Item.objects.filter(pk=item.pk).update(**change)
        empty = {"en": None, "th": None}
        assert api.get("/api/v1/gallery/categories").json()[0]["covers"] == empty
        assert api.get("/api/v1/gallery/categories/sea").json()["category"]["covers"] == empty
        assert shelf.cover_id == item.pk

    def test_a_waiting_work_cannot_be_chosen(self, desk):
        shelf, item = make_category("Sea"), make_item(shown=False)
        url = reverse("admin:gallery_category_change", args=[shelf.pk])
        answer = desk.post(url, {"name": "Sea", "slug": "sea", "display_order": 0, "cover": item.pk})
        assert "Only a work that everybody may see can be a cover." in answer.content.decode()
