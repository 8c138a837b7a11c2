"""Every code says in English and in Thai what happened, whether it was charged, and what to do."""

import re

import pytest
from django.utils import translation

from accounts.errors import InsufficientCredits
from generation import errors
from generation.errors import RETRYABLE, TASK_ERRORS
from generation.models import GenerationTask

# What a failed task says, by its code.
ENDED = {
    "invalid_input": (
        "The model refused these options. You were not charged. Please change them and try again.",
        "โมเดลไม่รับตัวเลือกเหล่านี้ คุณไม่ถูกหักเครดิต โปรดแก้แล้วลองใหม่",
    ),
    "content_rejected": (
        "The provider's content rules do not allow this. You were not charged. Please reword the prompt.",
        "กฎเนื้อหาของผู้ให้บริการไม่อนุญาต คุณไม่ถูกหักเครดิต โปรดเขียนพรอมต์ใหม่",
    ),
    "rate_limited": (
        "Too many requests at the moment. You were not charged. Please try again in a minute.",
        "ขณะนี้มีคำขอมากเกินไป คุณไม่ถูกหักเครดิต โปรดลองใหม่ในอีกหนึ่งนาที",
    ),
    "model_unavailable": (
        "This model is switched off. You were not charged. Please choose another model.",
        "โมเดลนี้ถูกปิดอยู่ คุณไม่ถูกหักเครดิต โปรดเลือกโมเดลอื่น",
    ),
    "provider_error": (
        "The provider could not finish this. You were not charged. Please try again.",
        "ผู้ให้บริการทำงานนี้ไม่สำเร็จ คุณไม่ถูกหักเครดิต โปรดลองใหม่",
    ),
    "provider_timeout": (
        "The provider did not answer in time. You were not charged. "
        "Please try again, or wait: if a result still comes, it is free.",
        "ผู้ให้บริการไม่ตอบภายในเวลา คุณไม่ถูกหักเครดิต โปรดลองใหม่หรือรอ หากผลลัพธ์มาทีหลังจะไม่คิดเครดิต",
    ),
    "result_unavailable": (
        "The provider finished but delivered no file. You were not charged. Please try again.",
        "ผู้ให้บริการทำเสร็จแต่ไม่ได้ส่งไฟล์ คุณไม่ถูกหักเครดิต โปรดลองใหม่",
    ),
    "storage_error": (
        "The result could not be stored. You were not charged. Please try again.",
        "จัดเก็บผลลัพธ์ไม่ได้ คุณไม่ถูกหักเครดิต โปรดลองใหม่",
    ),
    "cancelled_by_user": (
        "You cancelled this task. You were not charged. You can generate it again at any time.",
        "คุณยกเลิกงานนี้ คุณไม่ถูกหักเครดิต คุณสั่งสร้างใหม่ได้ทุกเมื่อ",
    ),
    "cancelled_by_operator": (
        "An operator cancelled this task. You were not charged. "
        "Please ask the operators before you try again.",
        "ผู้ดูแลระบบยกเลิกงานนี้ คุณไม่ถูกหักเครดิต โปรดสอบถามผู้ดูแลระบบก่อนลองใหม่",
    ),
    "deadline_exceeded": (
        "This took too long and was stopped. You were not charged. Please try again.",
        "งานนี้ใช้เวลานานเกินไปจึงถูกหยุด คุณไม่ถูกหักเครดิต โปรดลองใหม่",
    ),
    "internal": (
        "Something went wrong on our side. You were not charged. Please try again.",
        "มีบางอย่างขัดข้องทางเรา คุณไม่ถูกหักเครดิต โปรดลองใหม่",
    ),
}
# What a request is told that never became a task.
REFUSED = {
    errors.ModelUnavailable: "model_unavailable",
    errors.FeatureDisabled: "feature_disabled",
    errors.TooManyTasks: "too_many_tasks",
    errors.PriceChanged: "price_changed",
    errors.TooLate: "too_late",
    errors.TooManyCancels: "rate_limited",
    errors.KeyUsedWithOtherBody: "idempotency_key_reused",
    InsufficientCredits: "insufficient_credits",
}
# The contract's least list.
DEMANDED = {
    *("invalid_input", "content_rejected", "insufficient_credits", "rate_limited", "too_many_tasks"),
    *("model_unavailable", "feature_disabled", "provider_error", "provider_timeout", "result_unavailable"),
    *("storage_error", "cancelled_by_user", "cancelled_by_operator", "deadline_exceeded", "internal"),
}
CHARGED = {"en": r"charged", "th": r"เครดิต"}
TO_DO = {"en": r"(Please|You can|Use) ", "th": r"โปรด|คุณสั่งสร้างใหม่ได้|คุณลบงานได้|ใช้คีย์ใหม่|พรุ่งนี้จะยกเลิกได้อีก"}


@pytest.mark.parametrize("code", TASK_ERRORS)
def test_a_failed_task_says_it_in_two_languages(code):
    said = []
    for language in ("en", "th"):
        with translation.override(language):
            said.append(str(TASK_ERRORS[code]))
    assert tuple(said) == ENDED[code]


def test_no_code_of_the_contract_is_missing():
    assert set(ENDED) == set(TASK_ERRORS)
    assert DEMANDED - set(ENDED) - set(REFUSED.values()) == set()
    assert set(TASK_ERRORS) > RETRYABLE


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("kind", REFUSED, ids=REFUSED.values())
def test_a_refusal_says_what_was_charged_and_what_to_do(kind, language):
    with translation.override(language):
        said = str(kind.message)
    assert kind.code == REFUSED[kind]
    assert re.search(CHARGED[language], said)
    assert re.search(TO_DO[language], said)


def ended(user, code: str) -> GenerationTask:
    return GenerationTask.objects.create(
        user=user,
        task_type="image",
        model_id="z-image",
        credits_quoted=20,
        status="cancelled" if code.startswith("cancelled") else "failed",
        stage="done",
        error_code=code,
        error_raw="only staff read this",
    )


@pytest.mark.parametrize("code", TASK_ERRORS)
def test_the_api_says_it_in_the_callers_language(api, user, code):
    task = ended(user, code)
    for language, words in zip(("en", "th"), ENDED[code], strict=True):
        answer = api.get(f"/api/v1/generation/tasks/{task.pk}", headers={"Accept-Language": language}).json()
        assert answer["error"]["message"] == answer["error_message"] == words
        assert (answer["error"]["code"], answer["error"]["charged"]) == (code, False)
        assert "only staff read this" not in str(answer)
