"""Who gets what from every address of the API. An address or method without a row here fails."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import resolve
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import exporting
from accounts.tests.factories import make_key, make_user
from gallery.tests.factories import make_item, make_task
from generation import states
from generation.models import WebhookDelivery
from smartspec.tests.permissions.people import clients
from smartspec.tests.permissions.routes import answered, routes
from storage_app.models import Upload

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"

# Beside each address the scope that a key needs, then what is answered to: nobody, the owner with a whole
# key; another person signed in, and with a whole key; keys of that person: without the scope, expired,
# revoked; staff in no group, a moderator. The last two are strangers to the owner's things as well.
# 400 is somebody who was let in and sent an empty body, 415 one who sent no form, 409 a model that is not
# set up here or a file that never came, 302 the way to an archive.
TABLE = """
POST   auth/token                                      -                400 400  400 400  400 400 400  400 400
POST   auth/device                                     -                200 200  200 200  200 200 200  200 200
POST   auth/device/token                               -                400 400  400 400  400 400 400  400 400
GET    me                                              account:read     401 200  200 200  403 401 401  200 200
DELETE me                                              signed-in        401 403  202 403  403 401 401  202 202
GET    me/export                                       signed-in        401 403  404 403  403 401 401  404 404
POST   me/export                                       signed-in        401 403  202 403  403 401 401  202 202
GET    me/export/file?token={token}                    -                302 302  302 302  302 302 302  302 302
GET    me/keys                                         signed-in        401 403  200 403  403 401 401  200 200
POST   me/keys                                         signed-in        401 403  400 403  403 401 401  400 400
DELETE me/keys/{key}                                   signed-in        401 403  404 403  403 401 401  404 404
GET    me/credits                                      account:read     401 200  200 200  403 401 401  200 200
GET    me/items                                        gallery:write    401 200  200 200  403 401 401  200 200
PATCH  me/items/{item}                                 gallery:write    401 200  404 404  403 401 401  404 404
DELETE me/items/{item}                                 gallery:write    401 200  404 404  403 401 401  404 404
GET    generation/models                               any              401 200  200 200  200 401 401  200 200
GET    generation/models/nano-banana-pro               any              401 200  200 200  200 401 401  200 200
POST   generation/quote                                any              401 409  409 409  409 401 401  409 409
POST   generation/image                                generate         401 409  409 409  403 401 401  409 409
POST   generation/video                                generate         401 409  409 409  403 401 401  409 409
POST   generation/audio                                generate         401 409  409 409  403 401 401  409 409
GET    generation/tasks                                tasks:read       401 200  200 200  403 401 401  200 200
GET    generation/history                              tasks:read       401 200  200 200  403 401 401  200 200
GET    generation/tasks/{task}                         tasks:read       401 200  404 404  403 401 401  404 404
DELETE generation/tasks/{task}                         generate         401 200  404 404  403 401 401  404 404
GET    generation/tasks/{task}/status                  tasks:read       401 200  404 404  403 401 401  404 404
GET    generation/tasks/{task}/receipt                 tasks:read       401 200  404 404  403 401 401  404 404
GET    generation/tasks/{task}/events                  tasks:read       401 200  404 404  403 401 401  404 404
POST   generation/tasks/{task}/retry                   generate         401 409  404 404  403 401 401  404 404
POST   generation/tasks/{task}/share                   gallery:write    401 201  404 404  403 401 401  404 404
POST   generation/callbacks/kie/{task}/x               -                200 200  200 200  200 200 200  200 200
GET    generation/webhooks/secret                      generate         401 200  200 200  403 401 401  200 200
POST   generation/webhooks/secret/rotate               generate         401 200  200 200  403 401 401  200 200
GET    generation/webhooks/key                         generate         401 200  400 200  403 401 401  400 400
PUT    generation/webhooks/key                         generate         401 400  400 400  403 401 401  400 400
DELETE generation/webhooks/key                         generate         401 200  400 200  403 401 401  400 400
GET    generation/webhooks/deliveries                  tasks:read       401 200  200 200  403 401 401  200 200
POST   generation/webhooks/deliveries/{delivery}/replay generate        401 202  404 404  403 401 401  404 404
GET    gallery                                         -                200 200  200 200  200 200 200  200 200
GET    gallery/featured                                -                200 200  200 200  200 200 200  200 200
GET    gallery/categories                              -                200 200  200 200  200 200 200  200 200
GET    gallery/categories/nowhere                      -                404 404  404 404  404 404 404  404 404
GET    gallery/search?q=boat                           -                200 200  200 200  200 200 200  200 200
GET    gallery/{hidden}                                -                404 404  404 404  404 404 404  404 404
POST   gallery/{hidden}/like                           -                404 404  404 404  404 404 404  404 404
POST   gallery/{hidden}/view                           -                404 404  404 404  404 404 404  404 404
POST   gallery/{hidden}/report                         -                404 404  404 404  404 404 404  404 404
GET    admin/gallery                                   gallery:moderate 401 403  403 403  403 401 401  403 200
POST   admin/gallery                                   gallery:moderate 401 403  403 403  403 401 401  403 400
POST   admin/gallery/generate                          gallery:moderate 401 403  403 403  403 401 401  403 400
GET    admin/gallery/{item}                            gallery:moderate 401 403  403 403  403 401 401  403 200
PUT    admin/gallery/{item}                            gallery:moderate 401 403  403 403  403 401 401  403 400
PATCH  admin/gallery/{item}                            gallery:moderate 401 403  403 403  403 401 401  403 200
DELETE admin/gallery/{item}                            gallery:moderate 401 403  403 403  403 401 401  403 200
POST   admin/gallery/{item}/approve                    gallery:moderate 401 403  403 403  403 401 401  403 200
POST   admin/gallery/{item}/reject                     gallery:moderate 401 403  403 403  403 401 401  403 400
POST   admin/gallery/{item}/feature                    gallery:moderate 401 403  403 403  403 401 401  403 200
POST   admin/gallery/{item}/undo                       gallery:moderate 401 403  403 403  403 401 401  403 409
POST   admin/gallery/bulk                              gallery:moderate 401 403  403 403  403 401 401  403 400
POST   storage/upload                                  storage:write    401 415  415 415  403 401 401  415 415
GET    storage/presigned-url                           storage:write    401 400  400 400  403 401 401  400 400
POST   storage/uploads/{upload}/complete               storage:write    401 409  404 404  403 401 401  404 404
GET    storage/usage                                   storage:write    401 200  200 200  403 401 401  200 200
PUT    storage/staging/x                               -                403 403  403 403  403 403 403  403 403
DELETE storage/uploads/x/y.png                         storage:write    401 404  404 404  403 401 401  404 404
"""
BODIES = {
    "gallery/{hidden}/report": {"reason": "other", "text": ""},
    "generation/tasks/{task}/share": {"title": "Lantern boat"},
}
ACTORS = (
    *("nobody", "owner", "other, signed in", "other, with a key"),
    *("key without the scope", "expired key", "revoked key", "staff without a group", "moderator"),
)


@dataclass(frozen=True, eq=False)
class Row:
    method: str
    path: str
    scope: str
    expected: Mapping[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def rows() -> list[Row]:
    found = []
    for line in TABLE.strip().splitlines():
        method, path, scope, *statuses = line.split()
        found.append(Row(method, path, scope, dict(zip(ACTORS, map(int, statuses), strict=True))))
    return found


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def objects(owner) -> dict[str, str]:
    """What the owner has, one of each kind, by the names in the table."""
    later = timezone.now() + timedelta(hours=1)
    task = make_task(user=owner)
    task.events.create(sequence=task.sequence, old=str(states.RENDERING), new=str(task.state), who="worker")
    item = make_item(created_by=owner, shown=False, files=True, rendered=False)
    upload = Upload.objects.create(
        owner=owner, content_type="image/png", ext="png", bytes=1, expires_at=later, due_at=later
    )
    delivery = WebhookDelivery.objects.create(
        user=owner, task=task, event="task.completed", url="https://hooks.example/", body="{}", due_at=later
    )
    export = exporting.ask(owner)
    exporting.hand_over(export, file="exports/x.zip", size=1)
    return {
        "task": str(task.pk),
        "item": str(item.pk),
        "hidden": item.slug,
        "upload": str(upload.pk),
        "delivery": str(delivery.pk),
        "key": str(make_key(owner)[0].pk),
        "token": exporting.token_of(export),
    }


def asked(row: Row, client: APIClient, objects: dict[str, str]) -> int:
    """The status; whatever the request did is undone."""
    path = ROOT + row.path.format(**objects)
    body = json.dumps(BODIES.get(row.path, {}))
    with transaction.atomic():
        answer = client.generic(row.method, path, body, content_type="application/json")
        b"".join(answer)  # also to its end where it is a stream
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("row", rows(), ids=str)
def test_everybody_gets_what_the_table_says(row, owner, objects):
    knocking = clients(owner, without=row.scope)
    assert {name: asked(row, knocking[name], objects) for name in ACTORS} == row.expected


def test_every_address_and_method_has_a_row(objects):
    paths = {row: ROOT + row.path.format(**objects).partition("?")[0] for row in rows()}
    told = {(row.method, resolve(path).route): path for row, path in paths.items()}
    path_to = {template: path for (_method, template), path in told.items()}
    there = {
        (method, route.template)
        for route in routes()
        if route.template.startswith(ROOT.lstrip("/"))
        for method in answered(route, path_to.get(route.template, "/"))
    }
    assert there - told.keys() == set(), "these have no row"
    assert told.keys() - there == set(), "these rows have no address"
