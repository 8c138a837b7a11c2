"""The generation API in the shapes that real clients already speak."""

import json
import uuid

import pytest
from rest_framework.request import Request

from accounts.tests.factories import make_key, make_user
from generation.api import preferences
from generation.api.serializers import TaskSerializer
from generation.models import GenerationTask
from generation.tests.conftest import creates, run, submit

TASK_FIELDS = {
    "id", "task_type", "model_id", "provider", "prompt", "input_params", "reference_files", "status",
    "stage", "progress", "sequence", "output_url", "thumbnail_url", "outputs", "output_metadata",
    "credits_quoted", "credits_used", "error", "error_message", "processing_time_ms", "created_at",
    "started_at", "completed_at", "parent_id", "gallery_item", "urls",
}  # fmt: skip
PROBLEM_FIELDS = {
    "type", "title", "status", "detail", "instance", "code", "errors", "retryable", "charged", "request_id",
}  # fmt: skip


def post(client, path, body, **headers):
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"/api/v1{path}", content, content_type="application/json", headers=headers)


def assert_problem(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status)
    assert answer["Content-Type"] == "application/problem+json"
    assert set(body) == PROBLEM_FIELDS
    assert isinstance(body["detail"], str)
    assert body["request_id"] == answer["X-Request-Id"]
    return body


def test_a_create_is_accepted_with_the_task_and_where_to_look(api, sandbox):
    answer = post(api, "/generation/image", {"prompt": "a bridge", "aspect_ratio": "16:9"})
    task = answer.json()
    assert answer.status_code == 202
    assert set(task) == TASK_FIELDS
    assert (task["status"], task["stage"], task["credits_quoted"], task["credits_used"]) == (
        "pending",
        "queued",
        18,
        0,
    )
    assert answer["Location"].endswith(f"/api/v1/generation/tasks/{task['id']}")
    assert int(answer["Retry-After"]) > 0


def test_the_schema_names_exactly_the_fields_of_a_task():
    assert set(TaskSerializer().fields) == TASK_FIELDS


@pytest.mark.parametrize("path", ["/generation/image", "/generation/image/", "/api/v1/generation/image/"])
def test_the_prefix_may_be_lost_and_a_slash_added(api, sandbox, path):
    answer = api.post(path, '{"prompt": "x"}', content_type="application/json")
    assert answer.status_code == 202


def test_a_completed_task_shows_fetchable_files(api, sandbox, user):
    done = run(submit(user))
    task = api.get(f"/api/v1/generation/tasks/{done.pk}").json()
    output = task["outputs"][0]
    assert (task["status"], task["stage"], task["progress"], task["credits_used"]) == (
        "completed",
        "done",
        1,
        18,
    )
    assert task["output_url"] == output["url"]
    for url in (output["url"], output["thumbnail_url"]):
        file = api.get(url.split("127.0.0.1:8000")[1])
        assert file.status_code == 200
        assert int(file["Content-Length"]) > 0
    assert len(output["sha256"]) == 64


@pytest.mark.parametrize(
    "path, body, pointer",
    [
        ("/generation/image", {"prompt": ""}, "/prompt"),
        ("/generation/image", {"prompt": "x" * 10_001}, "/prompt"),
        ("/generation/image", {"prompt": "x", "model_id": "nope"}, "/model_id"),
        ("/generation/image", {"prompt": "x", "aspect_ratio": "1:7"}, "/aspect_ratio"),
        ("/generation/video", {"prompt": "x", "duration": 7}, "/duration"),
        ("/generation/audio", {"text": "x", "voice": "Nobody"}, "/voice"),
        ("/generation/image", {"prompt": "x", "surprise": 1}, "/surprise"),
    ],
)
def test_bad_input_is_a_problem_that_names_the_place(api, sandbox, path, body, pointer):
    problem = assert_problem(post(api, path, body), 400, "invalid_input")
    assert problem["errors"][0]["pointer"] == pointer
    assert problem["charged"] is False
    assert (creates(sandbox), GenerationTask.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "content",
    [
        "{", "[]", '"x"', "{'prompt': 'x'}", '{"prompt": NaN}', '{"prompt": "a\\u0000b"}',
        '{"prompt": "\\ud800"}', b'{"prompt": "\xff"}', "[" * 5000,
    ],
)  # fmt: skip
def test_malformed_json_is_a_problem(api, sandbox, content):
    assert_problem(post(api, "/generation/image", content), 400, "invalid_input")


def test_other_media_types_are_refused(api, sandbox):
    answer = api.post("/api/v1/generation/image", "prompt=x", content_type="text/plain")
    assert_problem(answer, 415, "unsupported_media_type")


