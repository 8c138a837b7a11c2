"""The product's settings with the yardsticks beside it: never part of the product."""

import os
from pathlib import Path

from smartspec.settings import *  # noqa: F403 the product exactly as it is
from smartspec.settings import INSTALLED_APPS as PRODUCT_APPS

ROOT_URLCONF = "benchmarks.urls"
INSTALLED_APPS = [*PRODUCT_APPS, "benchmarks"]
CONSTANTS = Path(os.environ["BENCH_CONSTANTS"])  # a folder of pages, each served unchanged
