"""Requests made from the OpenAPI document: what it allows, and what it does not."""

import re
from functools import cache

import schemathesis
from drf_spectacular.generators import SchemaGenerator
from schemathesis import APIOperation
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from smartspec.tests.permissions.routes import routes

# Doors for one program alone, whose address is its permission: the provider's and the local bucket's.
HOLE, NAMED = re.compile(r"<(?:\w+:)?(\w+)>"), r"{\1}"
NOT_FOR_CALLERS = ("api/v1/generation/callbacks/", "api/v1/storage/staging/")

TAKE_NOTHING = {
    "GET /api/v1/gallery/categories",
    "GET /api/v1/me",
    "GET /api/v1/me/export",
    "GET /api/v1/me/keys",
    "GET /api/v1/generation/webhooks/secret",
    "POST /api/v1/generation/webhooks/secret/rotate",
    "GET /api/v1/generation/webhooks/key",
    "DELETE /api/v1/generation/webhooks/key",
    "GET /api/v1/generation/models/{model_id}",  # any text is an id that might be
    "GET /api/v1/storage/usage",
    "POST /api/v1/generation/tasks/{task_id}/retry",
    "DELETE /api/v1/me",
    "DELETE /api/v1/storage/{key}",
}


def addresses() -> list[str]:
    """`GET /api/v1/me/keys/{key_id}` of every method that callers may use, from the URL table."""
    return [
        f"{method} /{HOLE.sub(NAMED, route.template)}"
        for route in routes()
        if route.template.startswith("api/v1/") and not route.template.startswith(NOT_FOR_CALLERS)
        for method in route.methods
    ]


def addresses_that_take_something() -> list[str]:
    """Only of these can anything be forbidden."""
    return [address for address in addresses() if address not in TAKE_NOTHING]


@cache
def operations() -> dict[str, APIOperation]:
    """By address; made once, as it takes a while."""
    generation = GenerationConfig(
        deterministic=True, allow_extra_parameters=False, with_security_parameters=False
    )
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    document = sealed(SchemaGenerator().get_schema(public=True))
    found = schemathesis.openapi.from_dict(document, config=config).get_all_operations()
    return {operation.label: operation for operation in (each.ok() for each in found)}


def sealed(document: dict) -> dict:
    """Fields that no serializer knows are refused, so what is allowed is made without them."""
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
    return document


def scope_of(operation: APIOperation) -> str:
    return operation.definition.raw.get("x-required-scope", "")