def test_without_a_key_nothing_is_told(client, sandbox, user):
    task = submit(user)
    for path in ("/generation/models", f"/generation/tasks/{task.pk}", "/generation/history"):
        answer = client.get(f"/api/v1{path}")
        assert_problem(answer, 401, "not_authenticated")
        assert "WWW-Authenticate" in answer


def test_a_wrong_key_is_refused_without_a_trace(client, sandbox, db):
    answer = post(client, "/generation/image", {"prompt": "x"}, **{"X-API-Key": "ss_live_wrong"})
    assert answer.status_code == 401
    assert GenerationTask.objects.count() == 0


def test_a_key_without_the_scope_is_refused(client, sandbox, user):
    _key, secret = make_key(user, scopes=["tasks:read"])
    answer = post(client, "/generation/image", {"prompt": "x"}, **{"X-API-Key": secret})
    assert_problem(answer, 403, "insufficient_scope")


def test_somebody_elses_task_does_not_exist(api, sandbox):
    stranger = make_user(username="stranger", credits="100")
    task = submit(stranger)
    for answer in (
        api.get(f"/api/v1/generation/tasks/{task.pk}"),
        api.get(f"/api/v1/generation/tasks/{task.pk}/status"),
        api.delete(f"/api/v1/generation/tasks/{task.pk}"),
        api.get(f"/api/v1/generation/tasks/{uuid.uuid4()}"),
    ):
        assert_problem(answer, 404, "not_found")
    task.refresh_from_db()
    assert task.status == "pending"


def test_too_few_credits_is_402(client, sandbox, db):
    _key, secret = make_key(make_user(username="poor", credits="1"))
    answer = post(client, "/generation/image", {"prompt": "x"}, **{"X-API-Key": secret})
    assert_problem(answer, 402, "insufficient_credits")


def test_a_feature_that_is_off_is_403_and_its_models_are_not_listed(api, sandbox, settings):
    settings.ENABLE = settings.ENABLE | {"audio": False}
    assert_problem(post(api, "/generation/audio", {"text": "x"}), 403, "feature_disabled")
    assert {model["media_type"] for model in api.get("/api/v1/generation/models").json()} == {
        "image",
        "video",
    }


def test_errors_speak_thai_when_asked(api, sandbox, user):
    done = run(submit(user, prompt="a bridge [sandbox:fail]"))
    task = api.get(f"/api/v1/generation/tasks/{done.pk}", headers={"Accept-Language": "th"}).json()
    assert "ไม่" in task["error"]["message"]
    assert task["error"]["code"] == "provider_error"


def test_an_idempotency_key_replays(api, sandbox):
    first = post(api, "/generation/image", {"prompt": "once"}, **{"Idempotency-Key": "abc"})
    again = post(api, "/generation/image", {"prompt": "once"}, **{"Idempotency-Key": "abc"})
    assert again.json()["id"] == first.json()["id"]
    assert (again.status_code, again["Idempotency-Replayed"]) == (202, "true")
    assert_problem(
        post(api, "/generation/image", {"prompt": "two"}, **{"Idempotency-Key": "abc"}),
        422,
        "idempotency_key_reused",
    )
    assert_problem(
        post(api, "/generation/image", {"prompt": "two"}, **{"Idempotency-Key": "x" * 256}),
        400,
        "invalid_input",
    )


def test_status_answers_304_while_nothing_changed(api, sandbox, user):
    task = submit(user)
    path = f"/api/v1/generation/tasks/{task.pk}/status"
    first = api.get(path)
    assert set(first.json()) == {
        "id", "status", "stage", "progress", "eta_ms", "late", "sequence", "updated_at",
    }  # fmt: skip
    same = api.get(path, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    run(task)
    assert api.get(path, headers={"If-None-Match": first["ETag"]}).json()["status"] == "completed"


def test_an_unchanged_status_costs_one_query_beside_the_keys_own(
    api, sandbox, user, django_assert_num_queries
):
    path = f"/api/v1/generation/tasks/{submit(user).pk}/status"
    known = {"If-None-Match": api.get(path)["ETag"]}
    with django_assert_num_queries(2):
        answer = api.get(path, headers=known)
    assert (answer.status_code, answer["Retry-After"], answer["ETag"]) == (304, "1", known["If-None-Match"])


def test_a_mark_of_somebody_elses_task_opens_nothing(api, sandbox):
    task = submit(make_user("stranger", credits="100"))
    known = {"If-None-Match": f'"{task.pk}-0-0.00"'}
    assert api.get(f"/api/v1/generation/tasks/{task.pk}/status", headers=known).status_code == 404


def test_the_list_is_a_bare_array_with_its_total(api, sandbox, user):
    tasks = [submit(user, prompt=f"number {n}") for n in range(3)]
    answer = api.get("/api/v1/generation/tasks?limit=2")
    assert [task["id"] for task in answer.json()] == [str(tasks[2].pk), str(tasks[1].pk)]
    assert answer["X-Total-Count"] == "3"
    assert 'rel="next"' in answer["Link"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "status=done", "media_type=text", "colour=red", "offset=-1"]
)
def test_bad_list_filters_are_400(api, sandbox, query):
    assert_problem(api.get(f"/api/v1/generation/tasks?{query}"), 400, "invalid_input")


