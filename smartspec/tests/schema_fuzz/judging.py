"""What an answer must be, whatever was asked."""

from schemathesis import Case, CheckContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

# Every refusal that the API documents as a problem; what is well goes by the operation's own list.
PROBLEMS = {400, 401, 402, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429, 503}


def status_is_documented(ctx: CheckContext, response: Response, case: Case) -> None:
    """The document's `default` stands for problems alone: no other answer may hide behind it."""
    named = {code for code in case.operation.responses.status_codes if code != "default"}
    if str(response.status_code) not in named and response.status_code not in PROBLEMS:
        raise Failure(
            operation=case.operation.label, title="Undocumented status", message=f"{response.status_code}"
        )


def refusals_are_problems(ctx: CheckContext, response: Response, case: Case) -> None:
    content_type = response.headers.get("content-type", [""])[0]
    if response.status_code >= 400 and content_type != "application/problem+json":
        raise Failure(operation=case.operation.label, title="Not a problem", message=content_type)


def bodies_fit(ctx: CheckContext, response: Response, case: Case) -> None:
    """A stream is documented as text, which it is; what its messages say has tests of its own."""
    if response.headers.get("content-type") != ["text/event-stream"]:
        response_schema_conformance(ctx, response, case)


CHECKS = [
    not_a_server_error,
    status_is_documented,
    refusals_are_problems,
    content_type_conformance,
    response_headers_conformance,
    bodies_fit,
]
