import io
import re

import pytest
from django.core.management import CommandError, call_command

from gallery.models import Item
from gallery.tests.factories import make_staff, make_task, make_user
from gallery.tests.working import worker
from generation.models import GenerationTask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def payer(sandbox):
    return make_staff("anong")


def generate(*words, **options):
    out = io.StringIO()
    call_command("generate", *words, stdout=out, **options)
    return out.getvalue()


def test_a_prompt_becomes_a_file_and_the_price_is_told(payer):
    with worker():
        told = generate("image", "a lighthouse in the fog", option=["aspect_ratio=3:2", "resolution=1K"])
    task = GenerationTask.objects.get()
    assert (task.status, task.user, task.input_params["aspect_ratio"]) == ("completed", payer, "3:2")
    assert re.search(r"^http://127\.0\.0\.1:8000/media/private/\S+\.png$", told, re.MULTILINE)
    assert "credits used: 18" in told


def test_a_published_work_has_a_page(client):
    with worker():
        told = generate("image", "ประภาคารในหมอก", publish=True, title="ประภาคาร")
    item = Item.objects.public().get()
    assert (item.title, item.slug) == ("ประภาคาร", "ประภาคาร")
    address = re.search(r"^page: http://127\.0\.0\.1:8000(\S+)$", told, re.MULTILINE).group(1)
    assert client.get(address).status_code == 200


def test_progress_is_shown_while_it_works(capsys):
    with worker():
        generate("image", "a lighthouse")
    assert "100%" in capsys.readouterr().err


def test_somebody_else_may_pay():
    other = make_user("somchai")
    with worker():
        generate("audio", "good night", user="somchai")
    assert GenerationTask.objects.get().user == other


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"model": "no-such-model"}, "no image model"),
        ({"option": ["colour=red"]}, "colour"),
        ({"option": ["aspect_ratio"]}, "KEY=VALUE"),
        ({"user": "nobody"}, "no user nobody"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_bought(options, reason):
    with pytest.raises(CommandError, match=reason) as caught:
        generate("image", "a lighthouse", **options)
    assert caught.value.returncode == 1
    assert not GenerationTask.objects.exists()


def test_too_few_credits_are_a_plain_reason():
    make_user("poor", credits="1")
    with pytest.raises(CommandError, match="credits"):
        generate("image", "a lighthouse", user="poor")


def test_a_failure_says_that_nothing_was_charged():
    with worker(), pytest.raises(CommandError, match="not charged"):
        generate("image", "a lighthouse [sandbox:fail]")
    assert not Item.objects.exists()


def test_without_a_worker_the_command_does_not_wait_for_ever():
    with pytest.raises(CommandError, match="No worker took the task"):
        generate("image", "a lighthouse", patience=0.3)


def test_without_staff_the_command_says_how_to_make_some(payer):
    payer.is_staff = False
    payer.save()
    make_task(user=payer)
    with pytest.raises(CommandError, match="createuser"):
        generate("image", "a lighthouse")
