"""Alarms leave the house: each once by e-mail and once to a webhook, as far as the settings name any."""

import json
from collections.abc import Callable

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from generation.masking import masked
from generation.models import Alarm, AlarmNotice
from generation.webhooks import sending
from smartspec.lib.due import LEASE, backoff, kept

Channel = AlarmNotice.Channel
MOST_TRIES = 12  # about half a day
FIRST_PAUSE, LONGEST_PAUSE = 10, 7200  # seconds


def addresses() -> dict[str, object]:
    """Where each channel leads; empty where it leads nowhere."""
    return {Channel.EMAIL: settings.ALARM_EMAILS, Channel.WEBHOOK: settings.ALARM_WEBHOOK_URL}


def promise(alarm: Alarm) -> None:
    """In the transaction that raises the alarm."""
    now = timezone.now()
    channels = [channel for channel, address in addresses().items() if address]
    AlarmNotice.objects.bulk_create(
        AlarmNotice(alarm=alarm, channel=channel, due_at=now) for channel in channels
    )


def tell_next() -> bool:
    """Send one notice that is due; False when there was none."""
    notice = AlarmNotice.objects.claim(lease=LEASE)
    if notice is None:
        return False
    with kept(notice, lease=LEASE):
        trouble = WAYS[notice.channel](notice.alarm)
    if not trouble:
        notice.finish(sent_at=timezone.now(), last_error="")
    elif notice.tries >= MOST_TRIES:
        notice.finish(last_error=trouble[:200])
    else:
        pause = backoff(notice.tries, base=FIRST_PAUSE, cap=LONGEST_PAUSE)
        notice.put_back(delay=pause, last_error=trouble[:200])
    return True


def by_email(alarm: Alarm) -> str:
    """What went wrong, or an empty text."""
    try:
        send_mail(f"[{settings.SITE_NAME}] {alarm}"[:150], words(alarm), None, settings.ALARM_EMAILS)
    except OSError as error:  # whatever the mail server or the way there has to say
        return f"{type(error).__name__}: {error}"
    return ""


def by_webhook(alarm: Alarm) -> str:
    """As JSON whose `text` chat programs show."""
    body = {
        "text": words(alarm),
        "id": alarm.pk,
        "kind": alarm.kind,
        "subject": alarm.subject,
        "detail": masked(alarm.detail),
        "raised_at": alarm.raised_at.isoformat(),
    }
    return sending.post(settings.ALARM_WEBHOOK_URL, body=json.dumps(body), headers={}).error


WAYS: dict[str, Callable[[Alarm], str]] = {Channel.EMAIL: by_email, Channel.WEBHOOK: by_webhook}


def words(alarm: Alarm) -> str:
    page = f"{settings.SITE_URL}{reverse('admin:generation_alarm_change', args=[alarm.pk])}"
    return "\n".join(part for part in (str(alarm), masked(alarm.detail), page) if part)
