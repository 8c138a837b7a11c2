"""Staff generate into the gallery: the form is the model's own schema."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Permission

from accounts import ledger
from accounts.models import User
from accounts.tests.factories import make_user
from gallery.models import Category, Item, Reservation
from gallery.tests.factories import make_category, make_staff
from gallery.tests.working import SWEEPS
from generation import availability, catalogue
from generation.models import GenerationTask
from storage_app.models import Asset

pytestmark = pytest.mark.django_db
FORM, PRICE = "/admin/gallery/item/generate/", "/admin/gallery/item/generate/price/"
PROMPT = "a lighthouse in the fog"


@pytest.fixture
def curator(client):
    """Superuser with 500 credits."""
    curator = make_staff("curator")
    client.force_login(curator)
    return curator


def sheet(**more) -> dict:
    """A filled-in form; options without a prefix are the model's."""
    label = {"title", "description", "alt_text", "categories", "variants", "approve", "once", "intent"}
    given = {"prompt": PROMPT, "variants": 1, "once": str(uuid.uuid4()), "intent": "generate"} | more
    own = label | {"model_id"}
    return {name if name in own else f"option-{name}": value for name, value in given.items()}


def work(rounds=400):
    """What workers do until nothing is left of a few tasks."""
    rendering = Asset.objects.filter(due_at__isnull=False)
    for _round in range(rounds):
        for sweep in SWEEPS:
            sweep(10)
        left = GenerationTask.objects.unfinished(), Reservation.objects.all(), rendering
        if not any(rows.exists() for rows in left):
            return
    raise AssertionError("still not done")


def test_the_list_of_works_leads_to_the_form(client, curator):
    assert f'href="{FORM}"' in client.get("/admin/gallery/item/").content.decode()


@pytest.mark.parametrize("model_id", catalogue.ALL_MODELS)
def test_every_model_has_a_form_of_its_own_options(client, curator, model_id):
    spec = catalogue.get_model(model_id)
    page = client.get(FORM, {"model": model_id})
    shown = set(page.context["sheet"].options.fields)
    assert shown == {option.name for option in spec.options} | {spec.prompt.names[0]}
    for name in shown:
        assert f'name="option-{name}' in page.content.decode()


def test_defaults_of_the_schema_are_filled_in(client, curator):
    page = client.get(FORM, {"model": "nano-banana-pro"}).content.decode()
    assert re.search(r'<option value="2K"\s+selected', page)


def test_an_unknown_model_has_no_form(client, curator):
    assert client.get(FORM, {"model": "dall-e"}).status_code == 404


def test_voices_are_chosen_by_their_names(client, curator):
    page = client.get(FORM, {"model": "elevenlabs/text-to-speech-turbo-2-5"}).content.decode()
    assert ">Bella</option>" in page
    assert 'value="Bella"' not in page


def test_another_model_keeps_the_prompt_and_the_label(client, curator):
    given = sheet(intent="model", model_id="elevenlabs/sound-effect", title="Foghorn")
    page = client.post(FORM, given).content.decode()
    assert PROMPT in page
    assert 'value="Foghorn"' in page
    assert GenerationTask.objects.count() == 0


def test_the_price_of_all_variants_is_told_and_nothing_is_written(client, curator, sandbox):
    answer = client.post(PRICE, sheet(variants=3, resolution="4K"))
    assert answer.json() == {"text": "3 × 24 = 72 credits; you have 500."}
    page = client.post(FORM, sheet(variants=3, resolution="4K", intent="price")).content.decode()
    assert "3 × 24 = 72 credits" in page
    assert GenerationTask.objects.count() == 0


def test_a_price_that_cannot_be_told_is_explained(client, curator, sandbox):
    assert "prompt" in client.post(PRICE, sheet(prompt="")).json()["text"]
    assert "filled in right" in client.post(PRICE, sheet(variants=9)).json()["text"]


@pytest.mark.parametrize(
    ("wrong", "field", "complaint"),
    [
        ({"prompt": "  "}, "prompt", "This field is required."),
        ({"aspect_ratio": "7:1"}, "aspect_ratio", "7:1 is not one of the available choices"),
        ({"reference_images": "\n".join("abcdefghi")}, "reference_images", "Must have at most 8 entries."),
        (
            {"model_id": "elevenlabs/sound-effect", "prompt": "", "text": "bell", "duration": "99"},
            "duration",
            "Must be at most 22.",
        ),
        (
            {"model_id": "elevenlabs/sound-effect", "prompt": "", "text": "bell", "duration": "long"},
            "duration",
            "Please write a number.",
        ),
        (
            {"model_id": "sora-2-pro-storyboard", "shots-0-scene": "dawn", "shots-0-duration": "99"},
            "shots",
            "0, duration: Must be at most 15.",
        ),
    ],
)
def test_what_the_schema_refuses_is_said_beside_the_field(client, curator, sandbox, wrong, field, complaint):
    page = client.post(FORM, sheet(**wrong))
    assert complaint in " ".join(page.context["sheet"].options.errors[field])
    assert complaint in page.content.decode()
    assert GenerationTask.objects.count() == 0


