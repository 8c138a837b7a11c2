"""The one door to the provider's servers: sends with our key and name, follows nothing, reads little."""

import time
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.auth import AuthBase

from generation.provider import overhearing
from generation.provider.answers import Answer, storable, whole_number
from generation.provider.bodies import Body
from generation.provider.metering import metered

USER_AGENT = "SmartSpecPro/1.0 (+https://smartspec.app)"  # the default one of a library is answered 403
HEADERS = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
SHORTEST_SECRET = 8  # a shorter key is a word of a test, and would be found in innocent text
MOST_BYTES = 2 * 1024 * 1024


class NoAnswer(Exception):
    """The call broke off; `reason` is free of secrets."""


class Bearer(AuthBase):
    """Sets the key last, so that no .netrc replaces it and no repr shows it."""

    def __init__(self, key: str):
        # What cannot stand in a header would come back in an error message, and the key with it.
        self._key = "".join(key.encode("ascii", "ignore").decode().split())

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._key}"
        return request

    def scrub(self, text: str) -> str:
        return text.replace(self._key, "[key]") if len(self._key) >= SHORTEST_SECRET else text


class Transport:
    """`timeout` in seconds: to connect, and between two pieces of an answer."""

    def __init__(
        self,
        api_key: str,
        *,
        timeout: tuple[float, float],
        session: requests.Session | None = None,
        through_proxies: bool = True,
    ):
        self._auth = Bearer(api_key)
        self._timeout = timeout
        self._through_proxies = through_proxies
        self._given = session
        self._kept = session or self._new_session()

    def get(self, url: str, params: Mapping[str, str] | None = None) -> Answer:
        return self._send(self._kept, "GET", url, params=params)

    def post(self, url: str, body: Body) -> Answer:
        """On a connection of its own: a kept one may be half closed, and then nobody knows what arrived."""
        session = self._given or self._new_session()
        try:
            return self._send(session, "POST", url, data=body, headers={"Content-Type": body.content_type})
        finally:
            if session is not self._given:
                session.close()

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = self._through_proxies
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return session

    def _send(self, session: requests.Session, method: str, url: str, **content: Any) -> Answer:
        with metered(url) as call:
            call.answer = self._exchange(session, method, url, **content)
            return call.answer

    def _exchange(self, session: requests.Session, method: str, url: str, **content: Any) -> Answer:
        headers = HEADERS | content.pop("headers", {})
        try:
            with session.request(
                method,
                url,
                headers=headers,
                auth=self._auth,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **content,
            ) as response:
                text = self._read(response)
                retry_after = whole_number(response.headers.get("Retry-After"))
                text = self._clean(text)
                overhearing.note(response.status_code, text)
                return Answer(response.status_code, text, retry_after)
        except (requests.RequestException, ValueError) as error:  # the latter where a redirect leads nowhere
            reason = self._clean(f"{type(error).__name__}: {error}")[:500]
        # Raised outside the handler: the library's error holds the request, and that holds the key.
        overhearing.note(None, reason)
        raise NoAnswer(reason)

    def _read(self, response: requests.Response) -> str:
        """The body as text, cut at MOST_BYTES; a drip that outlasts the time-outs breaks off."""
        deadline = time.monotonic() + sum(self._timeout)
        body = bytearray()
        for chunk in response.iter_content(16 * 1024):
            body += chunk
            if len(body) > MOST_BYTES:
                break
            if time.monotonic() > deadline:
                raise requests.ReadTimeout("the answer did not end")
        return body[:MOST_BYTES].decode("utf-8", "replace")

    def _clean(self, text: str) -> str:
        return storable(self._auth.scrub(text))
