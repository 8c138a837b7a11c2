"""What the rows say at the moment of asking: the same from every process and every machine."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from gallery.models import Numbers
from generation import states, timing
from generation.catalogue import get_active_models
from generation.models import (
    Alarm,
    BalanceReading,
    Breaker,
    CallbackCount,
    Exchange,
    GenerationTask,
    ModelSwitch,
)
from smartspec import health
from smartspec.lib.due import DueRow

LATELY = timedelta(minutes=5)
LIVE_STAGES = sorted({state.stage for state in states.STATES if state.status in ("pending", "processing")})
Sample = tuple[tuple[str, ...], float]


def tasks() -> Iterator[Sample]:
    counts = dict(GenerationTask.objects.unfinished().values_list("stage").annotate(Count("pk")).order_by())
    for stage in LIVE_STAGES:
        yield (stage,), counts.get(stage, 0)


def due_tables() -> list[type[DueRow]]:
    return [model for model in apps.get_models() if issubclass(model, DueRow)]


def due(model: type[DueRow]) -> dict:
    """{oldest, rows} of those whose moment has come, held by a worker or not."""
    return model.objects.filter(due_at__lte=timezone.now()).aggregate(oldest=Min("due_at"), rows=Count("pk"))


def queue() -> Iterator[Sample]:
    for model in due_tables():
        yield (model._meta.db_table,), due(model)["rows"]


def queue_age() -> Iterator[Sample]:
    for model in due_tables():
        oldest = due(model)["oldest"]
        yield (model._meta.db_table,), (timezone.now() - oldest).total_seconds() if oldest else 0


def provider_answers() -> Iterator[Sample]:
    """Kept exchanges of the last minutes; status 0 stands for no answer."""
    recent = Exchange.objects.filter(at__gte=timezone.now() - LATELY)
    counts = Counter(recent.values_list("kind", "status"))
    for (kind, status), number in counts.items():
        yield (kind, str(status or 0)), number


def callbacks() -> Iterator[Sample]:
    """A row for each outcome of a day."""
    today = CallbackCount.objects.filter(day=timezone.now().date())
    counts = dict(today.values_list("outcome", "count"))
    for outcome in CallbackCount.Outcome.values:
        yield (outcome,), counts.get(outcome, 0)


def stored(place: int) -> Iterator[Sample]:
    """As the page of numbers last looked: sums over all files are too dear for every asking."""
    looked = Numbers.objects.exclude(stored_at=None).order_by("-day").values_list("stored", flat=True)
    for kind, amounts in (looked.first() or {}).items():
        yield (kind,), amounts[place]


def generation_seconds() -> Iterator[Sample]:
    for model_id in get_active_models():
        took = timing.measured(model_id)
        for quantile, milliseconds in (("0.5", took["p50_ms"]), ("0.95", took["p95_ms"])):
            if milliseconds is not None:
                yield (model_id, quantile), milliseconds / 1000


def breakers() -> Iterator[Sample]:
    now = timezone.now()
    for row in Breaker.objects.all():
        yield (row.subject,), float(bool(row.open_until and row.open_until > now))


def models_off() -> Iterator[Sample]:
    yield (), ModelSwitch.objects.filter(is_on=False).count()


def alarms() -> Iterator[Sample]:
    raised = Alarm.objects.filter(cleared_at=None).values_list("kind").annotate(number=Count("pk"))
    for kind, number in raised.order_by():
        yield (kind,), number


def provider_credits() -> Iterator[Sample]:
    last = BalanceReading.objects.order_by("-pk").values_list("credits", flat=True).first()
    if last is not None:
        yield (), float(last)


def answering() -> Iterator[Sample]:
    for name, check in health.CHECKS.items():
        yield (name,), float(check())


FAMILIES = (  # name, what it says, labels, where it comes from
    ("smartspec_up", "1 while database, cache or storage answers.", ("service",), answering),
    ("smartspec_tasks", "Unfinished tasks by stage.", ("stage",), tasks),
    ("smartspec_due_rows", "Rows whose moment has come.", ("table",), queue),
    ("smartspec_due_age_seconds", "How long the oldest due row has waited.", ("table",), queue_age),
    ("smartspec_provider_answers", "Kept answers, last 5 minutes.", ("kind", "status"), provider_answers),
    ("smartspec_callbacks_today", "Callbacks since midnight UTC.", ("outcome",), callbacks),
    ("smartspec_stored_objects", "Files, as last looked.", ("kind",), partial(stored, 0)),
    ("smartspec_stored_bytes", "Their bytes, as last looked.", ("kind",), partial(stored, 1)),
    ("smartspec_generation_seconds", "Of the last tasks.", ("model", "quantile"), generation_seconds),
    ("smartspec_breaker_open", "1 while nothing is ordered.", ("subject",), breakers),
    ("smartspec_models_off", "Models that are switched off.", (), models_off),
    ("smartspec_alarms", "Alarms that nobody has cleared.", ("kind",), alarms),
    ("smartspec_provider_credits", "Our credit with the provider, as last read.", (), provider_credits),
)


class Rows:
    """A collector for Prometheus' client: asks the database anew each time."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, says, labels, source in FAMILIES:
            family = GaugeMetricFamily(name, says, labels=labels)
            try:
                for values, number in source():
                    family.add_metric(values, number)
            except DatabaseError:  # `smartspec_up` has said so; what the processes counted is still told
                return
            yield family
