"""Did every promise hold? A program of its own, which asks the database, the storage and the provider's log.

    python -m smartspec.tests.faults.checker FOLDER

FOLDER/facts.json says where they are: database, media, creates, outcomes, accepted, heard, logs, secrets.
Prints what was looked at and every violation as JSON; ends with 1 when there is one.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from smartspec.tests.faults.rows import Rows

ADDRESS = re.compile(r"/callbacks/kie/([0-9a-f-]{36})/")
TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")
FINAL = ("completed", "failed", "cancelled")
SPOKEN = ("provider_error", "content_rejected", "invalid_input")  # only the provider says these
UNDONE = {  # rows that must not be left when all is quiet: where, and which
    "generation_tasks": "status IN ('pending', 'processing')",
    "storage_assets": "due_at IS NOT NULL",
    "storage_deletions": "due_at <= {now}",
    "generation_webhook_deliveries": "due_at <= {now}",
}


class Checker:
    def __init__(self, facts: dict):
        self.facts = facts
        self.rows = Rows(facts["database"])
        self.tasks = {row["id"]: row for row in self.rows.all("SELECT * FROM generation_tasks")}
        self.entries = self.rows.all("SELECT * FROM credit_ledger")
        self.assets = {row["id"]: row for row in self.rows.all("SELECT * FROM storage_assets")}
        self.outputs = defaultdict(list)
        for row in self.rows.all("SELECT task_id, asset_id FROM generation_outputs"):
            self.outputs[row["task_id"]].append(self.assets.get(row["asset_id"]))
        self.bought = defaultdict(list)  # task: upstream ids, from the provider's own file
        for line in lines(facts["creates"]):
            self.bought[ADDRESS.search(line["callBackUrl"])[1].replace("-", "")].append(line["taskId"])
        self.ends = {line["id"]: line for line in lines(facts["outcomes"])}  # the last line of an id counts

    def violations(self) -> list[str]:
        checks = (self.ended, self.purchases, self.money, self.balances, self.deliveries)
        checks += (self.histories, self.acknowledged, self.messages, self.objects, self.undone, self.silence)
        return [f"{check.__name__}: {said}" for check in checks for said in check()]

    def ended(self) -> Iterator[str]:
        for task in self.tasks.values():
            if task["status"] not in FINAL:
                yield f"{task['id']} is still {task['status']}/{task['stage']}"

    def purchases(self) -> Iterator[str]:
        for task_id, upstream in self.bought.items():
            if len(upstream) > 1:
                yield f"{task_id} was bought {len(upstream)} times"
            if task_id not in self.tasks:
                yield f"{task_id} was bought and is no task of ours"

    def money(self) -> Iterator[str]:
        """One hold, one settlement of it, equal to how the task ended."""
        settled = defaultdict(list)
        for entry in self.entries:
            if entry["kind"] in ("capture", "release"):
                settled[entry["hold_id"]].append((entry["kind"], Decimal(str(entry["amount"]))))
        for task in self.tasks.values():
            quoted, used = Decimal(str(task["credits_quoted"])), Decimal(str(task["credits_used"]))
            charged = task["status"] == "completed" and "late" not in str(task["output_metadata"])
            wanted = [("capture" if charged else "release", quoted)]
            if settled[task["hold_id"]] != wanted or used != (quoted if charged else 0):
                yield f"{task['id']} {task['status']} used {used}, settled {settled[task['hold_id']]}"

    def balances(self) -> Iterator[str]:
        sums = defaultdict(Decimal)
        for entry in self.entries:
            sums[entry["account_id"], entry["kind"]] += Decimal(str(entry["amount"]))
        for account in self.rows.all("SELECT * FROM credit_accounts"):
            owner = account["user_id"]
            balance, held = Decimal(str(account["balance"])), Decimal(str(account["held"]))
            told = sums[owner, "grant"] - sums[owner, "capture"]
            if held or balance != told:
                yield f"{owner} has {balance} ({held} held), the ledger says {told}"

    def deliveries(self) -> Iterator[str]:
        """Completed and kept: files with the provider's very bytes. All else: none."""
        for task in self.tasks.values():
            outputs = self.outputs[task["id"]]
            delivered = task["status"] == "completed" and task["deleted_at"] is None
            if delivered != bool(outputs):
                yield f"{task['id']} is {task['status']} with {len(outputs)} outputs"
            record = next((self.ends.get(each) for each in self.bought[task["id"]]), None)
            if task["status"] == "completed" and (record is None or record["state"] != "success"):
                yield f"{task['id']} is completed without the provider's success"
            wrong_no = task["status"] == "failed" and task["error_code"] in SPOKEN
            if wrong_no and record is not None and record["state"] == "success":
                yield f"{task['id']} failed with {task['error_code']}, which the provider never said"
            for asset in outputs:
                if asset is None or not self.same_bytes(asset, record):
                    yield f"{task['id']} delivered other bytes than the provider made"

    def same_bytes(self, asset: dict, record: dict | None) -> bool:
        stored = Path(self.facts["media"]) / asset["visibility"] / asset["file"]
        made = [Path(self.facts["results"]) / name for name in (record or {}).get("files", [])]
        known = {hashlib.sha256(path.read_bytes()).hexdigest() for path in made if path.exists()}
        return stored.exists() and hashlib.sha256(stored.read_bytes()).hexdigest() in known

    def histories(self) -> Iterator[str]:
        events = defaultdict(list)
        for row in self.rows.all("SELECT * FROM generation_task_events ORDER BY sequence"):
            events[row["task_id"]].append(row)
        for task_id, moves in events.items():
            chained = all(one["new"] == two["old"] for one, two in pairwise(moves))
            if [move["sequence"] for move in moves] != list(range(len(moves))) or not chained:
                yield f"{task_id} has a broken history"
            if len(moves) - 1 != self.tasks[task_id]["sequence"]:
                yield f"{task_id} stands at {self.tasks[task_id]['sequence']} after {len(moves)} events"

    def acknowledged(self) -> Iterator[str]:
        """What a caller was told exists does, once for each key."""
        by_key = defaultdict(set)
        for line in lines(self.facts["accepted"]):
            by_key[line["key"]].add(line["id"].replace("-", ""))
        for key, ids in by_key.items():
            if len(ids) > 1:
                yield f"{key} stands for {len(ids)} tasks"
            yield from (f"{lost} was accepted and is lost" for lost in ids - self.tasks.keys())
        used = Counter((row["user_id"], row["idempotency_key"]) for row in self.tasks.values())
        twice = [key for (_user, key), times in used.items() if key and times > 1]
        yield from (f"{key} was used twice" for key in twice)

    def messages(self) -> Iterator[str]:
        """Who asked to be told of a task has heard of each of its ends, in words that we signed."""
        ends = Counter(
            row["task_id"]
            for row in self.rows.all("SELECT task_id, new FROM generation_task_events")
            if row["new"].partition("/")[0] in FINAL
        )
        deliveries = self.rows.all("SELECT * FROM generation_webhook_deliveries")
        promised = Counter(row["task_id"] for row in deliveries)
        for row in self.rows.all("SELECT task_id FROM generation_task_webhooks"):
            if promised[row["task_id"]] != ends[row["task_id"]]:
                yield f"{row['task_id']} ended {ends[row['task_id']]} times, {promised[row['task_id']]} told"
        keys = self.rows.all("SELECT user_id, secret FROM generation_webhook_secrets")
        secrets = {row["user_id"]: row["secret"] for row in keys}
        heard = defaultdict(list)
        for line in lines(self.facts["heard"]):
            heard[line["webhook-id"].replace("-", "")].append(line)
        for row in deliveries:
            true = [line for line in heard[row["id"]] if is_signed(line, secrets.get(row["user_id"], ""))]
            if row["state"] == "delivered" and row["body"] not in [line["body"] for line in true]:
                yield f"{row['id']} counts as delivered and was not heard as it was written"

    def objects(self) -> Iterator[str]:
        deletions = self.rows.all("SELECT visibility, key FROM storage_deletions")
        promised = {(row["visibility"], row["key"]) for row in deletions}
        owned = {(row["visibility"], row["file"]) for row in self.assets.values()}
        for row in self.rows.all("SELECT asset_id, file FROM storage_renditions"):
            owned.add((self.assets[row["asset_id"]]["visibility"], row["file"]))
        there = set()
        for visibility in ("private", "public"):
            folder = Path(self.facts["media"]) / visibility
            files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
            there |= {(visibility, str(path.relative_to(folder))) for path in files}
        yield from (f"an object without a row: {key}" for key in sorted(there - owned - promised))
        yield from (f"a row without its object: {key}" for key in sorted(owned - there))

    def undone(self) -> Iterator[str]:
        now = "datetime('now')" if self.rows.is_sqlite else "now()"
        for table, rest in UNDONE.items():
            count = self.rows.one(f"SELECT count(*) AS n FROM {table} WHERE {rest.format(now=now)}")["n"]  # noqa: S608
            if count:
                yield f"{count} rows of {table} are left"

    def silence(self) -> Iterator[str]:
        """No log says a secret: keys, and the tokens of callbacks."""
        tokens = {task["callback_token"] for task in self.tasks.values()}
        for log in map(Path, self.facts["logs"]):
            text = log.read_text(errors="replace")
            found = {secret for secret in self.facts["secrets"] if secret in text}
            found |= tokens.intersection(TOKEN.findall(text))
            yield from (f"{log.name} shows a secret: {secret[:6]}…" for secret in sorted(found))


def is_signed(line: dict, secret: str) -> bool:
    """By the rule of Standard Webhooks."""
    said = f"{line['webhook-id']}.{line['webhook-timestamp']}.{line['body']}"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.new(key, said.encode(), hashlib.sha256).digest()).decode()
    return f"v1,{signature}" in line["webhook-signature"].split(" ")


def lines(path: str) -> Iterator[dict]:
    """The whole lines of a file of JSON; a kill may have cut the last one."""
    for line in Path(path).read_text().splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def main(folder: str) -> int:
    checker = Checker(json.loads((Path(folder) / "facts.json").read_text()))
    found = checker.violations()
    statuses = Counter(task["status"] for task in checker.tasks.values())
    bought = sum(map(len, checker.bought.values()))
    print(json.dumps({"tasks": statuses, "bought": bought, "violations": found}))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
