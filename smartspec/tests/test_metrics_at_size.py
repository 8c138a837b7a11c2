"""Whoever reads the metrics of a long line asks the database little."""

import pytest

from generation.models import GenerationTask
from generation.tests.test_ten_thousand import EACH, PEOPLE, crowd, statements  # noqa: F401 a fixture
from smartspec.metrics import rows as metrics

pytestmark = pytest.mark.django_db


def test_metrics_count_the_crowd_in_one_statement_each(crowd):  # noqa: F811 the fixture
    assert len(statements(lambda: list(metrics.tasks()))) == 1
    assert dict(metrics.tasks())[("queued",)] == PEOPLE * EACH
    assert metrics.due(GenerationTask)["rows"] == 0
