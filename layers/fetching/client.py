"""Requests that are paced, bounded in time, and made again where the network or the server fails.

A service that was never reached is not asked again: within `REACH` seconds it is said that it is not.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Final, TypeVar
from urllib.parse import SplitResult, urlsplit

import requests
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError, SSLError

from layers.fetching import refusals
from layers.fetching.backoff import pause, retry_after
from layers.fetching.clock import Bucket, Clock
from layers.fetching.failure import FetchFailed
from layers.rounding import whole

ATTEMPTS: Final = 6
REACH, CONNECT, READ, WHOLE = 3.0, 2.0, 30.0, 120.0
"""Seconds: to find a service and be heard by it once, to connect, between two pieces of an answer, for a whole one."""
LONGEST_WAIT: Final = 900.0
"""Seconds that a server may ask to wait; beyond, the command stops and is run again later."""
LARGEST_ANSWER: Final = 64 << 20
CHUNK: Final = 1 << 16
SERVER_ERROR: Final = 500
TOO_MANY: Final = 429
AGENT: Final = "ess-territorial-dashboard (tableau de bord ESS, Lille)"

Answer = TypeVar("Answer")
Note = Callable[[str], None]


def _as_it_is(said: Any) -> Any:
    return said


class Again(Exception):  # noqa: N818  (says what to do)
    """The request may be made again; *after* is what the server asks to wait, in seconds."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        self.reason, self.after = reason, after
        super().__init__(reason)


@dataclass(slots=True)
class Client:
    """One session of requests to official services. *note* is told, in French, of every wait."""

    bucket: Bucket
    clock: Clock = field(default_factory=Clock)
    note: Note = lambda _what: None
    session: requests.Session = field(default_factory=requests.Session)
    reached: bool = False
    """Whether a service ever answered."""

    def json(
        self, url: str, params: Mapping[str, str] | None = None, form: Callable[[Any], Answer] = _as_it_is
    ) -> Answer:
        """JSON of an address, read whole, and reduced by *form*, whose errors say that it has not the form expected.

        Raises
        ------
        FetchFailed
            Refused by the server, or not received after `ATTEMPTS` requests.
        """
        return self.persist(url, lambda: self._formed(form, self._json(url, params)))

    def _formed(self, form: Callable[[Any], Answer], said: Any) -> Answer:
        try:
            return form(said)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Again(f"la réponse du service n’a pas la forme qu’il publie ({error})") from error

    def persist(self, url: str, once: Callable[[], Answer]) -> Answer:
        """Do *once*, again each time it raises `Again`, at most `ATTEMPTS` times."""
        for attempt in range(ATTEMPTS):
            self.bucket.take()
            try:
                return once()
            except Again as again:
                if attempt == ATTEMPTS - 1:
                    raise refusals.exhausted(url, again.reason, ATTEMPTS) from again
                self._wait(again, attempt)
        raise AssertionError("unreachable")

    @contextmanager
    def opened(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Iterator[requests.Response]:
        """An answer 2xx or 416, its body still to be read; raises `Again` or `FetchFailed` otherwise."""
        if not self.reached:
            _check_reach(url)
        try:
            with self.session.get(
                url,
                params=params,
                headers={"User-Agent": AGENT, **(headers or {})},
                stream=True,
                timeout=(CONNECT, READ),
            ) as response:
                self.reached = True
                self._check(response, url)
                yield response
        except requests.exceptions.SSLError as error:
            raise refusals.certificate(url, error) from error
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            reason = refusals.network(error)
            if not self.reached:
                raise refusals.unreached(url, reason) from error
            raise Again(reason) from error
        except requests.RequestException as error:
            raise refusals.address(url, error) from error

    def pieces(self, response: requests.Response, *, decoded: bool) -> Iterator[bytes]:
        """The body as it comes, a piece for each reception: a slow drip is seen as such. Raises `Again` where cut."""
        try:
            while piece := response.raw.read1(CHUNK, decode_content=decoded):
                yield piece
        except SSLError as error:
            raise Again("la liaison chiffrée a été coupée") from error
        except (HTTPError, OSError) as error:
            raise Again(refusals.network(error)) from error

    def _json(self, url: str, params: Mapping[str, str] | None) -> Any:
        with self.opened(url, params, {"Accept": "application/json"}) as response:
            body = self._whole(response)
        try:
            return json.loads(body)
        except ValueError as error:
            raise Again("la réponse n’est pas du JSON complet") from error

    def _whole(self, response: requests.Response) -> bytes:
        until = self.clock.monotonic() + WHOLE
        body = bytearray()
        for piece in self.pieces(response, decoded=True):
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise FetchFailed(f"la réponse de {response.url} est démesurée", "Vérifier l’adresse du service")
            if self.clock.monotonic() > until:
                raise Again(f"la réponse n’est pas arrivée entière en {whole(WHOLE)} s")
        return bytes(body)

    def _check(self, response: requests.Response, url: str) -> None:
        if urlsplit(url).scheme == "https" and urlsplit(response.url).scheme != "https":
            raise refusals.unsafe(url, response.url)
        status = response.status_code
        if response.ok or status == requests.codes.requested_range_not_satisfiable:
            return
        if status != TOO_MANY and status < SERVER_ERROR:
            raise refusals.refused(response.url, status, self._said(response))
        after = retry_after(response.headers.get("Retry-After"), self.clock.now())
        reason = "trop de requêtes (429)" if status == TOO_MANY else f"erreur {status} du serveur"
        if after is not None and after > LONGEST_WAIT:
            raise refusals.later(url, after)
        raise Again(reason, after)

    def _said(self, response: requests.Response) -> str:
        """What a refusal says of itself, its beginning only."""
        try:
            return next(self.pieces(response, decoded=True), b"").decode("utf-8", "replace")
        except Again:
            return ""

    def _wait(self, again: Again, attempt: int) -> None:
        seconds = pause(attempt, again.after, self.clock)
        self.note(f"{again.reason} : nouvel essai dans {whole(seconds)} s")
        self.clock.sleep(seconds)


def _check_reach(url: str) -> None:
    """Raise where the service, or the proxy before it, is not found and connected to in time, all its addresses tried.

    The system alone would look for a name, and try each address of it, much longer.
    """
    asked = select_proxy(url, get_environ_proxies(url)) or url
    parts = urlsplit(asked if "://" in asked else f"http://{asked}")
    told: list[Exception | None] = []
    looking = Thread(target=_look, args=(parts, told), daemon=True)
    looking.start()
    looking.join(REACH)
    if not told:
        raise refusals.unreached(url, "délai dépassé")
    if told[0] is not None:
        reason = refusals.network(told[0])
        raise refusals.unreached(
            url, reason if asked == url else f"le serveur mandataire (proxy) ne répond pas : {reason}"
        )


def _look(parts: SplitResult, told: list[Exception | None]) -> None:
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((host, port), CONNECT).close()
    except (OSError, UnicodeError) as error:
        told.append(error)
    except ValueError:  # no port: the request says so
        told.append(None)
    else:
        told.append(None)
