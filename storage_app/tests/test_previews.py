"""A few silent seconds of a film, for a hand that hovers."""

import io

import av
import pytest

from storage_app import renditions
from storage_app.decoding import mp4
from storage_app.tests import media

pytestmark = pytest.mark.django_db


@pytest.fixture
def preview(store, content):
    """preview(film) -> (row, bytes)"""

    def of(film: bytes):
        asset = store(film, "video")
        renditions.render_all(asset)
        made = asset.renditions.get(role="preview")
        return made, content(made)

    return of


def looked_at(data: bytes) -> tuple:
    with av.open(io.BytesIO(data), format="mov") as film:
        picture = film.streams.video[0]
        frames = list(film.decode(picture))
        return (
            picture.codec_context.name,
            picture.width,
            picture.height,
            len(frames),
            len(film.streams.audio),
        )


def test_a_long_film_is_cut_to_three_seconds(preview):
    made, data = preview(media.make_mp4(4.0, width=640, height=360))
    assert looked_at(data) == ("h264", 480, 270, 36, 0)
    assert (made.width, made.height, made.bytes) == (480, 270, len(data))
    assert made.file.name == f"videos/previews/{made.asset_id}.mp4"


def test_a_short_and_small_film_is_not_stretched(preview):
    _, data = preview(media.make_mp4(1.0, width=322, height=182))
    assert looked_at(data) == ("h264", 322, 182, 12, 0)


def test_it_starts_before_all_of_it_has_arrived(preview):
    _, data = preview(media.make_mp4(1.0))
    order = [box.name for box in mp4.boxes(data)]
    assert order.index(b"moov") < order.index(b"mdat")


def test_a_film_taken_upright_is_shown_upright(preview):
    made, _ = preview(media.turned(media.make_mp4(1.0, width=320, height=180)))
    assert made.height > made.width


def test_a_task_is_not_kept_waiting_for_it(store):
    asset = store(media.make_mp4(1.0), "video")
    renditions.render_first(asset)
    assert not asset.renditions.filter(role="preview").exists()


def test_a_web_film_has_one_too(preview):
    assert looked_at(preview(media.make_webm(1.0))[1])[0] == "h264"
