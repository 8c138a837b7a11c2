"""Callbacks: the true ones as badly as the network delivers them, and those of liars."""

import time
import uuid
from collections.abc import Mapping

from django.conf import settings

from generation import services
from generation.models import GenerationTask
from generation.provider import signature
from generation.tests.simulation.dice import Dice
from generation.tests.simulation.upstream import Upstream, UpstreamOrder

HOUR = 3600


class Postman:
    def __init__(self, upstream: Upstream, dice: Dice):
        self.upstream, self.dice = upstream, dice
        self.believed_lies: list[str] = []
        upstream.early = self.deliver

    def go(self) -> None:
        """One round: a callback that is due, or one that should not come at all."""
        for order in self.upstream.orders.values():
            if self.upstream.is_done(order) and order.callbacks_left > 0:
                order.callbacks_left -= 1
                self.deliver(order)
                return
        if self.upstream.orders:
            self.make_trouble(self.dice.random.choice(list(self.upstream.orders.values())))

    def make_trouble(self, order: UpstreamOrder) -> None:
        if self.dice.falls("callback repeated later"):
            self.deliver(order)
        if self.dice.falls("callback with a lying body"):
            self.deliver(order, state="fail" if order.end == "success" else "success")
        if self.dice.falls("callback of another order"):
            other = self.dice.random.choice(list(self.upstream.orders.values()))
            self.deliver(order, upstream_id=other.id)
        if self.dice.falls("callback with a false signature"):
            self.lie(order, headers=signed(order.id, key="somebody else's key"))
        if self.dice.falls("callback with an old signature"):
            self.lie(order, headers=signed(order.id, skew=self.dice.random.choice([-HOUR, HOUR])))
        if self.dice.falls("callback with a false token"):
            self.lie(order, token="x" * 43)

    def deliver(
        self,
        order: UpstreamOrder,
        *,
        token: str = "",
        headers: Mapping[str, str] | None = None,
        state: str = "",
        upstream_id: str = "",
    ) -> bool:
        """True when the product took it for a true one."""
        said = upstream_id or order.id
        data = {"taskId": said, "state": state or order.end}
        data["resultJson"] = '{"resultUrls": ["https://files.stranger.test/lie.png"]}'
        return services.take_hint(
            task_id=uuid.UUID(order.task_id),
            token=token or order.token,
            headers=signed(said) if headers is None else headers,
            body={"code": 200, "msg": "success", "data": data},
        )

    def lie(self, order: UpstreamOrder, **forged) -> None:
        """The product must neither believe it nor change a thing."""
        before = row(order)
        if self.deliver(order, **forged) or row(order) != before:
            self.believed_lies.append(f"a forged callback was believed for {order.task_id}: {sorted(forged)}")


def row(order: UpstreamOrder) -> dict | None:
    return GenerationTask.objects.filter(pk=order.task_id).values().first()


def signed(upstream_id: str, *, key: str = "", skew: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) + skew)
    key = key or settings.KIE_AI_WEBHOOK_HMAC_KEY
    return {"X-Webhook-Timestamp": stamp, "X-Webhook-Signature": signature.sign(upstream_id, stamp, key)}