def test_a_model_that_is_switched_off_is_refused_with_its_reason(client, curator, sandbox):
    availability.switch_off("nano-banana-pro", reason="Paused upstream.")
    assert "Paused upstream." in client.get(FORM).content.decode()
    page = client.post(FORM, sheet()).content.decode()
    assert "Paused upstream. Nothing was charged." in page
    assert GenerationTask.objects.count() == 0


def test_variants_are_bought_together_or_not_at_all(client, sandbox):
    client.force_login(make_user("poor", credits="40", is_staff=True))
    page = client.post(FORM, sheet(variants=3)).content.decode()
    assert "Nothing was charged" in page
    assert GenerationTask.objects.count() == Reservation.objects.count() == 0


def test_a_form_sent_twice_buys_once(client, curator, sandbox):
    given = sheet(variants=2)
    first, second = client.post(FORM, given), client.post(FORM, given)
    assert first["Location"] == second["Location"]
    assert GenerationTask.objects.count() == 2
    assert ledger.balance_of(curator).held == 36


def test_numbers_rows_and_lines_reach_the_task_as_json(client, curator, sandbox):
    client.post(
        FORM,
        sheet(
            model_id="sora-2-pro-storyboard",
            prompt="",
            duration="15",
            **{"shots-0-scene": "dawn", "shots-0-duration": "4,5", "shots-2-scene": "dusk"},
            **{"shots-2-duration": "5"},
        ),
    )
    params = GenerationTask.objects.get().input_params
    assert params["shots"] == [{"scene": "dawn", "duration": 4.5}, {"scene": "dusk", "duration": 5}]
    assert params["duration"] == 15


def test_every_variant_has_a_seed_of_its_own(client, curator, sandbox):
    veo = sheet(model_id="veo-3-1", seed="99999", variants=3)
    client.post(FORM, veo)
    seeds = GenerationTask.objects.values_list("input_params__seed", flat=True)
    assert sorted(seeds) == [99997, 99998, 99999]


def test_from_the_form_to_picked_works(client, curator, sandbox):
    make_category("Light", slug="light")
    light = str(Category.objects.get().pk)
    answer = client.post(FORM, sheet(variants=3, title="Beacon", categories=[light]))
    watch = answer["Location"]
    assert urlsplit(watch).path == "/admin/gallery/item/generate/progress/"
    waiting = client.get(watch).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "Waiting for its turn" in waiting
    work()
    done = client.get(watch)
    assert [variant.item.status for variant in done.context["variants"]] == ["pending"] * 3
    assert 'http-equiv="refresh"' not in done.content.decode()
    winner = done.context["variants"][1].item
    given = {"pick": 1, "winner": str(winner.pk), "title": "The last beacon", "alt_text": "A tower"}
    assert "1 approved, 2 rejected." in client.post(watch, given, follow=True).content.decode()
    item = Item.objects.public().get()
    assert (item.pk, item.title, item.alt_text) == (winner.pk, "The last beacon", "A tower")
    assert item.categories.get().slug == "light"
    assert Item.objects.filter(status="rejected").count() == 2


def test_one_work_is_approved_or_rejected_by_its_own_button(client, curator, sandbox):
    watch = client.post(FORM, sheet(variants=2))["Location"]
    work()
    first, second = (variant.item for variant in client.get(watch).context["variants"])
    client.post(watch, {"approve": str(first.pk)})
    client.post(watch, {"reject": str(second.pk), "reason": "Too dark"})
    assert dict(Item.objects.values_list("pk", "status")) == {first.pk: "approved", second.pk: "rejected"}


def test_a_work_is_approved_at_once_where_asked(client, curator, sandbox):
    client.post(FORM, sheet(approve="on", title="At once"))
    work()
    assert Item.objects.public().get().title == "At once"


def test_a_failed_variant_says_why_and_stops_the_watching(client, curator, sandbox):
    watch = client.post(FORM, sheet(prompt="x [sandbox:fail]"))["Location"]
    work()
    page = client.get(watch).content.decode()
    assert "You were not charged" in page
    assert 'http-equiv="refresh"' not in page


def test_nothing_is_picked_without_a_winner(client, curator, sandbox):
    watch = client.post(FORM, sheet())["Location"]
    work()
    page = client.post(watch, {"pick": 1, "title": "T"}, follow=True).content.decode()
    assert "Please tick the works to keep first." in page
    assert Item.objects.get().status == "pending"


def test_somebody_elses_variants_are_not_shown(client, curator, sandbox):
    watch = client.post(FORM, sheet())["Location"]
    client.force_login(make_staff())
    assert client.get(watch).status_code == 404
    assert client.get("/admin/gallery/item/generate/progress/?task=nonsense").status_code == 404


def test_staff_who_may_only_moderate_do_not_generate(client, sandbox):
    moderator = make_staff()
    User.objects.filter(pk=moderator.pk).update(is_superuser=False)
    moderator.user_permissions.set(Permission.objects.filter(codename__in=["view_item", "change_item"]))
    client.force_login(User.objects.get(pk=moderator.pk))
    assert client.post(FORM, sheet()).status_code == 403
    assert client.post(PRICE, sheet()).status_code == 403
    assert client.get("/admin/gallery/item/").status_code == 200
    assert FORM not in client.get("/admin/gallery/item/").content.decode()
