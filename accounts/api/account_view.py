from rest_framework.views import APIView

from smartspec.lib.serializers import StrictQuery


class AccountView(StrictQuery, APIView):
    """Answers that contain keys or money are stored nowhere on their way."""

    def finalize_response(self, request, response, *args, **kwargs):
        response.headers["Cache-Control"] = "no-store"
        return super().finalize_response(request, response, *args, **kwargs)
