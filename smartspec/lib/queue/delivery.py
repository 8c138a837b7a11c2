"""One wake-up from the broker to its end: run, then acknowledged, or kept as a failure for the admin."""

import logging
import traceback

from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.brokers import Broker
from django_q.conf import Conf
from django_q.monitor import save_task
from django_q.signing import BadSignature, SignedPackage

from smartspec.lib import crash_points, tracing
from smartspec.lib.queue.slots import Slot

log = logging.getLogger(__name__)
LOST = "The process that ran this job ended before it was done: killed, out of memory, or past its deadline."


def deliver(broker: Broker, slot: Slot) -> int:
    """Run what the broker has for us now; returns how many wake-ups that were."""
    packages = broker.dequeue() or []
    for receipt, package in packages:
        run(receipt, package, broker=broker, slot=slot)
    return len(packages)


def run(receipt: int | None, package: str | bytes, *, broker: Broker, slot: Slot) -> None:
    job = opened(package)
    if job is None:
        log.error("a package that we did not sign was thrown away")
        broker.fail(receipt)
        return
    slot.hold({"receipt": receipt, "package": package if isinstance(package, str) else package.decode()})
    crash_points.reach("deliver.opened")
    slot.arm(job.get("timeout") or Conf.TIMEOUT)
    settle(job, receipt, broker=broker, **outcome(job))


def opened(package: str | bytes) -> dict | None:
    try:
        return SignedPackage.loads(package)
    except (TypeError, BadSignature):
        return None


def outcome(job: dict) -> dict:
    try:
        function = job["func"] if callable(job["func"]) else import_string(job["func"])
        with tracing.span(f"job {job['func']}"):
            return {"result": function(*job["args"], **job["kwargs"]), "success": True}
    except Exception as error:
        log.exception("job %s%r failed", job["func"], job["args"])
        return {"result": f"{error!r}\n{traceback.format_exc()}", "success": False}


def settle(job: dict, receipt: int | None, *, broker: Broker, result: object, success: bool) -> None:
    """Keep the result as django-q2 does and take the job off the queue, success or not."""
    crash_points.reach("deliver.worked")
    job |= {"result": result, "success": success, "stopped": timezone.now(), "cluster": Conf.CLUSTER_NAME}
    save_task(job, broker)
    if receipt is not None:
        broker.acknowledge(receipt)


def record_loss(left: dict, *, broker: Broker) -> None:
    """What a dead process held becomes a failure in the admin; the row it was about is due anyway."""
    job = opened(left["package"])
    if job:
        log.error("job %s%r: %s", job["func"], job["args"], LOST)
        settle(job, left["receipt"], broker=broker, result=LOST, success=False)
