"""Something new made from a work that everybody may see, named by its slug."""

import json

import pytest

from accounts.tests.factories import make_key, make_user
from gallery.models import OldSlug
from gallery.tests.factories import make_item
from generation.models import GenerationTask
from generation.tests.conftest import run, submit


@pytest.fixture
def user(db):
    return make_user(credits="500")


@pytest.fixture
def create(client, user, sandbox):
    """create(**body) -> the answer to this user's request for a picture."""
    client.defaults["HTTP_X_API_KEY"] = make_key(user)[1]

    def post(door="image", **body):
        body = json.dumps({"prompt": "a lighthouse in the fog"} | body)
        return client.post(f"/api/v1/generation/{door}", body, content_type="application/json")

    return post


@pytest.fixture
def work(db):
    """A shown work that somebody else's task made."""
    maker = make_user("maker")
    task = GenerationTask.objects.create(
        user=maker,
        task_type="image",
        model_id="z-image",
        prompt="a heron",
        status="completed",
        stage="done",
        credits_quoted=20,
    )
    return make_item(generation_task=task)


def test_a_public_work_is_named_by_its_slug_and_its_task_stays_its_makers(create, work):
    document = create(remix_of=work.slug).json()
    assert GenerationTask.objects.get(pk=document["id"]).parent == work.generation_task
    assert (document["parent_id"], document["output_metadata"]) == (None, {"remix_of": work.slug})


def test_a_former_slug_names_the_work_as_well(create, work):
    OldSlug.objects.create(item=work, slug="its-first-name")
    assert create(remix_of="its-first-name").json()["output_metadata"] == {"remix_of": work.slug}


def test_a_work_that_no_task_made_is_kept_by_name_alone(create):
    item = make_item(generation_task=None)
    document = create(remix_of=item.slug).json()
    assert GenerationTask.objects.get(pk=document["id"]).parent is None
    assert document["output_metadata"] == {"remix_of": item.slug}


def test_a_remix_of_a_public_work_keeps_its_name_to_the_end(sandbox, user, work):
    done = run(submit(user, remix_of=work.slug))
    assert (done.status, done.output_metadata) == ("completed", {"remix_of": work.slug})


def test_a_work_that_is_not_shown_is_as_unknown_as_one_that_never_was(create):
    hidden = make_item(status="pending", is_public=True, published_at=None)
    answer = create(remix_of=hidden.slug)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "unknown_origin")


def test_with_the_gallery_closed_no_work_can_be_named(create, settings, work):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    assert create(remix_of=work.slug).status_code == 400


def test_a_quote_takes_the_same_body(create, work):
    answer = create("quote", remix_of=work.slug)
    assert (answer.status_code, answer.json()["credits"]) == (200, 18)


def test_a_retry_of_a_remix_descends_from_the_task_it_repeats(client, create, user, work):
    first = submit(user, remix_of=work.slug)
    again = client.post(f"/api/v1/generation/tasks/{first.pk}/retry").json()
    assert again["parent_id"] == str(first.pk)
