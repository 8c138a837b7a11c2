import pytest

from gallery.pages.transcripts import moment
from gallery.tests.factories import make_item
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db


def test_what_a_voice_says_is_shown_and_offered_as_a_track(client):
    item = make_item(title="A greeting", media_type="audio", prompt="Hello & welcome.\n\n<Come> in.")
    page = Page(client.get("/gallery/a-greeting"))
    assert page.one("h2", "prompt__name").text == "Spoken text"
    track = page.one("track")
    assert (track.attrs["kind"], track.attrs["srclang"]) == ("captions", "en")
    response = client.get(track.attrs["src"])
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:24.000\nHello &amp; welcome.\n&lt;Come&gt; in.\n"
    )
    assert item.prompt in page.one("p", "prompt__text").parts[0]


def test_a_thai_voice_has_a_thai_track(client):
    item = make_item(title="คำทักทาย", media_type="audio", prompt="สวัสดีครับ", language="th")
    track = Page(client.get(f"/th/gallery/{item.slug}")).one("track")
    assert track.attrs["srclang"] == "th"
    assert "สวัสดีครับ" in client.get(track.attrs["src"]).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"model_id": "elevenlabs/sound-effect"},
        {"show_prompt": False},
        {"media_type": "image", "model_id": "nano-banana-pro"},
    ],
    ids=["a sound effect", "a hidden text", "a picture"],
)
def test_what_nobody_says_has_no_track(client, fields):
    item = make_item(**{"media_type": "audio"} | fields)
    page = Page(client.get(f"/gallery/{item.slug}"))
    assert page.all("track") == []
    assert "Spoken text" not in page.html
    assert client.get(f"/gallery/{item.slug}/transcript.vtt").status_code == 404


@pytest.mark.parametrize(
    "milliseconds, text", [(0, "00:00:00.000"), (61_001, "00:01:01.001"), (3_723_004, "01:02:03.004")]
)
def test_moments_are_written_as_webvtt_wants(milliseconds, text):
    assert moment(milliseconds) == text
