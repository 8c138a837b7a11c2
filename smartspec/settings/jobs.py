"""What workers do, how long they may, and when what is forgotten."""

from smartspec.settings.environment import env
from smartspec.settings.rows import REDIS_URL

QUEUE_BROKER = env.str("QUEUE_BROKER", "orm")
WORKERS = env.int("WORKERS", 2)
# a job past this is killed; its row is found again
JOB_DEADLINE_SECONDS = env.int("JOB_DEADLINE_SECONDS", 1800)
SWEEP_SECONDS = env.float("SWEEP_SECONDS", 0.5)
Q_CLUSTER = {
    "name": "smartspec",
    "workers": WORKERS,
    "timeout": JOB_DEADLINE_SECONDS,
    "retry": JOB_DEADLINE_SECONDS * 2,
    "queue_limit": 1,
    "bulk": 1,
    "max_attempts": 1,  # retries are ours: the row's due time
    "ack_failures": True,
    "save_limit": -1,
    "poll": env.float("QUEUE_POLL_SECONDS", 0.1),
    "catch_up": False,
    "recycle": 2000,
    "log_level": "WARNING",
}
if QUEUE_BROKER == "redis":
    Q_CLUSTER["broker_class"] = "smartspec.lib.brokers.WakeupRedis"
    Q_CLUSTER["redis"] = REDIS_URL or "redis://127.0.0.1:6379/0"
else:
    Q_CLUSTER["orm"] = "default"
SWEEPS = [  # each finds the due rows of one room: `sweep(limit) -> rows worked`
    "generation.jobs.sweep",
    "generation.webhooks.jobs.sweep",
    "generation.rounds.sweep",
    "generation.belongings.sweep",
    "storage_app.jobs.sweep",
    "gallery.jobs.sweep",
    "gallery.numbers.jobs.sweep",
    "smartspec.retention.sweep",
]
RETENTION_DAYS = {  # then a row is forgotten; 0 keeps it for ever
    "exchanges": env.int("RETENTION_EXCHANGES", 30),  # what the provider said about a task
    "callbacks": env.int("RETENTION_CALLBACKS", 400),  # their numbers, by day
    "webhooks": env.int("RETENTION_WEBHOOKS", 30),  # the log of those that were delivered or given up
    "alarms": env.int("RETENTION_ALARMS", 180),  # after somebody has cleared them
    "balance_readings": env.int("RETENTION_BALANCE_READINGS", 400),
    "failed_jobs": env.int("RETENTION_FAILED_JOBS", 30),
    "searches": env.int("RETENTION_SEARCHES", 400),  # words that found nothing
    "audit": env.int("RETENTION_AUDIT", 400),
    "sessions": env.int("RETENTION_SESSIONS", 1),  # after they have expired
}
