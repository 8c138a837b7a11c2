"""`manage.py check --deploy`: silent where nothing is missing, and plain about everything that is."""

import os
import re
import subprocess
import sys

import pytest

from smartspec.lib.processes import ROOT

COMPLETE = {
    "SITE_URL": "https://gallery.example.com",
    "SECRET_KEY": "k3Jx-9fQ2vLm7RzT0aYwB5cUeH8nDpG4sXi1oVt6WqZyKjNbMhFgCdSrAeUwIx",
    "TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgres://smartspec:secret@db.example.com:5432/smartspec",
    "REDIS_URL": "redis://cache.example.com:6379/0",
    "KIE_AI_API_KEY": "key",
    "KIE_AI_WEBHOOK_HMAC_KEY": "key",
    "CLOUDFLARE_R2_ACCESS_KEY_ID": "id",
    "CLOUDFLARE_R2_SECRET_ACCESS_KEY": "key",
    "CLOUDFLARE_R2_ENDPOINT": "https://account.r2.cloudflarestorage.com",
    "CLOUDFLARE_R2_PUBLIC_URL": "https://media.example.com",
    "CLOUDFLARE_R2_PRIVATE_BUCKET_NAME": "smartspec-private",
    "CLOUDFLARE_ZONE_ID": "zone",
    "CLOUDFLARE_API_TOKEN": "token",
    "METRICS_TOKEN": "token",
}


def check(folder, **changes: str) -> tuple[int, str]:
    """Exit status and words, with the complete environment but for `changes`; an empty one is not set."""
    chosen = {name: value for name, value in (COMPLETE | changes).items() if value}
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "LOCAL_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=surroundings | chosen,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_complete_production_is_clean(tmp_path):
    status, said = check(tmp_path)
    assert (status, said) == (0, "System check identified no issues (0 silenced).\n")
    assert list(tmp_path.iterdir()) == []  # nothing was made up and kept


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"SITE_URL": "http://gallery.example.com"}, "SITE_URL is not an https address."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set; the one in use was made on this machine."),
        ({"DATABASE_URL": ""}, "The database is SQLite."),
        ({"KIE_AI_API_KEY": ""}, "KIE_AI_API_KEY is not set."),
        (
            {"KIE_AI_BASE_URL": "http://127.0.0.1:8787/api/v1/jobs"},
            "KIE_AI_BASE_URL points to this machine or a private network.",
        ),
        ({"CLOUDFLARE_R2_ENDPOINT": ""}, "Files are kept on this machine."),
        (
            {"CLOUDFLARE_R2_PRIVATE_BUCKET_NAME": ""},
            "CLOUDFLARE_R2_PUBLIC_URL is set, so every object of the bucket is public.",
        ),
        (
            {"CLOUDFLARE_API_TOKEN": ""},
            "What is taken down may stay in Cloudflare's cache for up to an hour.",
        ),
        ({"DEBUG": "true"}, "You should not have DEBUG set to True in deployment."),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_each_thing_that_is_missing_is_named_in_plain_words(tmp_path, changes, sentence):
    status, said = check(tmp_path, **changes)
    assert status == 1
    assert sentence in said


def test_every_sentence_of_ours_says_what_to_do(tmp_path):
    """By the environment's own names, which is what an operator sets."""
    nothing = dict.fromkeys(COMPLETE, "")
    _status, said = check(tmp_path, **nothing)
    ours = re.findall(r"\(smartspec\.[EW]\d+\)[^\n]*\n\s*HINT: ([^\n]*)", said)
    assert len(ours) == 5
    assert said.count("(smartspec.") == len(ours)
