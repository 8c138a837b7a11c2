"""Was this made here? By its very bytes, or by how it looks."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from storage_app import keys, placing, provenance, renditions
from storage_app.models import Asset, LikenessBand
from storage_app.placing import absolute
from storage_app.storages import public_url
from storage_app.tests import media

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(store):
    """published(data, media_type) -> the public copy of a work."""

    def copy_of(data: bytes, media_type: str = "image"):
        work = store(data, media_type)
        ext = work.file.name.rpartition(".")[2]
        key = keys.published(media_type, uuid.uuid4(), uuid.uuid4(), ext)
        copy = placing.duplicate(work, asset_id=uuid.uuid4(), key=key)
        placing.move(copy, visibility="public")
        return copy

    return copy_of


@pytest.fixture
def look_up(tmp_path):
    def looked_up(data: bytes):
        return provenance.look_up(path=media.written(tmp_path, data, uuid.uuid4().hex))

    return looked_up


def resaved(data: bytes, form: str = "JPEG", *, width: int = 0, **options) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        shown = image.convert("RGB")
    if width:
        shown = shown.resize((width, round(shown.height * width / shown.width)))
    return media.encoded(shown, form, **options)


def test_a_published_file_is_known(published, content, look_up):
    copy = published(media.make_png())
    found = look_up(content(copy))
    assert (found.asset, found.is_exact) == (copy, True)


def test_a_published_file_is_known_by_its_hash_alone(published):
    copy = published(media.make_png())
    assert provenance.look_up(sha256=copy.sha256).asset == copy


def test_the_bytes_of_the_maker_lead_to_the_published_work(published, look_up):
    data = media.make_mp3()
    copy = published(data, "audio")
    assert look_up(data).asset == copy


def test_a_private_work_is_known_by_its_very_bytes(store, look_up):
    data = media.make_png()
    work = store(data, "image")
    assert look_up(data).asset == work


@pytest.mark.parametrize(
    "again",
    [
        lambda data: resaved(data, quality=60),
        lambda data: resaved(data, "WEBP", width=200),
        lambda data: resaved(data, "PNG", width=1000),
        lambda data: resaved(data, "AVIF", quality=50),
    ],
)
def test_a_copy_that_was_saved_again_is_known_by_its_looks(published, look_up, again):
    data = media.make_png(640, 480, seed=3)
    copy = published(data)
    found = look_up(again(data))
    assert (found.asset, found.is_exact) == (copy, False)
    assert found.distance <= 5


def test_the_nearest_of_several_is_told(published, look_up):
    for seed in (1, 5, 9):
        published(media.make_png(seed=seed))
    wanted = published(media.make_png(seed=7))
    assert look_up(resaved(media.make_png(seed=7), quality=70)).asset == wanted


def test_how_a_private_work_looks_is_nobodys_business(store, look_up):
    data = media.make_png()
    store(data, "image")
    assert look_up(resaved(data)) is None


def test_a_still_of_a_film_leads_to_the_film(published, look_up):
    film = media.make_mp4()
    copy = published(film, "video")
    still = media.encoded(media.picture(320, 180, seed=1), "PNG")
    assert look_up(still).asset == copy


def test_something_else_is_not_ours(published, look_up):
    published(media.make_png(seed=1))
    assert look_up(media.encoded(Image.effect_mandelbrot((300, 200), (-2, -1, 1, 1), 80), "PNG")) is None
    assert look_up(b"no picture at all") is None


def test_even_surfaces_are_all_alike_and_therefore_nobodys(published, look_up):
    published(media.encoded(Image.new("RGB", (300, 200), "navy"), "PNG"))
    assert look_up(media.encoded(Image.new("RGB", (300, 200), "teal"), "PNG")) is None


def test_an_upload_was_not_made_here(sender, look_up):
    data = media.make_png()
    sender.upload(data)
    assert look_up(data) is None


def test_what_is_taken_down_is_forgotten(published, look_up, content):
    copy = published(media.make_png())
    placing.move(copy, visibility="private")
    assert look_up(resaved(media.make_png())) is None


def test_an_address_of_ours_leads_to_its_work(published):
    copy = published(media.make_png())
    for address in (copy.file.url, absolute(copy.file.url), f"{copy.file.url}?utm_source=x#top"):
        assert provenance.look_up(address=address).asset == copy


def test_the_address_of_a_thumbnail_leads_to_its_work(published):
    copy = published(media.make_png())
    renditions.render_all(copy)
    for made in copy.renditions.all():
        assert provenance.look_up(address=made.file.url).asset == copy


@pytest.mark.local_only(reason="an address that the bucket signed is not ours to read")
def test_an_address_that_opens_a_private_work_tells_whose_it_is(store):
    work = store(media.make_png(), "image")
    assert provenance.look_up(address=work.file.url).asset == work
    assert provenance.look_up(address=work.file.url.replace("private/", "private/x")) is None


def test_a_private_work_does_not_answer_to_the_address_that_it_would_have(store):
    work = store(media.make_png(), "image")
    assert provenance.look_up(address=public_url(work.file.name)) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/media/images/gallery/a/b.png",
        "/media/../settings.py",
        "/media/private/",
        "/media/",
        "javascript:alert(1)",
        "",
    ],
)
def test_another_address_is_not_ours(published, address):
    published(media.make_png())
    assert provenance.look_up(address=address, sha256="0" * 64) is None


def test_with_a_public_domain_its_addresses_are_ours(published, settings):
    copy = published(media.make_png())
    settings.USES_R2 = True
    settings.R2 = settings.R2 | {"public_url": "https://media.example.com"}
    assert provenance.look_up(address=f"https://media.example.com/{copy.file.name}").asset == copy


def forget(copy: Asset, **columns) -> None:
    Asset.objects.filter(pk=copy.pk).update(**columns)
    LikenessBand.objects.all().delete()


@pytest.mark.parametrize("columns", [{"likeness": None}, {}], ids=["never seen", "seen and not entered"])
def test_works_of_before_are_looked_at_by_the_command(published, look_up, columns, capsys):
    copy = published(media.make_png())
    forget(copy, **columns)
    assert look_up(resaved(media.make_png())) is None
    call_command("renditions", likeness=True)
    assert look_up(resaved(media.make_png())).asset == copy
    assert "0 failed" in capsys.readouterr().out


def test_looking_at_them_leaves_alone_what_is_known(published, capsys):
    copy = published(media.make_png())
    renditions.render_all(copy)
    Asset.objects.exclude(pk=copy.pk).delete()
    call_command("renditions", likeness=True)
    assert "0 works completed, 0 failed." in capsys.readouterr().out


def test_a_work_that_cannot_be_looked_at_holds_up_no_other(published, look_up, capsys):
    bad, good = published(media.make_png(seed=2)), published(media.make_png(seed=3))
    forget(bad, likeness=None)
    forget(good, likeness=None)
    bad.file.storage.save(bad.file.name, media.as_file(b"nonsense"))
    with pytest.raises(CommandError):
        call_command("renditions", likeness=True)
    assert look_up(resaved(media.make_png(seed=3))).asset == good
    assert "1 failed" in capsys.readouterr().out
