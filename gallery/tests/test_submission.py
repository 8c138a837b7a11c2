import uuid

import pytest
from django.core.files.storage import storages

from gallery import submission
from gallery.errors import TaskNotReady, UnknownCategory
from gallery.models import Item
from gallery.tests.factories import make_category, make_item, make_task, make_user
from storage_app import jobs as storage_jobs
from storage_app.models import Asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    params = {"aspect_ratio": "4:3", "seed": 7, "reference_images": ["uploads/x.png"]}
    return make_task(prompt="A lantern boat at dusk", input_params=params)


def create(task, **fields):
    return submission.create_from_task(task, by=task.user, fields=fields)


def test_a_work_waits_for_moderation_on_its_own_private_copy(task):
    item = create(task, title="Lantern boat")
    source, copy = task.outputs.get().asset, item.media
    assert (item.status, item.slug, item.published_at) == ("pending", "lantern-boat", None)
    assert copy.file.name == f"images/gallery/{item.id}/{copy.id}.png"
    assert (copy.visibility, copy.source_sha256) == ("private", source.sha256)
    assert storages["private"].exists(copy.file.name)


def test_the_copy_is_rendered_whole_and_the_card_follows(task):
    item = create(task, title="Lantern boat")
    assert item.card["widths"] == {}
    storage_jobs.sweep(10)
    item.refresh_from_db()
    assert item.card["widths"] == {"avif": [320, 480], "webp": [320, 480]}


def test_the_label_is_taken_from_the_fields(task):
    shelf = make_category("Boats")
    item = create(
        task,
        title="เรือโคม",
        description="เรือลำหนึ่ง",
        alt_text="เรือกับโคมกระดาษ",
        translations={"en": {"title": "Lantern boat", "alt_text": ""}, "th": {"title": "x"}},
        categories=["boats"],
        keywords=["boat"],
        meta_title="Boat",
        display_order=3,
    )
    item.refresh_from_db()
    assert (item.language, item.title, item.meta_title, item.display_order) == ("th", "เรือโคม", "Boat", 3)
    assert item.translations == {"en": {"title": "Lantern boat"}}
    assert list(item.categories.all()) == [shelf]
    assert item.stats.view_count == 0


def test_what_the_task_knows_is_kept(task):
    item = create(task)
    assert (item.prompt, item.model_id, item.created_by) == (task.prompt, task.model_id, task.user)
    assert item.options == {"aspect_ratio": "4:3", "seed": 7}


@pytest.mark.parametrize(
    ("prompt", "title", "language"),
    [
        ("A heron\nin the rain", "A heron in the rain", "en"),
        ("นกกระยางกลางสายฝน", "นกกระยางกลางสายฝน", "th"),
        ("x" * 200, "x" * 79 + "…", "en"),
    ],
)
def test_without_a_title_the_prompt_is_one(prompt, title, language):
    item = create(make_task(prompt=prompt))
    assert (item.title, item.language) == (title, language)


def test_typing_slips_in_thai_are_repaired(task):
    assert create(task, title="นํ้าตก").title == "น้ำตก"


def test_the_same_promised_id_gives_the_same_item(task):
    item_id = uuid.uuid4()
    first, second = (
        submission.create_from_task(task, by=task.user, fields={"title": "A"}, item_id=item_id)
        for _time in range(2)
    )
    assert first == second
    assert Item.objects.count() == 1
    assert Asset.objects.count() == 2


def test_a_chosen_address_gives_way_when_taken(task):
    make_item(slug="mine")
    assert create(task, title="A", slug="Mine").slug == "mine-2"


def test_a_task_without_files_gives_no_item():
    task = make_task(user=make_user(), done=False)
    with pytest.raises(TaskNotReady):
        create(task, title="A")


def test_an_unknown_category_is_refused_before_anything_is_copied(task):
    with pytest.raises(UnknownCategory):
        create(task, title="A", categories=["nowhere"])
    assert Asset.objects.count() == 1


@pytest.mark.parametrize(("kind", "ext"), [("video", "mp4"), ("audio", "mp3")])
def test_films_and_sounds_enter_likewise(kind, ext):
    item = create(make_task(media_type=kind), title="A")
    folder = {"video": "videos", "audio": "audio"}[kind]
    assert item.media.file.name == f"{folder}/gallery/{item.id}/{item.media_id}.{ext}"
    storage_jobs.sweep(10)
    item.refresh_from_db()
    assert item.card["widths"]["webp"]
    assert item.card["duration_ms"]
