"""What the options of models are called on a form, in the reader's language."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "prompt": _("Prompt"),
    "text": _("Text to speak, or sound to make"),
    "aspect_ratio": _("Aspect ratio"),
    "resolution": _("Resolution"),
    "duration": _("Duration (seconds)"),
    "output_format": _("File format"),
    "reference_image": _("Reference picture"),
    "reference_images": _("Reference pictures"),
    "reference_audio": _("Reference sound"),
    "reference_video": _("Reference video"),
    "image_role": _("Use of the pictures"),
    "mode": _("Mode"),
    "size": _("Picture quality"),
    "seed": _("Seed"),
    "shots": _("Shots"),
    "scene": _("Scene"),
    "multi_shots": _("Several shots"),
    "generate_audio": _("With sound"),
    "fixed_lens": _("Fixed lens"),
    "nsfw_checker": _("Check by the provider"),
    "remove_watermark": _("Without watermark"),
    "voice": _("Voice"),
    "stability": _("Stability"),
    "similarity_boost": _("Similarity"),
    "style": _("Style"),
    "speed": _("Speed"),
    "language_code": _("Language code"),
    "previous_text": _("Text before"),
    "next_text": _("Text after"),
    "loop": _("Loop"),
    "prompt_influence": _("Influence of the prompt"),
}


def label_of(option: str):
    """The label of an option; a new one is shown by its own name until it is given words."""
    return LABELS.get(option) or option.replace("_", " ").capitalize()
