"""Work on a task can be followed: in the lines of the log, and in traces where somebody wants them."""

from contextlib import contextmanager

import pytest

from generation.tests.conftest import run, submit
from smartspec.lib import logs, tracing


@pytest.fixture
def spans(monkeypatch) -> list[tuple[str, dict]]:
    """Every span that is begun: its name, and what it tells."""
    begun = []

    @contextmanager
    def begin(name, attributes):
        begun.append((name, attributes))
        yield tracing.UNSEEN

    monkeypatch.setattr(tracing.tracing, "open", begin)
    return begun


def test_every_step_and_every_call_of_the_provider_is_about_the_task(sandbox, user, spans):
    done = run(submit(user))
    names = {name for name, _told in spans}
    assert {"task queued", "provider order", "provider reading", "task storing"} <= names
    assert {told["smartspec.task_id"] for _name, told in spans} == {str(done.pk)}


def test_after_the_work_nothing_is_about_it_any_more(sandbox, user):
    run(submit(user))
    assert logs.task_id.get() == ""
