import pytest

from gallery import moderation, slugs
from gallery.tests.factories import make_category, make_item

pytestmark = pytest.mark.django_db
ITEM_FIELDS = {
    "id",
    "slug",
    "url",
    "title",
    "description",
    "alt_text",
    "media_type",
    "media_url",
    "thumbnail_url",
    "thumbnails",
    "poster_url",
    "preview_url",
    "width",
    "height",
    "duration_ms",
    "placeholder",
    "categories",
    "keywords",
    "prompt",
    "model_id",
    "model_name",
    "is_featured",
    "view_count",
    "like_count",
    "published_at",
    "updated_at",
    "language",
    "translations",
    "seo",
}


def test_the_list_answers_in_pages(api):
    make_item()
    body = api.get("/api/v1/gallery").json()
    assert set(body) == {"results", "next", "previous"}
    assert set(body["results"][0]) == ITEM_FIELDS
    assert (body["next"], body["previous"]) == (None, None)


def test_an_item_is_whole_and_its_files_have_stable_public_addresses(api):
    shelf = make_category("Boats")
    item = make_item(slug="โคม", categories=(shelf,), keywords=["lantern"])
    body = api.get("/api/v1/gallery/โคม").json()
    assert set(body) == ITEM_FIELDS
    assert body["url"] == "http://127.0.0.1:8000/gallery/%E0%B9%82%E0%B8%84%E0%B8%A1"
    assert body["media_url"].endswith(item.media.file.name)
    assert "?" not in body["media_url"]
    assert body["thumbnail_url"].endswith(f"/images/thumbnails/640/{item.media_id}.webp")
    assert {(t["width"], t["format"]) for t in body["thumbnails"]} == {
        (width, ext) for width in (320, 640, 960, 1280) for ext in ("avif", "webp")
    }
    assert body["categories"] == [
        {
            "id": str(shelf.id),
            "slug": "boats",
            "name": "Boats",
            "url": "http://127.0.0.1:8000/gallery/category/boats",
        }
    ]
    assert body["model_name"] == "Nano Banana Pro"
    assert body["published_at"].endswith("Z")


def test_nobody_learns_who_made_it_or_from_which_task(api, staff):
    item = make_item(created_by=staff, slug="one")
    text = api.get("/api/v1/gallery/one").content.decode()
    assert str(staff.pk) not in text
    assert str(item.approved_by_id) not in text


def test_a_prompt_that_is_not_shown_is_not_told(api):
    make_item(slug="one", show_prompt=False)
    assert api.get("/api/v1/gallery/one").json()["prompt"] is None


def test_a_film_has_a_poster_and_a_length(api):
    item = make_item(slug="film", media_type="video")
    body = api.get("/api/v1/gallery/film").json()
    assert body["poster_url"].endswith(f"/videos/thumbnails/{item.media_id}.jpg")
    assert body["duration_ms"] == 5000


def test_search_engines_get_the_written_words_where_there_are_some(api):
    make_item(slug="one", title="Boat", meta_title="Boats, painted", language="en")
    seo = api.get("/api/v1/gallery/one").json()["seo"]
    assert seo["meta_title"] == "Boats, painted"
    assert seo["canonical_url"] == "http://127.0.0.1:8000/gallery/one"


def test_the_canonical_page_of_a_thai_work_is_the_thai_one(api):
    make_item(slug="one", title="เรือ", language="th")
    seo = api.get("/api/v1/gallery/one").json()["seo"]
    assert seo["canonical_url"] == "http://127.0.0.1:8000/th/gallery/one"


def test_public_reads_never_negotiate_language(api):
    make_item(slug="one", title="Boat", translations={"th": {"title": "เรือ"}})
    english, thai = (
        api.get("/api/v1/gallery/one", headers={"Accept-Language": language}).json()
        for language in ("en", "th")
    )
    assert english == thai
    assert english["title"] == "Boat"


@pytest.mark.parametrize("state", [{"shown": False}, {"is_public": False}])
def test_what_is_not_public_does_not_exist(api, state):
    make_item(slug="one", **state)
    answer = api.get("/api/v1/gallery/one")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert api.get("/api/v1/gallery").json()["results"] == []


def test_an_old_address_redirects_for_ever(api, staff):
    slugs.rename(make_item(slug="one"), "สอง", by=staff)
    answer = api.get("/api/v1/gallery/one")
    assert answer.status_code == 301
    assert answer["Location"] == "/api/v1/gallery/%E0%B8%AA%E0%B8%AD%E0%B8%87"


def test_a_removed_work_is_gone(api, staff):
    moderation.remove(make_item(slug="one", files=True, rendered=False), by=staff, reason="asked for")
    answer = api.get("/api/v1/gallery/one")
    assert answer.status_code == 410
    assert answer.json()["code"] == "gone"


