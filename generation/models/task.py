import secrets
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import LedgerEntry
from generation import states
from generation.states import State
from smartspec.lib.due import DueQuerySet, DueRow
from smartspec.lib.prepared import Given, insert
from smartspec.lib.prepared.columns import Also, change_of, nothing_more
from storage_app.keys import MEDIA_TYPE_CHOICES
from storage_app.models import Asset

LIVE_STATUSES = ("pending", "processing")
READ_AGAIN = ("unconfirmed", "waiting", "generating", "done")  # stages in which a callback is news
NOT_ADMITTED = datetime(9000, 1, 1, tzinfo=UTC)  # due time of a task that still waits for its turn


def one_further() -> dict[str, Combinable]:
    return {"sequence": F("sequence") + 1}


def unless_hinted() -> dict[str, Combinable]:
    """`due_at`, or now where a callback came under the claim that ends here: it knows more than we read."""
    now, due_at = Given("now", models.DateTimeField()), Given("due_at", models.DateTimeField())
    hinted = When(hint_fence=F("fence"), then=now)
    return {"due_at": Case(hinted, default=due_at, output_field=models.DateTimeField())}


def one_further_unless_hinted() -> dict[str, Combinable]:
    return one_further() | unless_hinted()


def new_callback_token() -> str:
    return secrets.token_urlsafe(32)


