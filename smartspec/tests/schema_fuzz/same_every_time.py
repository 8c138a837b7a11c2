"""Hypothesis with nothing left to chance: neither a seed, nor earlier runs, nor what happens to be loaded."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants


class Unprompted(HypothesisProvider):
    """The usual one also draws on the constants in our modules: other tests before it, other requests."""

    _local_constants = Constants()


set_hypothesis_home_dir(os.environ["LOCAL_DIR"])  # its tables go with the test run
AVAILABLE_PROVIDERS["unprompted"] = f"{__name__}.{Unprompted.__name__}"
SAME_EVERY_TIME = settings(
    backend="unprompted",
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
