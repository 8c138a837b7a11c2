"""What a request body may say to a model, and how it is refused."""

import pytest

from generation import catalogue
from generation.catalogue.voices import NAMES, VOICES
from smartspec.lib.errors import InvalidInput

NANO = catalogue.get_model("nano-banana-pro")
FLUX = catalogue.get_model("flux-2")
WAN = catalogue.get_model("wan/2-6-text-to-video")
WAN_FROM_IMAGE = catalogue.get_model("wan/2-6-image-to-video")
SEEDANCE = catalogue.get_model("seedance-1-5-pro")
STORYBOARD = catalogue.get_model("sora-2-pro-storyboard")
VEO = catalogue.get_model("veo-3-1")
INFINITALK = catalogue.get_model("infinitalk")
SPEECH = catalogue.get_model("elevenlabs/text-to-speech-turbo-2-5")
SOUND = catalogue.get_model("elevenlabs/sound-effect")


def refusal(spec, body):
    """The pointers and codes of everything that is wrong with `body`."""
    with pytest.raises(InvalidInput) as caught:
        catalogue.accept(spec, body)
    assert all(error["detail"] for error in caught.value.errors)
    return [(error["pointer"], error["code"]) for error in caught.value.errors]


def test_only_what_the_caller_gave_becomes_an_option():
    accepted = catalogue.accept(NANO, {"prompt": "A lotus", "resolution": "4K"})
    assert accepted == catalogue.Accepted("A lotus", {"resolution": "4K"}, {})


def test_defaults_are_filled_in_separately():
    assert catalogue.effective_options(NANO, {"resolution": "4K"}) == {
        "aspect_ratio": "1:1",
        "resolution": "4K",
        "output_format": "png",
    }


def test_null_counts_as_not_given():
    accepted = catalogue.accept(NANO, {"prompt": "A lotus", "resolution": None, "reference_images": None})
    assert accepted == catalogue.Accepted("A lotus", {}, {})


