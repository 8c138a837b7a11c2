import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.tests.factories import make_user
from gallery.desk import sittings
from gallery.models import Category, Decision, Item
from gallery.tests.factories import make_category, make_item, make_staff, make_task

pytestmark = pytest.mark.django_db
LIST = "/admin/gallery/item/"


@pytest.fixture
def moderator():
    return make_user(is_staff=True)


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def page_of(item):
    return reverse("admin:gallery_item_change", args=[item.pk])


def form_of(desk, item):
    """What a browser would send back, unchanged."""
    form = desk.get(page_of(item)).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    management = {"decisions-TOTAL_FORMS": 0, "decisions-INITIAL_FORMS": 0}
    return {
        name: value for name, value in data.items() if value is not None and value is not False
    } | management


def test_works_that_wait_are_shown_first(desk):
    make_item(title="waiting", shown=False)
    make_item(title="shown")
    text = desk.get(LIST).content.decode()
    assert "waiting" in text
    assert ">shown<" not in text
    assert ">shown<" in desk.get(f"{LIST}?status=all").content.decode()


def test_every_work_shows_its_picture_and_its_task(desk):
    task = make_task()
    item = make_item(shown=False, generation_task=task)
    text = desk.get(LIST).content.decode()
    assert "/media/private/" in text
    assert f"{item.media_id}.webp" in text
    assert reverse("admin:generation_generationtask_change", args=[task.pk]) in text


def test_the_list_takes_the_same_few_queries_at_any_length(desk, django_assert_max_num_queries):
    for _number in range(20):
        make_item(shown=False, rendered=False)
    with django_assert_max_num_queries(8):
        desk.get(LIST)


def test_selected_works_are_approved_together(desk, moderator):
    items = [make_item(shown=False, files=True, rendered=False) for _number in range(2)]
    answer = desk.post(
        LIST, {"action": "approve", "_selected_action": [item.pk for item in items]}, follow=True
    )
    assert "2 works were changed." in answer.content.decode()
    assert Item.objects.public().count() == 2
    assert Decision.objects.filter(by=moderator, action="approve").count() == 2


def test_a_work_is_approved_by_one_click_on_its_page(desk):
    item = make_item(shown=False, files=True, rendered=False)
    assert b'name="_approve"' in desk.get(page_of(item)).content
    answer = desk.post(page_of(item), form_of(desk, item) | {"_approve": "Approve"}, follow=True)
    assert answer.status_code == 200
    assert Item.objects.public().get() == item


def test_a_rejection_needs_a_reason(desk):
    item = make_item(shown=False)
    selected = {"action": "reject", "_selected_action": [item.pk]}
    desk.post(LIST, selected)
    item.refresh_from_db()
    assert item.status == "pending"
    desk.post(LIST, selected | {"reason": "Blurred"})
    item.refresh_from_db()
    assert item.status == "rejected"
    assert Decision.objects.get().reason == "Blurred"


def test_the_history_is_shown_and_cannot_be_changed(desk, moderator):
    item = make_item(shown=False)
    changed = {"before": {"status": "pending"}, "after": {"status": "rejected"}}
    Decision.objects.create(item=item, by=moderator, action="reject", reason="Too dark", **changed)
    text = desk.get(page_of(item)).content.decode()
    assert "Too dark" in text
    assert "status: pending → rejected" in text
    assert "decisions-0-reason" not in text


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("feature", {}, {"is_featured": True}), ("unfeature", {"is_featured": True}, {"is_featured": False})],
)
def test_featuring_by_action(desk, action, before, after):
    item = make_item(**before)
    desk.post(f"{LIST}?status=all", {"action": action, "_selected_action": [item.pk]})
    assert Item.objects.filter(**after).exists()


def test_a_work_is_hidden_and_shown_by_action(desk):
    item = make_item(files=True, rendered=False)
    selected = {"_selected_action": [item.pk], "reason": "asked for"}
    for action, status, is_public in (
        ("hide", "approved", False),
        ("show", "approved", True),
    ):
        desk.post(f"{LIST}?status=all", selected | {"action": action})
        item.refresh_from_db()
        assert (item.status, item.is_public) == (status, is_public)


@pytest.mark.parametrize("action", ["reject", "hide"])
def test_an_action_without_a_reason_changes_nothing(desk, action):
    item = make_item(files=True, rendered=False)
    answer = desk.post(f"{LIST}?status=all", {"action": action, "_selected_action": [item.pk]}, follow=True)
    assert "Please write a reason first." in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_usual_reasons_are_offered_in_the_list_and_on_the_page(desk):
    item = make_item()
    for path in (f"{LIST}?status=all", page_of(item)):
        assert '<option value="Near copy of another work"></option>' in desk.get(path).content.decode()


def test_removing_by_action_asks_first(desk):
    item = make_item(files=True, rendered=False)
    given = {"action": "remove", "_selected_action": [item.pk], "reason": "asked for"}
    page = desk.post(f"{LIST}?status=all", given).content.decode()
    assert "There is no way back" in page
    assert 'value="asked for"' in page
    assert Item.objects.get().status == "approved"


def test_a_work_that_somebody_judges_is_not_changed_from_list_or_page(desk):
    item = make_item(shown=False, title="Before")
    sittings.take(item.pk, by=make_staff("nan"))
    answer = desk.post(LIST, {"action": "approve", "_selected_action": [item.pk]}, follow=True)
    assert "nan is looking at this work" in answer.content.decode()
    answer = desk.post(page_of(item), form_of(desk, item) | {"title": "After"}, follow=True)
    assert answer.redirect_chain == [(page_of(item), 302)]
    assert "was changed successfully" not in answer.content.decode()
    assert not LogEntry.objects.exists()
    assert "Nan is looking at this work" in answer.content.decode()
    item.refresh_from_db()
    assert (item.status, item.title) == ("pending", "Before")


