"""People who order, change their minds, press twice and look at what became of it."""

from collections import defaultdict

from accounts.models import User
from generation import services
from generation.models import GenerationTask
from generation.tests.simulation.dice import Dice

KEYS = 5  # idempotency keys that a person uses again and again
MODELS = ("z-image", "nano-banana-pro")
FINAL = ("completed", "failed", "cancelled")


class People:
    def __init__(self, users: list[User], dice: Dice):
        self.users, self.dice = users, dice
        self.acknowledged: dict[tuple, set] = defaultdict(set)  # (user, key): ids of accepted tasks
        self.seen: dict = {}  # task: (sequence, progress, status) as last looked at
        self.complaints: list[str] = []

    def order(self) -> None:
        user = self.dice.random.choice(self.users)
        number = self.dice.random.randrange(KEYS)
        key = f"key-{number}"
        body = {"prompt": f"a boat, number {number}", "model_id": MODELS[number % 2]}
        task, replayed = services.submit(user=user, task_type="image", body=body, idempotency_key=key)
        self.acknowledged[user.pk, key].add(task.pk)
        self.dice.tell(f"task {str(task.pk)[:6]} {'again' if replayed else 'accepted'}")

    def let_go(self) -> None:
        """Cancel or delete any task of one's own."""
        task = self.any_task()
        if task is not None:
            verb = self.dice.random.choice([services.cancel, services.delete])
            self.dice.tell(f"{verb.__name__} {str(task.pk)[:6]} in {task.stage}")
            verb(task, by=task.user)

    def any_task(self) -> GenerationTask | None:
        tasks = list(GenerationTask.objects.visible().select_related("user").order_by("created_at", "id"))
        return self.dice.random.choice(tasks) if tasks else None

    def look(self) -> None:
        """What a person sees never goes back."""
        for task in GenerationTask.objects.order_by("created_at", "id"):
            now = (task.sequence, task.progress, task.status)
            before = self.seen.get(task.pk, now)
            if now[:2] < before[:2] or now[1] < before[1]:
                self.complaints.append(f"{task.pk} went back from {before} to {now}")
            is_late = (before[2], now[2]) == ("failed", "completed")
            if before[2] in FINAL and now[2] != before[2] and not is_late:
                self.complaints.append(f"{task.pk} was {before[2]} and became {now[2]}")
            self.seen[task.pk] = now
