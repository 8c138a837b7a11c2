"""A client that a public generator makes from our OpenAPI document works against the live product."""

import os
import sys
from pathlib import Path

import pytest

from generation.models import GenerationTask
from smartspec.tests.clients.conftest import CLIENTS

pytestmark = pytest.mark.processes

GENERATOR = Path(sys.executable).with_name("openapi-python-client")
TOOLS = os.pathsep.join([str(GENERATOR.parent), os.environ["PATH"]])  # the generator wants ruff


def test_a_generated_client_submits_polls_lists_and_deletes(run, live):
    where = ["--url", f"{live['BASE_URL']}/api/schema", "--meta", "none", "--output-path", "smartspec_client"]
    made = run(GENERATOR, "generate", "--fail-on-warning", *where, PATH=TOOLS)
    assert made.returncode == 0, made.stdout + made.stderr
    done = run(
        sys.executable, CLIENTS / "generated.py", "a lighthouse in the fog", PYTHONPATH=str(run.folder)
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["completed 18 image/png", "listed", "deleted"]
    assert GenerationTask.objects.get().deleted_at is not None
