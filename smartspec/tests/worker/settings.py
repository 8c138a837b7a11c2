"""The product's settings with errands instead of the rooms' sweeps, for tests of the worker itself."""

import os

from smartspec.settings import *  # noqa: F403

SWEEPS = [os.environ.get("SWEEP", "smartspec.tests.worker.errands.sweep_nothing")]
SWEEPS += ["smartspec.tests.worker.errands.broken_sweep"]
