"""The product as a WSGI program inside the test and its transaction; nothing goes over a network."""

from collections.abc import Callable, Iterable

from django.test.client import ClientHandler


class InProcess:
    """What WSGI servers call, by way of the test client's handler, which leaves the connection open."""

    def __init__(self):
        self.handler = ClientHandler(enforce_csrf_checks=False)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # the reader unpacks nothing
        response = self.handler(environ)
        content = b"".join(response)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [content]
