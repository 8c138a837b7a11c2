"""What is a secret in a log is one in a report and in what is kept of the provider's words."""

import uuid

import pytest

from accounts import keys
from generation.masking import masked
from generation.webhooks.signing import new_secret
from smartspec.lib.logs import blotted

SECRET = "pbKQce3w6Upsi9PvHhVDtUqWZ_p4dVpUg7i2EAh4uXg"
TASK = uuid.UUID(int=1)

SAID = [
    f"bad key {keys.LIVE_PREFIX}{SECRET}",
    f"bad key ss_test_{SECRET}",
    f"signed with whsec_{SECRET}",
    f"Authorization: Bearer {SECRET}",
    f"POST /callbacks/kie/{TASK}/{SECRET}",
    f"POST https://us.example/api/v1/generation/callbacks/kie/{TASK}/{SECRET}",
    f"GET /media/private/{SECRET}/uploads/a.png",
    f"PUT /api/v1/storage/staging/{SECRET}",
    f"GET /api/v1/generation/tasks/{TASK}/events?token={SECRET}&from=2",
    f"GET https://bucket.example/a.png?X-Amz-Date=1&X-Amz-Signature={SECRET}",
    f"GET https://bucket.example/a.png?X-Amz-Credential={SECRET}",
    f"GET https://cdn.example/a.png?api_key={SECRET}",
    f"GET https://cdn.example/a.png?password={SECRET}",
]


@pytest.mark.parametrize("clean", [blotted, masked])
@pytest.mark.parametrize("said", SAID)
def test_a_secret_is_found_in_every_place_by_everybody(said, clean):
    assert SECRET not in clean(said)


@pytest.mark.parametrize("clean", [blotted, masked])
def test_what_signs_webhooks_is_one_and_may_hold_strokes(clean):
    assert new_secret().startswith("whsec_")
    assert clean("replaced whsec_abc/def+ghi= today").split("whsec_")[1][-6:] == " today"
    assert "def" not in clean("replaced whsec_abc/def+ghi= today")


ORDINARY = ["task 7: stored", "the standard bearer walks home", "a key light, a secret garden", "/?q=x"]


@pytest.mark.parametrize("clean", [blotted, masked])
@pytest.mark.parametrize(
    "said",
    ["task 7: stored", "the standard bearer walks home", "a key light, a secret garden", "/gallery?q=x"],
)
def test_ordinary_words_stay(said, clean):
    assert clean(said) == said