class TaskQuerySet(DueQuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def visible(self):
        """Without tombstones."""
        return self.filter(deleted_at=None)

    def unfinished(self):
        return self.filter(status__in=LIVE_STATUSES)

    def in_flight(self):
        """Admitted and not at their end: what the caps count."""
        return self.unfinished().filter(due_at__lt=NOT_ADMITTED)

    def waiting_for_admission(self):
        return self.filter(status="pending", due_at=NOT_ADMITTED)


class GenerationTask(DueRow):
    """One prompt on its way to files. The row is the queue; `move_to` is the only way it changes state."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks")
    task_type = models.CharField(_("kind"), max_length=20, choices=MEDIA_TYPE_CHOICES)
    model_id = models.CharField(_("model"), max_length=100)
    provider = models.CharField(_("provider"), max_length=50, default="kie.ai")
    prompt = models.TextField(_("prompt"))
    input_params = models.JSONField(_("options"), default=dict, blank=True)
    reference_files = models.JSONField(_("references"), default=list, blank=True)  # as given by the caller

    status = models.CharField(_("status"), max_length=20, default="pending", choices=states.STATUS_CHOICES)
    stage = models.CharField(_("stage"), max_length=12, default="queued", choices=states.STAGE_CHOICES)
    sequence = models.PositiveIntegerField(default=0)  # raised by every visible change
    progress = models.FloatField(default=0)
    external_task_id = models.CharField(
        _("provider's id"), max_length=128, null=True, blank=True, unique=True
    )
    claimed_external_id = models.CharField(max_length=128, blank=True)  # from a callback, not yet read back
    callback_token = models.CharField(max_length=43, default=new_callback_token, editable=False)
    admitted_at = models.DateTimeField(null=True, blank=True, editable=False)  # its turn came after a wait
    callback_at = models.DateTimeField(null=True, blank=True, editable=False)
    hint_fence = models.BigIntegerField(null=True, editable=False)  # the claim under which a callback came
    deadline_at = models.DateTimeField(null=True, blank=True, editable=False)

    size = models.CharField(
        max_length=60, blank=True, editable=False
    )  # the tier: tasks of one size take alike
    is_late = models.BooleanField(_("slower than usual"), default=False, editable=False)
    kept_references = models.JSONField(default=dict, editable=False)  # https URL as given → key of our copy
    result_urls = models.JSONField(default=list, editable=False)  # where the provider keeps what we fetch now

    output_metadata = models.JSONField(default=dict, blank=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_raw = models.TextField(_("provider's words"), blank=True)  # shown to staff only

    credits_quoted = models.DecimalField(_("credits quoted"), max_digits=10, decimal_places=2)
    credits_used = models.DecimalField(_("credits used"), max_digits=10, decimal_places=2, default=0)
    upstream_credits = models.DecimalField(_("upstream cost"), max_digits=10, decimal_places=2, null=True)
    hold = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, null=True, related_name="+")
    processing_time_ms = models.PositiveIntegerField(_("processing time"), null=True, blank=True)

    idempotency_key = models.CharField(max_length=255, null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the request body, for idempotency
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    stored_here: list[Asset] | None = None  # what this process has just recorded for it; no column

    objects = TaskQuerySet.as_manager()

    class Meta:
        db_table = "generation_tasks"
        ordering = ["-created_at", "-id"]
        verbose_name = _("generation task")
        verbose_name_plural = _("generation tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(*[Q(status=s.status, stage=s.stage) for s in states.STATES], _connector=Q.OR),
                name="task_state_is_legal",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=LIVE_STATUSES) | Q(due_at__isnull=False), name="task_live_is_due"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["waiting", "generating", "storing", "rendering"])
                | Q(external_task_id__isnull=False),
                name="task_running_is_known_upstream",
            ),
            models.UniqueConstraint(fields=["user", "idempotency_key"], name="task_once_per_key"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="task_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["user", "-created_at", "-id"], name="task_history"),
            models.Index(
                fields=["user", "created_at"], name="task_live", condition=Q(status__in=LIVE_STATUSES)
            ),
            models.Index(
                fields=["model_id", "size", "-created_at"],
                name="task_timing",
                condition=Q(status="completed"),
            ),
            models.Index(fields=["-created_at", "-id"], name="task_newest"),
            models.Index(fields=["status"], name="task_status"),
            models.Index(fields=["task_type"], name="task_type"),
        ]

    def __str__(self) -> str:
        return f"{self.model_id} {self.id}"

    @property
    def state(self) -> State:
        return State(self.status, self.stage)

    def move_to(self, new: State, *, who: str, why: str = "", keeps_claim: bool = False, **changes) -> bool:
        """Carry out one legal move and leave a history row.

        Compare-and-set on state and fence: False means that somebody else moved the task first, and
        then nothing was written. Ends the claim, unless `lease_until` is given or the claim `keeps` on
        for the next step; a live state needs `due_at`.
        """
        old, now = self.state, timezone.now()
        if not states.may_move(old, new):
            return False
        if new in states.FINAL:
            changes |= {"due_at": None, "completed_at": now}
        claim = {"tries": 1} if keeps_claim else {"tries": 0, "lease_until": None}
        changes = claim | changes | {"status": new.status, "stage": new.stage, "changed_at": now}
        also = one_further_unless_hinted if self.may_be_hinted(changes) else one_further
        with transaction.atomic(savepoint=False):
            mine = change_of(GenerationTask, ("pk", "status", "stage", "fence"), frozenset(changes), also)
            is_mine = {"is_status": old.status, "is_stage": old.stage, "is_fence": self.fence}
            if not mine(is_pk=self.pk, **is_mine, now=now, **changes):
                return False
            self.sequence += 1
            for name, value in changes.items():
                setattr(self, name, value)
            history = {"sequence": self.sequence, "old": str(old), "new": str(new)}
            insert(self.events.model(task=self, who=who, why=why[:500], **history))
        return True

    def also_written(self, changes: dict) -> Also:
        """A callback that came under a claim is heeded when the claim ends: the task is due at once."""
        return unless_hinted if self.may_be_hinted(changes) else nothing_more

    def may_be_hinted(self, changes: dict) -> bool:
        """Do these changes end a claim, in a stage where a callback is news?"""
        ends = changes.get("due_at") and changes.get("lease_until", self.lease_until) is None
        return bool(ends) and changes.get("stage", self.stage) in READ_AGAIN
