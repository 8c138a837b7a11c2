"""What an operator should know: the same thing twice is one alarm with a count."""

import logging

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from generation import alarm_notices
from generation.models import Alarm
from generation.provider import errors

log = logging.getLogger(__name__)

LONGEST_SUBJECT = 200
ACCOUNT = "kie.ai"
KINDS = {  # what only an operator can mend
    errors.KeyRefused: "key_refused",
    errors.OutOfCredit: "out_of_credit",
    errors.QuotaHold: "quota_used_up",
    errors.AddressWrong: "address_wrong",
    errors.ModelSwitchedOff: "model_switched_off",
}


def sound(kind: str, subject: str, detail: str = "") -> None:
    """`kind` is a stable word: key_refused, out_of_credit, model_switched_off, unknown_answer …"""
    log.error("alarm %s: %s %s", kind, subject, detail)
    subject = subject[:LONGEST_SUBJECT]
    try:
        with transaction.atomic():
            if not _repeat(kind, subject, detail):
                alarm_notices.promise(Alarm.objects.create(kind=kind, subject=subject, detail=detail))
    except IntegrityError:  # somebody else raised it at the same moment
        _repeat(kind, subject, detail)


def _repeat(kind: str, subject: str, detail: str) -> bool:
    raised = Alarm.objects.filter(kind=kind, subject=subject, cleared_at=None)
    return bool(raised.update(count=F("count") + 1, last_at=timezone.now(), detail=detail))


def clear(alarm: Alarm) -> bool:
    return bool(Alarm.objects.filter(pk=alarm.pk, cleared_at=None).update(cleared_at=timezone.now()))