def test_filters_are_joined(api):
    shelf = make_category("Boats")
    make_item(title="right", media_type="video", is_featured=True, categories=(shelf,))
    make_item(title="picture", is_featured=True, categories=(shelf,))
    make_item(title="elsewhere", media_type="video", is_featured=True)
    query = {"category": "boats", "media_type": "video", "featured": "TRUE"}
    for sort in ("recent", "popular", "trending"):
        results = api.get("/api/v1/gallery", query | {"sort": sort}).json()["results"]
        assert [item["title"] for item in results] == ["right"]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "sort=best",
        "media_type=book",
        "featured=perhaps",
        "cursor=abc",
        "colour=red",
        "page=2",
        "sort=recent&sort=popular",
        "q=%00",
        "limit=99999999999999999999",
    ],
)
def test_a_wrong_question_is_named_not_ignored(api, query):
    answer = api.get(f"/api/v1/gallery?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_an_unknown_category_is_not_found(api):
    assert api.get("/api/v1/gallery?category=nowhere").status_code == 404


def test_what_advertisers_add_to_links_is_ignored(api):
    assert api.get("/api/v1/gallery?utm_source=line&fbclid=abc").status_code == 200


def test_links_lead_forth_and_back(api):
    for number in range(5):
        make_item(title=str(number))

    def read(url):
        body = api.get(url).json()
        return [item["title"] for item in body["results"]], body["next"], body["previous"]

    first, onwards, nothing = read("/api/v1/gallery?limit=2&media_type=image")
    second, last_page, back = read(onwards)
    third, end, back_again = read(last_page)
    assert [first, second, third] == [["4", "3"], ["2", "1"], ["0"]]
    assert (nothing, end) == (None, None)
    assert read(back)[0] == first
    assert read(back)[2] is None
    assert read(back_again)[0] == second


@pytest.mark.parametrize("path", ["/api/v1/gallery", "/api/v1/gallery/categories/boats"])
@pytest.mark.parametrize("limit", [24, 48])
def test_a_page_of_works_takes_the_same_few_queries_at_any_length(
    api, path, limit, django_assert_num_queries
):
    shelf = make_category("Boats")
    for _number in range(limit + 1):
        make_item(rendered=False, categories=(shelf,))
    queries = 2 if path == "/api/v1/gallery" else 3
    with django_assert_num_queries(queries):
        body = api.get(path, {"limit": limit}).json()
    assert len(body["results"]) == limit


def test_one_work_takes_two_queries(api, django_assert_num_queries):
    make_item(slug="one", categories=(make_category(),))
    with django_assert_num_queries(2):
        api.get("/api/v1/gallery/one")


@pytest.mark.parametrize(
    "path", ["gallery", "gallery/one", "gallery/featured", "gallery/categories", "gallery/categories/boats"]
)
def test_reads_are_cacheable_and_unchanged_ones_are_not_sent_again(api, path):
    make_item(slug="one", categories=(make_category("Boats"),))
    first = api.get(f"/api/v1/{path}")
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=10"
    assert "Set-Cookie" not in first
    again = api.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_featured_works_have_their_own_list(api):
    make_item(title="best", is_featured=True)
    make_item(title="good")
    results = api.get("/api/v1/gallery/featured").json()["results"]
    assert [item["title"] for item in results] == ["best"]


def test_the_tree_of_categories_is_a_bare_array(api):
    nature = make_category("Nature", translations={"th": {"name": "ธรรมชาติ"}})
    make_category("Water", parent=nature)
    make_category("Closed", is_active=False)
    make_item(categories=(nature,))
    (top,) = api.get("/api/v1/gallery/categories").json()
    assert (top["name"], top["item_count"], top["translations"]["th"]["name"]) == ("Nature", 1, "ธรรมชาติ")
    assert [child["slug"] for child in top["children"]] == ["water"]
    assert top["children"][0]["children"] == []


def test_a_category_shows_what_stands_on_it_and_below(api):
    nature = make_category("Nature")
    make_item(title="sea", categories=(make_category("Water", parent=nature),))
    body = api.get("/api/v1/gallery/categories/nature").json()
    assert body["category"]["slug"] == "nature"
    assert [item["title"] for item in body["results"]] == ["sea"]
    assert api.get("/api/v1/gallery/categories/nowhere").status_code == 404


@pytest.mark.parametrize("path", ["gallery", "gallery/one", "gallery/featured", "gallery/categories"])
def test_a_closed_gallery_answers_nothing(api, settings, path):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    make_item(slug="one")
    assert api.get(f"/api/v1/{path}").status_code == 404


def test_the_public_only_reads(api):
    make_item(slug="one")
    for call in (api.post, api.put, api.patch, api.delete):
        assert call("/api/v1/gallery/one").status_code == 405