@pytest.mark.parametrize(
    "spec, body, expected",
    [
        (NANO, {}, [("/prompt", "required")]),
        (NANO, {"prompt": None}, [("/prompt", "required")]),
        (NANO, {"prompt": ""}, [("/prompt", "blank")]),
        (NANO, {"prompt": " \n\t "}, [("/prompt", "blank")]),
        (NANO, {"prompt": 7}, [("/prompt", "type")]),
        (NANO, {"prompt": "a" * 10_001}, [("/prompt", "max_length")]),
        (NANO, {"prompt": "a\0b"}, [("/prompt", "characters")]),
        (NANO, {"prompt": "a\ud800b"}, [("/prompt", "characters")]),
        (NANO, {"prompt": "a", "x\0": 1}, [("", "characters")]),
        (NANO, {"prompt": "a", "resolution": "8K"}, [("/resolution", "enum")]),
        (NANO, {"prompt": "a", "resolution": "720p "}, [("/resolution", "enum")]),
        (NANO, {"prompt": "a", "resolution": 2}, [("/resolution", "type")]),
        (NANO, {"prompt": "a", "style": "oil"}, [("/style", "unknown_field")]),
        (NANO, {"prompt": "a", "a/b~c": 1}, [("/a~1b~0c", "unknown_field")]),
        (NANO, {"prompt": "a", "text": "a"}, [("/text", "unknown_field")]),
        (NANO, {"prompt": "a", "seed": 1}, [("/seed", "unknown_field")]),
        (NANO, {"prompt": "a", "reference_images": "key"}, [("/reference_images", "type")]),
        (NANO, {"prompt": "a", "reference_images": [7]}, [("/reference_images/0", "type")]),
        (NANO, {"prompt": "a", "reference_images": [""]}, [("/reference_images/0", "min_length")]),
        (NANO, {"prompt": "a", "reference_images": ["k"] * 9}, [("/reference_images", "max_items")]),
        (NANO, {"prompt": "a", "reference_video": "k"}, [("/reference_video", "unknown_field")]),
        (FLUX, {"prompt": "ab"}, [("/prompt", "min_length")]),
        (FLUX, {"prompt": "abc", "aspect_ratio": "auto"}, [("/aspect_ratio", "combination")]),
        (WAN, {"prompt": "a", "duration": "5"}, [("/duration", "type")]),
        (WAN, {"prompt": "a", "duration": 6}, [("/duration", "enum")]),
        (WAN, {"prompt": "a", "duration": True}, [("/duration", "type")]),
        (WAN, {"prompt": "a", "duration": 10**400}, [("/duration", "enum")]),
        (WAN, {"prompt": "a", "multi_shots": 0}, [("/multi_shots", "type")]),
        (WAN, {"prompt": "a", "reference_image": "key"}, [("/reference_image", "unknown_field")]),
        (WAN_FROM_IMAGE, {"prompt": "ab"}, [("/reference_image", "required")]),
        (WAN_FROM_IMAGE, {"prompt": "ab", "reference_image": ["k"]}, [("/reference_image", "type")]),
        (
            WAN_FROM_IMAGE,
            {"prompt": "ab", "reference_images": ["k", "l"]},
            [("/reference_images", "max_items")],
        ),
        (
            WAN_FROM_IMAGE,
            {"prompt": "ab", "reference_image": "k", "reference_images": ["l"]},
            [("/reference_images", "conflict")],
        ),
        (SEEDANCE, {"prompt": "abc", "duration": 13}, [("/duration", "enum")]),
        (VEO, {"prompt": "a", "seed": 9_999}, [("/seed", "minimum")]),
        (VEO, {"prompt": "a", "image_role": "subject"}, [("/image_role", "combination")]),
        (
            VEO,
            {"prompt": "a", "image_role": "subject", "reference_images": ["k"], "mode": "quality"},
            [("/image_role", "combination")],
        ),
        (
            VEO,
            {"prompt": "a", "image_role": "subject", "reference_images": ["k"], "duration": 4},
            [("/image_role", "combination")],
        ),
        (VEO, {"prompt": "a", "reference_images": ["k", "l", "m"]}, [("/reference_images", "combination")]),
        (INFINITALK, {"prompt": "a", "reference_image": "k"}, [("/reference_audio", "required")]),
        (SPEECH, {}, [("/text", "required")]),
        (SPEECH, {"text": "a", "prompt": "b"}, [("/prompt", "conflict")]),
        (SPEECH, {"prompt": ""}, [("/prompt", "blank")]),
        (SPEECH, {"text": "a" * 5_001}, [("/text", "max_length")]),
        (SPEECH, {"text": "a", "voice": "Nobody"}, [("/voice", "enum")]),
        (SPEECH, {"text": "a", "speed": 0.69}, [("/speed", "minimum")]),
        (SPEECH, {"text": "a", "speed": 1.21}, [("/speed", "maximum")]),
        (SPEECH, {"text": "a", "stability": float("nan")}, [("/stability", "type")]),
        (SPEECH, {"text": "a", "stability": float("inf")}, [("/stability", "type")]),
        (SPEECH, {"text": "a", "language_code": "TH"}, [("/language_code", "format")]),
        (SPEECH, {"text": "a", "output_format": "flac"}, [("/output_format", "enum")]),
        (SOUND, {"text": "a" * 451}, [("/text", "max_length")]),
        (SOUND, {"text": "a", "duration": 0.4}, [("/duration", "minimum")]),
        (SOUND, {"text": "a", "duration": 22.1}, [("/duration", "maximum")]),
        (SOUND, {"text": "a", "voice": "Adam"}, [("/voice", "unknown_field")]),
        (STORYBOARD, {}, [("/prompt", "required")]),
        (STORYBOARD, {"shots": []}, [("/shots", "min_items")]),
        (STORYBOARD, {"shots": [{"scene": "a"}]}, [("/shots/0/duration", "required")]),
        (STORYBOARD, {"shots": [{"scene": " ", "duration": 1}]}, [("/shots/0/scene", "format")]),
        (STORYBOARD, {"shots": [{"scene": "a", "duration": 16}]}, [("/shots/0/duration", "maximum")]),
        (
            STORYBOARD,
            {"shots": [{"scene": "a", "duration": 1, "camera": 1}]},
            [("/shots/0/camera", "unknown_field")],
        ),
        (STORYBOARD, {"shots": [{"scene": "a", "duration": 5.1}] * 2}, [("/shots", "combination")]),
    ],
)
def test_a_misfit_is_refused_by_pointer_and_code(spec, body, expected):
    assert refusal(spec, body) == expected


def test_everything_wrong_is_told_at_once():
    assert refusal(NANO, {"resolution": "8K", "style": "oil"}) == [
        ("/style", "unknown_field"),
        ("/prompt", "required"),
        ("/resolution", "enum"),
    ]


def test_the_sentence_names_the_field_and_what_would_fit():
    with pytest.raises(InvalidInput) as caught:
        catalogue.accept(NANO, {"prompt": "a", "resolution": "8K"})
    assert caught.value.detail == "resolution: Must be one of: 1K, 2K, 4K."
    assert caught.value.status == 400


def test_a_long_list_of_values_is_cut_short_in_the_sentence():
    with pytest.raises(InvalidInput) as caught:
        catalogue.accept(SPEECH, {"text": "a", "voice": "Nobody"})
    assert len(caught.value.detail) < 400
    assert caught.value.detail.endswith("….")


@pytest.mark.parametrize("body", [None, [], "text", 7])
def test_a_body_that_is_no_object_is_refused(body):
    with pytest.raises(InvalidInput):
        catalogue.accept(NANO, body)


