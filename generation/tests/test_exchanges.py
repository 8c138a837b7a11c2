"""What the provider said about a task stands on its page, without what opens doors, and not for ever."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts import closing
from generation import exchanges, jobs, services
from generation.masking import masked
from generation.models import Exchange, GenerationTask
from generation.provider.overhearing import Heard, note, overhearing
from generation.tests.conftest import run, submit
from smartspec import retention

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://a.example/x.png?sig=1&t=2 ok", "https://a.example/x.png?… ok"),
        (r'"[\"https://a.example/x.png?sig=1\"]"', r'"[\"https://a.example/x.png?…\"]"'),
        ("https://a.example/x#access=1", "https://a.example/x?…"),
        ("https://me:secret@a.example/x", "https://…@a.example/x"),
        ('{"apiKey": "abcdefghij"}', '{"apiKey": "…"}'),
        (r"{\"token\":\"abcdefghij\"}", r"{\"token\":\"…\"}"),
        ("Authorization: Bearer abcdefghij", "Authorization: …"),
        ("https://us.example/api/v1/generation/callbacks/kie/0b0f-1/s3cr3t_-x", None),
        ("a key light, a secret garden", "a key light, a secret garden"),
    ],
)
def test_what_opens_doors_is_left_out(said, kept):
    if kept is None:
        kept = "https://us.example/api/v1/generation/callbacks/kie/0b0f-1/…"
    assert masked(said) == kept


def kept_of(task: GenerationTask) -> list[tuple[str, int | None, str]]:
    return list(task.exchanges.values_list("kind", "status", "outcome"))


def test_order_and_result_are_kept_and_no_secret_with_them(sandbox, user):
    done = run(submit(user))
    assert kept_of(done) == [("order", 200, "waiting"), ("reading", 200, "storing")] or kept_of(done) == [
        ("order", 200, "waiting"),
        ("reading", 200, "generating"),
        ("reading", 200, "storing"),
    ]
    said = " ".join(done.exchanges.values_list("text", flat=True))
    assert done.external_task_id in said
    assert done.callback_token not in said
    assert sandbox.key not in said


def test_a_refusal_is_kept_with_its_words(sandbox, user):
    failed = run(submit(user, prompt="x [sandbox:fail]"))
    assert failed.exchanges.filter(kind="reading", outcome="done").count() == 1


def test_a_believed_callback_is_kept_as_it_came(sandbox, user):
    task = run(submit(user, prompt="x [sandbox:stuck]"), until=["waiting"])
    body = {"code": 200, "data": {"taskId": task.external_task_id, "url": "https://a.example/x?sig=1"}}
    told = {"task_id": task.pk, "token": task.callback_token, "headers": {}, "body": body}
    services.take_hint(**told)
    services.take_hint(**told)
    rows = task.exchanges.filter(kind="callback")
    assert list(rows.values_list("outcome", flat=True)) == ["heeded", "not needed"]
    assert '"url": "https://a.example/x?…"' in rows[0].text


def named_by_a_callback(task: GenerationTask, upstream_id: str) -> GenerationTask:
    body = {"data": {"taskId": upstream_id}}
    services.take_hint(task_id=task.pk, token=task.callback_token, headers={}, body=body)
    return task


def test_the_answer_that_settled_a_doubtful_order_is_kept(sandbox, user):
    task = run(submit(user, prompt="x [sandbox:drop] [sandbox:stuck]"), until=["unconfirmed"])
    (order,) = sandbox.desk.journal.all()
    run(named_by_a_callback(task, order.id), until=["waiting"])
    assert kept_of(task) == [
        ("order", None, "unconfirmed"),
        ("callback", None, "heeded"),
        ("reading", 200, "waiting"),
    ]
    assert order.id in task.exchanges.last().text


def test_an_answer_that_settles_nothing_is_kept_once(sandbox, user):
    other = run(submit(user))
    task = run(submit(user, prompt="x [sandbox:drop]"), until=["unconfirmed"])
    named_by_a_callback(task, other.external_task_id)
    for _look in range(3):
        GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
        jobs.advance(str(task.pk))
    assert kept_of(task)[2:] == [("reading", 200, "unconfirmed")]


def test_a_stranger_leaves_no_row(sandbox, user):
    task = submit(user)
    services.take_hint(task_id=task.pk, token="guessed", headers={}, body={"code": 200})
    assert not Exchange.objects.exists()


def test_a_flood_of_callbacks_is_kept_in_part(sandbox, user):
    task = submit(user)
    for _time in range(25):
        exchanges.keep_callback(task, {"code": 200}, "not needed")
    assert task.exchanges.count() == 20


def test_a_long_answer_is_cut(user, sandbox):
    task = submit(user)
    exchanges.keep(task, exchanges.Kind.READING, [Heard(200, "x" * 10_000)])
    assert len(task.exchanges.get().text) == 4000


def test_old_exchanges_are_forgotten(sandbox, user, settings):
    settings.RETENTION_DAYS = settings.RETENTION_DAYS | {"exchanges": 30}
    cache.clear()
    task = submit(user)
    for text in ("old", "new"):
        exchanges.keep(task, exchanges.Kind.READING, [Heard(200, text)])
    Exchange.objects.filter(text="old").update(at=timezone.now() - timedelta(days=31))
    assert retention.sweep(1) == 1
    assert Exchange.objects.get().text == "new"


@pytest.mark.parametrize(
    "end", [lambda task, user: services.delete(task, by=user), lambda task, user: closing.close(user)]
)
def test_they_go_with_the_task_and_with_its_owner(sandbox, user, end):
    done = run(submit(user))
    end(done, user)
    assert not Exchange.objects.exists()


def test_nobody_overhears_what_is_said_elsewhere():
    note(200, "before")
    with overhearing() as heard:
        note(500, "inside")
    note(200, "after")
    assert heard == [Heard(500, "inside")]
