"""What the OpenAPI document says of every operation: its problem shape and its scope."""

from drf_spectacular.openapi import AutoSchema

PROBLEM_SCHEMA = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One plain sentence for people."},
        "instance": {"type": "string"},
        "code": {"type": "string", "description": "A stable word for programs."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["pointer", "code", "detail"],
            },
        },
        "retryable": {"type": "boolean"},
        "charged": {"type": "boolean"},
        "request_id": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail", "code", "errors", "retryable", "charged", "request_id"],
}


class ProblemAutoSchema(AutoSchema):
    """Adds the problem shape to every operation, and the scope that it needs."""

    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        problem_content = {"application/problem+json": {"schema": PROBLEM_SCHEMA}}
        operation["responses"].setdefault(
            "default", {"description": "A problem.", "content": problem_content}
        )
        scope = getattr(self.view, "required_scope", None)
        if isinstance(scope, dict):
            scope = scope.get(self.method.upper())
        if scope:
            operation["x-required-scope"] = scope
            operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope}`.".strip()
        return operation
