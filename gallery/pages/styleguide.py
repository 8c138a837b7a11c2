"""Every component in every state, on one page."""


def context() -> dict:
    return {}
