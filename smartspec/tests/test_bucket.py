"""A bucket is lent to the tests with care: they empty it."""

import pytest

from smartspec.tests.servers.bucket import VARIABLES, lent

GIVEN = dict.fromkeys(VARIABLES, "x") | {
    "TEST_BUCKET_NAME": "smartspec-test",
    "TEST_BUCKET_PRIVATE_NAME": "smartspec-test-private",
}


def test_a_lent_bucket_is_what_the_product_reads():
    assert lent(GIVEN)["CLOUDFLARE_R2_BUCKET_NAME"] == "smartspec-test"


def test_what_is_missing_is_named():
    with pytest.raises(ValueError, match="TEST_BUCKET_ENDPOINT"):
        lent(GIVEN | {"TEST_BUCKET_ENDPOINT": ""})


@pytest.mark.parametrize("name", ["TEST_BUCKET_NAME", "TEST_BUCKET_PRIVATE_NAME"])
def test_a_bucket_that_may_hold_real_works_is_not_taken(name):
    with pytest.raises(ValueError, match="emptied"):
        lent(GIVEN | {name: "smartspec-media"})