@pytest.mark.parametrize("cursor", ["x", "%00", "e30", "WyJhIiwiYiJd", "=", "ก"])
def test_bad_cursors_are_400(api, sandbox, cursor):
    assert_problem(api.get(f"/api/v1/generation/history?cursor={cursor}"), 400, "invalid_input")


def test_the_history_walks_every_task_once(api, sandbox, user):
    made = [str(submit(user, prompt=f"number {n}").pk) for n in range(5)]
    seen, path = [], "/api/v1/generation/history?limit=2"
    while path:
        page = api.get(path).json()
        seen += [task["id"] for task in page["results"]]
        path = page["next"] and page["next"].split("127.0.0.1:8000")[1]
    assert seen == made[::-1]


def test_the_history_finds_thai_words_in_the_prompt(api, sandbox, user):
    submit(user, prompt="a boat")
    wanted = submit(user, prompt="ภาพกรุงเทพมหานครยามค่ำ")
    page = api.get("/api/v1/generation/history", {"q": "กรุงเทพ"}).json()
    assert [task["id"] for task in page["results"]] == [str(wanted.pk)]


def test_lists_cost_the_same_queries_for_any_length(api, sandbox, user, django_assert_max_num_queries):
    for number in range(4):
        run(submit(user, prompt=f"number {number}"))
    with django_assert_max_num_queries(8):
        assert len(api.get("/api/v1/generation/tasks").json()) == 4


def test_delete_in_flight_cancels(api, sandbox, user):
    task = submit(user)
    answer = api.delete(f"/api/v1/generation/tasks/{task.pk}", content_type="application/json")
    assert (answer.status_code, answer.json()) == (
        200,
        {"id": str(task.pk), "status": "cancelled", "deleted": False},
    )


def test_delete_of_a_finished_task_removes_it(api, sandbox, user):
    task = run(submit(user))
    answer = api.delete(f"/api/v1/generation/tasks/{task.pk}")
    assert answer.json() == {"id": str(task.pk), "status": "completed", "deleted": True}
    assert_problem(api.get(f"/api/v1/generation/tasks/{task.pk}"), 404, "not_found")


def test_wrong_methods_say_what_is_allowed(api, sandbox):
    answer = api.put("/api/v1/generation/image", "{}", content_type="application/json")
    assert_problem(answer, 405, "method_not_allowed")
    assert "POST" in answer["Allow"]


def test_a_retry_is_a_new_task_with_its_parent(api, sandbox, user):
    first = run(submit(user, prompt="a bridge [sandbox:fail]"))
    answer = post(api, f"/generation/tasks/{first.pk}/retry", {})
    assert (answer.status_code, answer.json()["parent_id"]) == (202, str(first.pk))


def test_a_caller_who_prefers_to_wait_gets_the_finished_task(api, sandbox, monkeypatch):
    looks = iter([False, False, True])
    finished = []

    def look(task_id):
        if next(looks):
            finished.append(run(GenerationTask.objects.get(pk=task_id)))
        return bool(finished)

    monkeypatch.setattr(preferences, "_is_final", look)
    answer = post(api, "/generation/image", {"prompt": "a bridge"}, Prefer="respond-async, wait=5")
    assert (answer.status_code, answer.json()["status"]) == (200, "completed")
    assert answer["Preference-Applied"] == "wait=5"


def test_a_wait_that_runs_out_answers_202(api, sandbox):
    answer = post(api, "/generation/image", {"prompt": "a bridge"}, Prefer="wait=0")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    assert "Preference-Applied" not in answer


def test_when_every_waiting_place_is_taken_the_answer_comes_at_once(api, sandbox):
    places = 0
    while preferences._places.acquire(blocking=False):
        places += 1
    answer = post(api, "/generation/image", {"prompt": "a bridge"}, Prefer="wait=20")
    for _ in range(places):
        preferences._places.release()
    assert answer.status_code == 202


@pytest.mark.parametrize(
    "header, seconds",
    [
        ("wait=10", 10),
        ("wait=99", 25),
        ("respond-async, wait=3", 3),
        ("Wait=3", 3),
        ("", None),
        ("await=3", None),
    ],
)
def test_the_wait_is_read_from_the_prefer_header(rf, header, seconds):
    assert preferences.wanted_wait(Request(rf.get("/", headers={"Prefer": header}))) == seconds
