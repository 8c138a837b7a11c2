"""The settings of a local server: a sandbox as provider, loopback only, everything under .local/."""

import socket

SANDBOX_KEY = "sandbox-key"


def next_free(port: int) -> int:
    """`port`, or the first one after it that nobody uses."""
    while not is_free(port):
        port += 1
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(*, web_port: int, events_port: int, sandbox_port: int) -> dict[str, str]:
    site = f"http://127.0.0.1:{web_port}"
    return {
        "DEBUG": "true",
        "SITE_URL": site,
        "CALLBACK_URL": site,
        "EVENTS_URL": f"http://127.0.0.1:{events_port}",
        "KIE_AI_BASE_URL": f"http://127.0.0.1:{sandbox_port}/api/v1/jobs",
        "KIE_AI_API_KEY": SANDBOX_KEY,
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
        "ALLOW_SANDBOX": "true",
    }