def test_an_impossible_decision_is_explained(desk):
    item = make_item(shown=False, status="withdrawn")
    answer = desk.post(
        f"{LIST}?status=all", {"action": "approve", "_selected_action": [item.pk]}, follow=True
    )
    assert "not possible while the item is withdrawn" in answer.content.decode()


def test_texts_shelves_and_translation_are_written_through_the_form(desk):
    make_category("Boats")
    item = make_item(shown=False, title="Before")
    data = form_of(desk, item) | {
        "title": "After",
        "other_title": "หลังจากนั้น",
        "keyword_list": "boat,  river ,",
        "shelves": [Category.objects.get().pk],
    }
    desk.post(page_of(item), data)
    item.refresh_from_db()
    assert (item.title, item.translations, item.keywords) == (
        "After",
        {"th": {"title": "หลังจากนั้น"}},
        ["boat", "river"],
    )
    assert item.categories.get().slug == "boats"
    assert Decision.objects.get().action == "edit"


def test_a_taken_address_is_refused_in_the_form(desk):
    make_item(slug="taken")
    item = make_item(shown=False, slug="mine")
    answer = desk.post(page_of(item), form_of(desk, item) | {"slug": "Taken"})
    assert "This address is taken" in answer.content.decode()
    item.refresh_from_db()
    assert item.slug == "mine"


def test_works_are_neither_added_nor_deleted_by_hand(desk):
    item = make_item()
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(reverse("admin:gallery_item_delete", args=[item.pk])).status_code == 403


def test_a_removed_work_offers_no_decision(desk):
    item = make_item(shown=False, status="removed", media=None)
    text = desk.get(page_of(item)).content.decode()
    assert 'name="_approve"' not in text
    assert "files deleted" in text


def test_staff_without_the_permission_may_not_decide(client):
    guest = make_user(is_staff=True)
    guest.is_superuser = False
    guest.save()
    client.force_login(guest)
    item = make_item(shown=False)
    assert client.post(LIST, {"action": "approve", "_selected_action": [item.pk]}).status_code == 403
    item.refresh_from_db()
    assert item.status == "pending"


def test_a_category_may_not_stand_below_itself(desk):
    top = make_category("Top")
    below = make_category("Below", parent=top)
    url = reverse("admin:gallery_category_change", args=[top.pk])
    answer = desk.post(url, {"name": "Top", "slug": "top", "parent": below.pk, "display_order": 0})
    assert "cannot stand below itself" in answer.content.decode()


def test_a_moved_category_takes_its_counters_along(desk):
    old, new = make_category("Old"), make_category("New")
    branch = make_category("Branch", parent=old)
    make_item(categories=(branch,))
    url = reverse("admin:gallery_category_change", args=[branch.pk])
    data = {"name": "Branch", "slug": "branch", "parent": new.pk, "display_order": 0, "is_active": "on"}
    desk.post(url, data | {"thai_name": "กิ่ง"})
    counts = dict(Category.objects.values_list("name", "item_count"))
    assert counts == {"Old": 0, "New": 1, "Branch": 1}
    assert Category.objects.get(name="Branch").translations == {"th": {"name": "กิ่ง"}}


def test_the_tree_is_shown_branch_by_branch(desk):
    nature, craft = make_category("Nature", display_order=1), make_category("Craft", display_order=2)
    make_category("Cloth", parent=craft, display_order=1)
    make_category("Water", parent=nature, display_order=1)
    shown = desk.get("/admin/gallery/category/").context["cl"].result_list
    assert [each.name for each in shown] == ["Nature", "Water", "Craft", "Cloth"]
    assert "Nature › Water" in desk.get("/admin/gallery/category/").content.decode()


def test_works_are_found_by_their_first_words_and_by_ids_in_any_state(desk):
    task = make_task()
    wanted = make_item(title="Lanterns above the river", generation_task=task)
    make_item(title="A bridge above the river")
    for words in ("Lanterns above", "lanterns", str(wanted.pk), str(task.pk)):
        found = desk.get(LIST, {"q": words}).context["cl"].result_list
        assert [item.pk for item in found] == [wanted.pk]
    assert not desk.get(LIST, {"q": str(make_category().pk)}).context["cl"].result_list


def test_the_page_of_a_work_says_why_search_engines_do_not_get_it(desk):
    text = desk.get(page_of(make_item(description="Short."))).content.decode()
    assert "<strong>English</strong>: Its description is missing or short.<" in text
    assert "<strong>Thai</strong>: Its title is missing or short in this language." in text
    assert "<strong>English</strong>: yes<" in desk.get(page_of(make_item())).content.decode()


def test_rights_are_written_through_the_form(desk, client):
    item = make_item()
    rights = {
        "license_url": "https://example.org/licence",
        "acquire_url": "https://example.org/buy",
        "credit_text": "Studio Lantern",
        "copyright_notice": "Nobody owns this",
    }
    assert desk.post(page_of(item), form_of(desk, item) | rights).status_code == 302
    item.refresh_from_db()
    assert {name: getattr(item, name) for name in rights} == rights


def test_a_licence_that_is_no_address_is_refused_in_the_form(desk):
    item = make_item()
    answer = desk.post(page_of(item), form_of(desk, item) | {"license_url": "javascript:alert(1)"})
    assert "Enter a valid URL." in answer.content.decode()
