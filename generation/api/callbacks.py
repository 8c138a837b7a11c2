"""The provider's door."""

import uuid

from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from generation import services
from generation.api.bodies import callback_body


@method_decorator(csrf_exempt, name="dispatch")
class CallbackView(View):
    """Always the same answer, whatever came."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, task_id: uuid.UUID, token: str) -> JsonResponse:
        services.take_hint(task_id=task_id, token=token, headers=request.headers, body=callback_body(request))
        return JsonResponse({"code": 200, "msg": "success"})
