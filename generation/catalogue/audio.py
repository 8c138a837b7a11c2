"""Audio models. Facts about the provider: its documentation and recorded traffic, autumn 2026."""

from decimal import Decimal

from generation.catalogue.declare import choice, flag, number, text
from generation.catalogue.option import Option, Prompt
from generation.catalogue.prices import Pricing
from generation.catalogue.spec import Choice, ModelSpec
from generation.catalogue.voices import DEFAULT_VOICE, NAMES, VOICES

AUDIO_MODELS = (
    ModelSpec(
        id="elevenlabs/text-to-speech-turbo-2-5",
        name="ElevenLabs TTS Turbo 2.5",
        media_type="audio",
        description="ElevenLabs Text-to-Speech - Human-like voices",
        prompt=Prompt(max_length=5_000, field="text", names=("text", "prompt")),
        options=(
            Option(
                "voice",
                {"type": "string", "enum": list(VOICES), "description": "A voice id, or a classic name."},
                DEFAULT_VOICE,
                field="voice",
                synonyms=NAMES,
            ),
            number("stability", 0, 1, 0.5, field="stability"),
            number("similarity_boost", 0, 1, 0.75, field="similarity_boost"),
            number("style", 0, 1, 0, field="style"),
            number("speed", 0.7, 1.2, 1, field="speed"),
            text("language_code", 2, field="language_code", pattern="^[a-z]{2}$", about="ISO 639-1, as th."),
            text("previous_text", 5_000, field="previous_text", about="What was said before, for the tone."),
            text("next_text", 5_000, field="next_text", about="What will be said after."),
            choice("output_format", ("mp3", "wav"), "mp3", field=None, about="wav is made from the mp3."),
        ),
        variants=(Choice("elevenlabs/text-to-speech-turbo-2-5"),),
        pricing=Pricing(base=Decimal("12"), upstream={"": Decimal("6")}, per_characters=1_000),
        is_featured=True,
        tags=("speech", "many languages"),
        source="Provider: model page, price list and refusals seen live: voice must be sent, and only ids are"
        " taken although the page describes names. It takes 5,000 characters, the specification 10,000."
        " It delivers mp3 only; wav is made here. Its timestamps change the shape of the result: not"
        " offered.",
    ),
    ModelSpec(
        id="elevenlabs/sound-effect",
        name="ElevenLabs Sound Effect",
        media_type="audio",
        description="ElevenLabs Sound Effect generation",
        prompt=Prompt(max_length=450, field="text", names=("text", "prompt")),
        options=(
            Option(
                "duration",
                {
                    "type": "number",
                    "minimum": 0.5,
                    "maximum": 22,
                    "description": "Seconds, in steps of 0.1; chosen by the model when left out.",
                },
                field="duration_seconds",
                send=lambda seconds: round(seconds, 1),
            ),
            flag("loop", field="loop", about="End where it began."),
            number("prompt_influence", 0, 1, field="prompt_influence"),
            choice("output_format", ("mp3",), "mp3", field="output_format", words={"mp3": "mp3_44100_128"}),
        ),
        variants=(Choice("elevenlabs/sound-effect-v2"),),
        pricing=Pricing(base=Decimal("20"), upstream={"": Decimal("5.28")}),
        is_beta=True,
        tags=("sound effect",),
        source="Provider: a stored copy of the model page; since about June 2026 it accepts tasks and then"
        " fails them. The page allows 5,000 characters, 450 were accepted. 0.24 credits per second: the"
        " longest (22 s) counts. Raw PCM and telephone formats have no container and are not offered.",
    ),
)