def test_a_deeply_nested_body_is_refused_and_does_not_exhaust_the_stack():
    deep = []
    for _ in range(900):
        deep = [deep]
    assert refusal(NANO, {"prompt": "a", "x": deep})[0][1] == "type"


def test_the_prompt_may_be_as_long_as_the_limit_in_code_points():
    assert len(catalogue.accept(NANO, {"prompt": "ก็" * 5_000}).prompt) == 10_000


def test_the_body_given_is_not_changed():
    body = {"prompt": "a", "resolution": None, "voice": "Rachel"}
    catalogue.accept(NANO, body)
    assert body == {"prompt": "a", "resolution": None, "voice": "Rachel"}


def test_text_is_the_prompt_of_audio_and_so_is_prompt():
    assert catalogue.accept(SPEECH, {"text": "Hello"}).prompt == "Hello"
    assert catalogue.accept(SPEECH, {"prompt": "Hello"}).prompt == "Hello"


def test_a_whole_number_written_as_a_fraction_is_kept_as_a_whole_number():
    duration = catalogue.accept(WAN, {"prompt": "a", "duration": 10.0}).options["duration"]
    assert (duration, type(duration)) == (10, int)


class TestVoices:
    def test_there_are_sixty_seven_different_ones(self):
        assert len(VOICES) == len(set(VOICES)) == 67

    def test_an_old_name_becomes_a_voice_that_is_still_served(self):
        assert set(NAMES.values()) <= set(VOICES)
        accepted = catalogue.accept(SPEECH, {"text": "a", "voice": "Rachel"})
        assert accepted.options["voice"] == "aD6riP1btT197c6dACmy"

    def test_an_id_stays_as_it_is(self):
        voice = "nPczCjzI2devNBz1zQrb"
        assert catalogue.accept(SPEECH, {"text": "a", "voice": voice}).options["voice"] == voice


class TestReferences:
    def test_are_kept_apart_from_the_options_and_as_given(self):
        accepted = catalogue.accept(
            NANO, {"prompt": "a", "reference_images": ["uploads/1.png", "https://x/y"]}
        )
        assert accepted.options == {}
        assert accepted.references == {"reference_images": ["uploads/1.png", "https://x/y"]}

    def test_a_single_one_is_a_list_of_one(self):
        accepted = catalogue.accept(WAN_FROM_IMAGE, {"prompt": "ab", "reference_image": "k"})
        assert accepted.references == {"reference_image": ["k"]}

    def test_may_be_named_in_the_other_number(self):
        assert catalogue.accept(SEEDANCE, {"prompt": "abc", "reference_image": "k"}).references == {
            "reference_images": ["k"]
        }
        assert catalogue.accept(WAN_FROM_IMAGE, {"prompt": "ab", "reference_images": ["k"]}).references == {
            "reference_image": ["k"]
        }

    def test_an_empty_list_says_the_same_as_none(self):
        z_image = catalogue.get_model("z-image")
        assert catalogue.accept(z_image, {"prompt": "a", "reference_images": []}).references == {}

    def test_speech_and_face_both_reach_the_talking_head(self):
        body = {"prompt": "a", "reference_image": "face", "reference_audio": "voice"}
        assert catalogue.accept(INFINITALK, body).references == {
            "reference_image": ["face"],
            "reference_audio": ["voice"],
        }

    def test_auto_follows_the_picture_that_is_given(self):
        body = {"prompt": "abc", "aspect_ratio": "auto", "reference_image": "k"}
        assert catalogue.accept(FLUX, body).options == {"aspect_ratio": "auto"}


class TestStoryboard:
    SHOTS = [{"scene": "Dawn", "duration": 4}, {"scene": "Noon", "duration": 6}]

    def test_scenes_stand_for_the_prompt(self):
        accepted = catalogue.accept(STORYBOARD, {"shots": self.SHOTS})
        assert accepted == catalogue.Accepted("Dawn\nNoon", {"shots": self.SHOTS}, {})

    def test_a_prompt_beside_the_scenes_is_kept(self):
        assert catalogue.accept(STORYBOARD, {"prompt": "A day", "shots": self.SHOTS}).prompt == "A day"

    def test_fractions_of_seconds_add_up_exactly(self):
        shots = [{"scene": "a", "duration": 3.3}] * 3 + [{"scene": "b", "duration": 0.1}]
        assert catalogue.accept(STORYBOARD, {"shots": shots}).options["shots"] == shots

    def test_a_longer_film_holds_more(self):
        shots = [{"scene": "a", "duration": 12}] * 2
        assert catalogue.accept(STORYBOARD, {"shots": shots, "duration": 25}).options["duration"] == 25

    def test_what_was_accepted_is_accepted_again(self):
        shots = [{"scene": "ก" * 2_000, "duration": 1}] * 5
        first = catalogue.accept(STORYBOARD, {"shots": shots})
        assert catalogue.accept(STORYBOARD, {"prompt": first.prompt, **first.options}) == first
