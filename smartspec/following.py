"""Which request, and which task of whoever asks, the lines of the log and the traces are about."""

from django.http import HttpRequest

from smartspec.lib import logs, tracing
from smartspec.metrics.counting import METHODS, route_of


class Follow:
    """Inside of what is nearly free: static files and kept pages leave no trace."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = logs.task_id.set("")
        method = request.method if request.method in METHODS else "other"
        try:
            with tracing.span(method) as span:
                response = self.get_response(request)
                describe(span, request, method, response.status_code)
        finally:
            logs.task_id.reset(token)
        return response

    def process_view(self, request, view, args, kwargs):
        if task_id := kwargs.get("task_id"):
            logs.task_id.set(str(task_id))


def describe(span: tracing.Span, request: HttpRequest, method: str, status: int) -> None:
    route = route_of(request)
    span.update_name(f"{method} {route}")
    told = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
    for name, value in (told | tracing.at_work()).items():
        span.set_attribute(name, value)
