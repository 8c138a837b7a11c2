from rest_framework.negotiation import DefaultContentNegotiation


class FormatIsAParameter(DefaultContentNegotiation):
    """`?format=` is an ordinary parameter of the view and no business of DRF's renderers."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
