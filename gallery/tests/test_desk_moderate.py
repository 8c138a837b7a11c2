"""The moderation desk: who may judge what, undo, many at once, and never two people at one work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from gallery import arranging, editing
from gallery.desk import judging, queue, sittings
from gallery.errors import BeingJudged, ChangedMeanwhile, NothingToUndo
from gallery.models import Decision, Item, Report, ReportOutcome, Sitting
from gallery.publishing import own_shelves
from gallery.tests.factories import make_category, make_item, make_staff

pytestmark = pytest.mark.django_db
DESK = "/admin/gallery/item/moderate/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def mali():
    return make_staff("mali")


@pytest.fixture
def nan():
    return make_staff("nan")


@pytest.fixture
def desk(client, mali):
    client.force_login(mali)
    return client


def waiting(**fields) -> Item:
    return make_item(shown=False, files=True, rendered=False, **fields)


def judged(desk, item, verb, *, seen=0, **more):
    given = {"do": verb, "seen": seen} | more
    return desk.post(f"{DESK}{item.pk}/judge/", given, **JSON)


def actions() -> list[str]:
    return list(Decision.objects.order_by("id").values_list("action", flat=True))


def status(item) -> str:
    return Item.objects.values_list("status", flat=True).get(pk=item.pk)


# --- what lies on the desk ---


def test_the_oldest_work_lies_on_top_and_is_opened(desk):
    old, new = waiting(title="Old"), waiting(title="New")
    page = desk.get(DESK)
    assert [ticket.item for ticket in page.context["page"].tickets] == [old, new]
    assert page.context["panel"].item == old
    newest = desk.get(DESK, {"sort": "newest"})
    assert [ticket.item for ticket in newest.context["page"].tickets] == [new, old]


def test_the_queue_goes_on_where_the_page_ended(desk, mali, monkeypatch):
    monkeypatch.setattr(queue, "LIMIT", 2)
    items = [make_item(shown=False, rendered=False) for _number in range(5)]
    seen, after = [], ""
    while after is not None:
        page = queue.page(by=mali, after=after)
        seen += [ticket.item for ticket in page.tickets]
        after = page.more
    assert seen == items


def test_a_foreign_cursor_is_not_found(desk):
    assert desk.get(DESK, {"after": "nonsense"}).status_code == 404
    assert desk.get(DESK, {"state": "reported", "after": "nonsense"}).status_code == 404


def test_the_most_reported_work_comes_first(desk):
    once, twice, never = make_item(), make_item(), make_item()
    for item in (once, twice, twice):
        Report.objects.create(item=item, reason="other")
    Report.objects.create(item=never, reason="other", closed_at=timezone.now())
    page = desk.get(DESK, {"state": "reported"})
    assert [(t.item, t.reports) for t in page.context["page"].tickets] == [(twice, 2), (once, 1)]
    assert page.context["counts"]["reported"] == "2"


def test_the_desk_costs_the_same_few_queries_at_any_length(desk, django_assert_max_num_queries):
    make_item(shown=False, rendered=False)
    with django_assert_max_num_queries(28) as one:
        desk.get(DESK)
    for _number in range(20):
        make_item(shown=False, rendered=False)
    with django_assert_max_num_queries(28) as many:
        desk.get(DESK)
    assert len(many) <= len(one) + 1  # the twins of the opened work


def test_the_panel_tells_prompt_maker_and_history(desk, mali):
    item = waiting(prompt="a heron in the reeds", created_by=mali, title="Heron")
    Decision.objects.create(item=item, by=mali, action="edit", reason="typo")
    text = desk.get(DESK).content.decode()
    for words in ("a heron in the reeds", "1 works, 0 rejected", "texts changed (typo)", "Nano Banana Pro"):
        assert words in text


def test_near_copies_and_twins_of_refused_works_are_shown(desk):
    waiting(prompt="Paper boats on a canal at night, woodblock", title="First")
    refused = make_item(shown=False, status="rejected", prompt="paper boats on the canal at night, woodblock")
    make_item(prompt="A steel bridge in rain")
    twins = desk.get(DESK).context["panel"].twins
    assert [(twin.item, str(twin.why)) for twin in twins] == [(refused, "like a rejected work")]


def test_the_same_file_is_recognised(desk):
    original = waiting(title="Mine")
    copy = make_item(prompt="")
    type(copy.media).objects.filter(pk=copy.media_id).update(sha256=original.media.sha256)
    twins = desk.get(DESK, {"item": original.pk}).context["panel"].twins
    assert [(twin.item, str(twin.why)) for twin in twins] == [(copy, "same file")]


# --- judging ---


def test_a_work_is_approved_rejected_and_featured(desk, mali):
    first, second, third = waiting(), waiting(), waiting()
    assert judged(desk, first, "approve").json()["status"] == "approved"
    assert (
        judged(desk, second, "reject", preset="4", reason="noise everywhere").json()["status"] == "rejected"
    )
    assert judged(desk, third, "feature").json()["featured"] is True
    assert list(Decision.objects.order_by("id").values_list("item", "action", "by", "reason")) == [
        (first.pk, "approve", mali.pk, ""),
        (second.pk, "reject", mali.pk, "Broken or unfinished picture: noise everywhere"),
        (third.pk, "feature", mali.pk, ""),
    ]


def test_feature_is_taken_back_by_the_same_key(desk):
    item = waiting()
    seen = judged(desk, item, "feature").json()["seen"]
    assert judged(desk, item, "feature", seen=seen).json()["featured"] is False
    assert actions() == ["feature", "unfeature"]


def test_a_rejection_without_a_reason_is_refused(desk):
    item = waiting()
    answer = judged(desk, item, "reject", preset="9")
    assert (answer.status_code, answer.json()["said"]) == (400, "Please write a reason first.")
    assert actions() == []


def test_an_unknown_verb_and_an_unknown_work_are_not_found(desk):
    item = waiting()
    assert judged(desk, item, "destroy").status_code == 404
    assert desk.post(f"{DESK}{make_staff().pk}/judge/", {"do": "approve", "seen": 0}).status_code == 404


def test_a_plain_browser_comes_back_to_its_queue(desk):
    item = waiting(title="Plain")
    given = {"do": "approve", "seen": 0, "back": f"{DESK}?state=waiting&sort=newest"}
    answer = desk.post(f"{DESK}{item.pk}/judge/", given, follow=True)
    assert answer.redirect_chain == [(f"{DESK}?state=waiting&sort=newest", 302)]
    assert "Plain: approved" in answer.content.decode()


def test_nobody_is_sent_to_another_site(desk):
    given = {"do": "approve", "seen": 0, "back": "https://example.com/"}
    assert desk.post(f"{DESK}{waiting().pk}/judge/", given)["Location"] == DESK


def test_a_page_that_is_behind_judges_nothing(desk, mali):
    item = waiting()
    judging.judge(item.pk, by=mali, verb="feature", seen=0)
    answer = judged(desk, item, "approve", seen=0)
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    assert actions() == ["feature"]


def test_texts_are_written_in_place_in_both_languages(desk):
    make_category("Boats")
    item = waiting(title="Before")
    form = desk.get(DESK).context["panel"].words
    given = {
        "seen": 0,
        "language": "en",
        "title": "After",
        "alt_text": "A boat",
        "other_title": "หลังจากนั้น",
        "shelves": [form.fields["shelves"].queryset.get().pk],
    }
    answer = desk.post(f"{DESK}{item.pk}/words/", given, **JSON).json()
    item.refresh_from_db()
    assert (item.title, item.alt_text, item.translations) == (
        "After",
        "A boat",
        {"th": {"title": "หลังจากนั้น"}},
    )
    assert item.categories.get().slug == "boats"
    assert answer["seen"] == Decision.objects.get(action="edit").pk


def test_texts_that_do_not_fit_are_explained(desk):
    item = waiting()
    answer = desk.post(f"{DESK}{item.pk}/words/", {"seen": 0, "language": "en", "title": ""}, **JSON)
    assert (answer.status_code, answer.json()["said"]) == (400, "This field is required.")


# --- undo ---


def test_undo_puts_back_what_was_and_leaves_its_own_row(desk):
    item = waiting()
    judged(desk, item, "approve")
    assert Item.objects.public().count() == 1
    answer = desk.post(f"{DESK}undo/", **JSON).json()
    assert (answer["id"], answer["status"]) == (str(item.pk), "pending")
    item.refresh_from_db()
    assert (item.approved_by, item.approved_at, item.published_at) == (None, None, None)
    assert actions() == ["approve", "undo"]
    undone = Decision.objects.get(action="undo")
    assert (undone.before["status"], undone.after["status"]) == ("approved", "pending")


def test_undo_walks_back_through_one_persons_decisions(desk, mali, nan):
    first, second, third = waiting(), waiting(), waiting()
    judged(desk, first, "reject", preset="1")
    judging.judge(third.pk, by=nan, verb="approve", seen=0)
    judged(desk, second, "approve")
    for item in (second, first):
        assert desk.post(f"{DESK}undo/", **JSON).json()["id"] == str(item.pk)
    assert [status(item) for item in (first, second, third)] == ["pending", "pending", "approved"]
    answer = desk.post(f"{DESK}undo/", **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_undo")


def test_a_work_decided_again_after_an_undo_is_undone_again(desk):
    item = waiting()
    seen = 0
    for verb in ("approve", "reject"):
        seen = judged(desk, item, verb, seen=seen, preset="2").json()["seen"]
        seen = desk.post(f"{DESK}undo/", **JSON).json()["seen"]
    assert actions() == ["approve", "undo", "reject", "undo"]
    assert status(item) == "pending"


def test_undoing_a_rejection_of_a_shown_work_shows_it_again(mali):
    item = make_item(files=True, rendered=False)
    approved_at = item.approved_at
    judging.judge(item.pk, by=mali, verb="reject", seen=0, reason="mistake")
    judging.undo(by=mali)
    item.refresh_from_db()
    assert item.is_shown
    assert abs(item.approved_at - approved_at) < timedelta(milliseconds=1)
    assert item.media.visibility == "public"


def test_what_somebody_changed_since_is_not_undone(mali, nan):
    item = waiting()
    judging.judge(item.pk, by=mali, verb="approve", seen=0)
    judging.judge(item.pk, by=nan, verb="reject", seen=judging.seen_of(item), reason="no")
    with pytest.raises(NothingToUndo):
        judging.undo(by=mali)
    assert status(item) == "rejected"


def words_of(item) -> tuple:
    fresh = Item.objects.get(pk=item.pk)
    return fresh.language, fresh.title, fresh.translations, own_shelves(fresh)


def written(desk, item, **given):
    given = {"seen": judging.seen_of(item), "language": "en"} | given
    return desk.post(f"{DESK}{item.pk}/words/", given, **JSON)


def test_undo_puts_back_texts_and_shelves_that_were_written_at_the_desk(desk):
    shelf = make_category("Boats")
    item = waiting(title="Before", translations={"th": {"title": "ก่อน"}})
    was = words_of(item)
    written(desk, item, title="After", other_title="หลัง", shelves=[shelf.pk])
    assert words_of(item) == ("en", "After", {"th": {"title": "หลัง"}}, ["boats"])
    answer = desk.post(f"{DESK}undo/", **JSON).json()
    assert (answer["id"], answer["title"]) == (str(item.pk), "Before")
    assert words_of(item) == was
    undone = Decision.objects.get(action="undo")
    assert (undone.before["title"], undone.after["title"]) == ("After", "Before")
    assert (undone.before["categories"], undone.after["categories"]) == (["boats"], [])


def test_undo_walks_back_through_verdicts_and_texts_alike(desk):
    item = waiting(title="Before")
    written(desk, item, title="After")
    judged(desk, item, "approve", seen=judging.seen_of(item))
    assert desk.post(f"{DESK}undo/", **JSON).json()["status"] == "pending"
    assert desk.post(f"{DESK}undo/", **JSON).json()["title"] == "Before"
    assert desk.post(f"{DESK}undo/", **JSON).json()["code"] == "nothing_to_undo"
    assert actions() == ["edit", "approve", "undo", "undo"]


def test_texts_that_somebody_wrote_since_are_not_undone(desk, nan):
    item = waiting(title="Before")
    written(desk, item, title="Mine")
    editing.edit(item, by=nan, fields={"title": "Hers"})
    assert desk.post(f"{DESK}undo/", **JSON).json()["code"] == "nothing_to_undo"
    assert words_of(item)[1] == "Hers"


def test_texts_of_a_shelf_that_is_no_more_are_not_undone(desk):
    old, new = make_category("Boats"), make_category("Ships")
    item = waiting(title="Before", categories=(old,))
    written(desk, item, title="After", shelves=[new.pk])
    old.delete()
    assert desk.post(f"{DESK}undo/", **JSON).json()["code"] == "nothing_to_undo"
    assert words_of(item)[1] == "After"


def test_a_place_on_the_wall_is_not_what_undo_takes_back(desk, mali):
    works = [make_item(is_featured=True) for _number in range(2)]
    arranging.arrange_featured([work.pk for work in works], by=mali)
    assert desk.post(f"{DESK}undo/", **JSON).json()["code"] == "nothing_to_undo"


# --- what never comes back ---


def asked_to_remove(desk, item, **given):
    return desk.post(f"{DESK}bulk/", {"do": "remove", "pick": item.pk} | given, follow=True)


def test_a_work_is_removed_for_good_after_a_question_and_with_a_reason(desk):
    item = make_item(files=True, rendered=False)
    page = asked_to_remove(desk, item).content.decode()
    assert "There is no way back" in page
    assert "Somebody else has the rights" in page
    assert status(item) == "approved"
    given = {"confirmed": 1, "work": f"{item.pk}:{judging.seen_of(item)}"}
    assert "Please write a reason first." in asked_to_remove(desk, item, **given).content.decode()
    assert status(item) == "approved"
    asked_to_remove(desk, item, **given, preset="1", reason="letter of 3 May")
    assert status(item) == "removed"
    assert Decision.objects.get().reason == "Somebody else has the rights: letter of 3 May"


def test_the_panel_leads_to_that_question_and_never_past_it(desk):
    item = make_item(files=True, rendered=False)
    assert 'value="remove" formaction=' in desk.get(DESK, {"item": item.pk}).content.decode()
    assert judged(desk, item, "remove", preset="1").status_code == 404
    assert status(item) == "approved"


def test_who_only_judges_removes_nothing_for_good(client):
    judge = make_staff("judge")
    User.objects.filter(pk=judge.pk).update(is_superuser=False)
    judge.user_permissions.add(Permission.objects.get(codename="moderate"))
    client.force_login(User.objects.get(pk=judge.pk))
    item = make_item(files=True, rendered=False)
    assert 'value="remove"' not in client.get(DESK, {"item": item.pk}).content.decode()
    assert asked_to_remove(client, item).status_code == 403


def test_a_work_is_hidden_with_a_reason_only(desk):
    item = make_item(files=True, rendered=False)
    answer = judged(desk, item, "hide")
    assert (answer.status_code, answer.json()["said"]) == (400, "Please write a reason first.")
    judged(desk, item, "hide", preset="2")
    assert Decision.objects.get().reason == "Real person without consent"
    item.refresh_from_db()
    assert not item.is_public


# --- two people ---


def test_a_work_that_somebody_looks_at_is_shown_as_such_and_not_judged(desk, nan):
    item, free = waiting(), waiting()
    sittings.move_on(item.pk, by=nan)
    page = desk.get(DESK)
    assert "nan is looking at it" in page.content.decode()
    assert page.context["panel"].item == free
    answer = judged(desk, item, "approve")
    assert answer.status_code == 409
    assert answer.json()["said"].startswith("nan is looking at this work, until ")
    looked = desk.post(f"{DESK}{item.pk}/look/").content.decode()
    assert 'id="judge"' not in looked
    assert desk.post(f"{DESK}holders/", {"id": [item.pk, free.pk]}).json() == {
        "holders": {str(item.pk): "nan"}
    }


def test_a_sitting_ends_after_five_minutes_or_with_the_next_work(mali, nan):
    first, second = waiting(), waiting()
    sittings.move_on(first.pk, by=mali)
    with pytest.raises(BeingJudged):
        sittings.take(first.pk, by=nan)
    Sitting.objects.update(until=timezone.now() - timedelta(seconds=1))
    sittings.take(first.pk, by=nan)
    sittings.move_on(second.pk, by=nan)
    sittings.take(first.pk, by=mali)


def test_looking_on_keeps_the_work(desk, mali):
    item = waiting()
    sittings.take(item.pk, by=mali)
    soon = timezone.now() + timedelta(seconds=10)
    Sitting.objects.update(until=soon)
    desk.post(f"{DESK}holders/", {"current": str(item.pk)})
    assert Sitting.objects.get().until > soon


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_judge_every_work_once():
    items = [waiting() for _number in range(6)]
    people = [make_staff() for _number in range(2)]
    barrier = Barrier(len(people))

    def judge_all(person, verb):
        done = []
        barrier.wait()
        for item in items:
            try:
                judging.judge(item.pk, by=person, verb=verb, seen=0, reason="no")
                done.append(item.pk)
            except (BeingJudged, ChangedMeanwhile):
                continue
        connection.close()
        return done

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(judge_all, people, ("approve", "reject")))
    assert sorted(results[0] + results[1]) == sorted(item.pk for item in items)
    assert Decision.objects.count() == len(items)


# --- many at once ---


def test_many_are_shown_before_they_are_judged(desk, nan):
    ready, held, decided = waiting(title="Ready"), waiting(), make_item(title="Shown already")
    sittings.take(held.pk, by=nan)
    picks = {"do": "approve", "pick": [ready.pk, held.pk, decided.pk]}
    plan = desk.post(f"{DESK}bulk/", picks).context["plan"]
    assert [ticket.item for ticket in plan.ready] == [ready]
    assert {ticket.item for ticket in plan.left} == {held, decided}
    assert actions() == []


def test_many_are_judged_after_a_yes_and_summed_up(desk, mali):
    items, changed = [waiting() for _number in range(3)], waiting(title="Changed")
    judging.judge(changed.pk, by=mali, verb="feature", seen=0)
    works = [f"{item.pk}:0" for item in (*items, changed)]
    given = {"do": "reject", "confirmed": 1, "work": works, "preset": "1"}
    text = desk.post(f"{DESK}bulk/", given, follow=True).content.decode()
    assert "3 works were changed." in text
    assert "Changed: Somebody decided about this work" in text
    assert [status(item) for item in (*items, changed)] == ["rejected"] * 3 + ["pending"]
    assert Decision.objects.filter(action="reject", reason="Near copy of another work").count() == 3


def test_many_are_not_rejected_without_a_reason(desk):
    item = waiting()
    answer = desk.post(f"{DESK}bulk/", {"do": "reject", "confirmed": 1, "work": [f"{item.pk}:0"]})
    assert [ticket.item for ticket in answer.context["plan"].ready] == [item]
    assert "Please write a reason first." in answer.content.decode()
    assert status(item) == "pending"


# --- reports ---


def test_reports_are_read_and_closed_with_an_outcome(desk, mali):
    item = make_item()
    for reason in ("violence", "other"):
        Report.objects.create(item=item, reason=reason, text="blood on the wall")
    text = desk.get(DESK, {"state": "reported"}).content.decode()
    assert "blood on the wall" in text
    given = {"outcome": "dismissed", "note": "It is paint."}
    said = desk.post(f"{DESK}{item.pk}/reports/", given, **JSON).json()["said"]
    assert said == "2 reports were closed."
    assert not Report.objects.filter(closed_at=None).exists()
    assert set(ReportOutcome.objects.values_list("outcome", "note", "by")) == {
        ("dismissed", "It is paint.", mali.pk)
    }
    assert desk.post(f"{DESK}{item.pk}/reports/", {"outcome": "burned"}).status_code == 404


def test_requests_about_no_work_lie_on_the_same_desk_and_get_an_outcome(desk, mali):
    report = Report.objects.create(
        url="https://elsewhere.example/x", reason="copyright", text="My photograph", contact="nok@example.org"
    )
    text = desk.get(DESK, {"state": "reported"}).content.decode()
    for words in ("https://elsewhere.example/x", "My photograph", "nok@example.org"):
        assert words in text
    assert "My photograph" not in desk.get(DESK).content.decode()
    url = f"{DESK}report/{report.pk}/"
    back = f"{DESK}?state=reported"
    answer = desk.post(url, {"outcome": "upheld", "note": "Told the host.", "back": back}, follow=True)
    assert answer.redirect_chain == [(back, 302)]
    assert "1 report was closed." in answer.content.decode()
    assert ReportOutcome.objects.values_list("outcome", "note", "by").get() == (
        "upheld",
        "Told the host.",
        mali.pk,
    )
    assert desk.post(url, {"outcome": "burned"}).status_code == 404


def test_a_report_about_a_work_is_closed_with_its_work_only(desk):
    report = Report.objects.create(item=make_item(), reason="other")
    assert desk.post(f"{DESK}report/{report.pk}/", {"outcome": "dismissed"}).status_code == 404
    assert Report.objects.get().closed_at is None


# --- who ---


def test_a_moderator_needs_no_other_right_and_others_stay_outside(client):
    item = waiting()
    guest = make_staff("guest")
    User.objects.filter(pk=guest.pk).update(is_superuser=False)
    client.force_login(User.objects.get(pk=guest.pk))
    assert client.get(DESK).status_code == 403
    assert judged(client, item, "approve").status_code == 403
    guest.user_permissions.add(Permission.objects.get(codename="moderate"))
    client.force_login(User.objects.get(pk=guest.pk))
    assert client.get(DESK).status_code == 200
    assert client.get("/admin/gallery/item/").status_code == 403
    assert judged(client, item, "approve").status_code == 200


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(DESK)["Location"].startswith("/admin/login/")


def test_acts_need_the_token_of_the_page(mali):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mali)
    assert judged(strict, waiting(), "approve").status_code == 403
