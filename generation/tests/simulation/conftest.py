"""The product's settings in simulated time: a lease is long because real threads must not wake up."""

import logging

import pytest


@pytest.fixture
def simulated(db, settings, caplog):
    caplog.set_level(logging.CRITICAL)  # a line for every fault would be the slowest part
    settings.KIE_AI_API_KEY = "key"
    settings.KIE_AI_WEBHOOK_HMAC_KEY = "a key for signatures"
    settings.CALLBACK_URL = "https://we.test"
    settings.GENERATION_RESULT_HOSTS = ["files.test"]
    settings.GENERATION_LEASE_SECONDS = 600
    settings.GENERATION_POLL_SECONDS = 20
    settings.GENERATION_RECORD_GRACE_SECONDS = 300
    settings.GENERATION_DEADLINE_SECONDS = {"image": 700, "video": 700, "audio": 700}
    settings.GENERATION_STORE_ATTEMPTS = 5
    settings.GENERATION_BREAKER_STRIKES = 3
    settings.GENERATION_MAX_IN_FLIGHT_PER_USER = 3
