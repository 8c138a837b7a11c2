"""The API: its frameworks, its document, and the origins that may use it."""

from smartspec.settings.environment import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ApiKeyAuthentication",
        "accounts.api.authentication.ProblemSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["smartspec.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "smartspec.api.schema.ProblemAutoSchema",
    "EXCEPTION_HANDLER": "smartspec.api.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,  # `?format=…` is a parameter like any other
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SmartSpec Pro API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Generate images, videos and sound from prompts, keep them and share the best.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "TaskStatus": "generation.states.STATUS_CHOICES",
        "TaskStage": "generation.states.STAGE_CHOICES",
        "ModelStatus": "generation.api.serializers.MODEL_STATUS_CHOICES",
        "ItemStatus": "gallery.models.Item.Status",
        "MediaType": "storage_app.keys.MEDIA_TYPE_CHOICES",
    },
}
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=["tauri://localhost"])
CORS_URLS_REGEX = r"^/(api|generation)/"
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "idempotency-key", "if-none-match", "prefer"]
CORS_ALLOW_HEADERS += ["x-amz-checksum-sha256", "x-api-key", "x-request-id", "last-event-id", "x-csrftoken"]
CORS_EXPOSE_HEADERS = [
    "Location",
    "Retry-After",
    "ETag",
    "X-Request-Id",
    "X-Total-Count",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Idempotency-Replayed",
    "Preference-Applied",
    "Deprecation",
    "Sunset",
]
