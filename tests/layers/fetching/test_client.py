"""Requests made again, paced, bounded; what is not worth asking again stops with a sentence."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import requests

from layers.fetching.backoff import LONGEST, pause, retry_after
from layers.fetching.client import ATTEMPTS, WHOLE, Client
from layers.fetching.clock import Bucket
from layers.fetching.failure import Exhausted, FetchFailed, Unreached
from layers.fetching.sources import SOURCES, fetch
from tests.layers.fetching.conftest import BEGAN, Hands
from tests.layers.fetching.server import Answer, Fault, Server, cut, drip, instead, json_answer, status, truncated

SAID = {"texte": "é" * 2000}


@pytest.fixture
def address(server: Server) -> str:
    server.routes["/x"] = lambda _asked: json_answer(SAID)
    return f"{server.base}/x"


@pytest.mark.parametrize(
    "fault",
    [status(500), status(502), status(503, Retry_After="4"), status(504), status(429), cut(100), cut(0), truncated],
)
def test_what_may_pass_is_asked_again(server: Server, client: Client, address: str, fault: Fault) -> None:
    server.faults.extend([fault, fault])
    assert client.json(address) == SAID
    assert len(server.asked) == 3


def test_a_delay_in_seconds_is_kept(server: Server, client: Client, address: str, hands: Hands) -> None:
    server.faults.append(status(429, Retry_After="42"))
    client.json(address)
    assert hands.slept == [42.0]


def test_a_delay_as_a_date_is_kept(server: Server, client: Client, address: str, hands: Hands) -> None:
    server.faults.append(status(429, Retry_After=format_datetime(BEGAN.replace(minute=31), usegmt=True)))
    client.json(address)
    assert hands.slept == [60.0]


def test_delays_grow_and_attempts_are_bounded(server: Server, client: Client, address: str, hands: Hands) -> None:
    server.faults.extend([status(500)] * 50)
    with pytest.raises(Exhausted, match=f"après {ATTEMPTS} essais"):
        client.json(address)
    assert len(server.asked) == ATTEMPTS
    assert hands.slept == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_a_delay_beyond_reason_stops(server: Server, client: Client, address: str, hands: Hands) -> None:
    server.faults.append(status(429, Retry_After="7200"))
    with pytest.raises(FetchFailed, match=r"attendre 120 minutes.*[Rr]elancer"):
        client.json(address)
    assert hands.slept == []


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 422])
def test_a_refusal_is_not_asked_again(server: Server, client: Client, address: str, code: int) -> None:
    server.faults.append(status(code))
    with pytest.raises(FetchFailed, match=rf"erreur {code}\).*panne d’essai\. [A-Z]"):
        client.json(address)
    assert len(server.asked) == 1


def test_a_slow_drip_is_cut_and_asked_again(server: Server, client: Client, address: str, hands: Hands) -> None:
    server.faults.append(drip(0.001))
    hands.tick = WHOLE / 20
    assert client.json(address) == SAID
    assert len(server.asked) == 2


def test_a_page_that_is_no_json_stops_in_the_end(server: Server, client: Client, address: str) -> None:
    server.faults.extend([instead(b"<html>Bienvenue sur le portail du reseau</html>")] * 50)
    with pytest.raises(FetchFailed, match="pas du JSON"):
        client.json(address)


def test_a_redirection_is_followed(server: Server, client: Client, address: str) -> None:
    server.routes["/old"] = lambda _asked: Answer(302, b"", {"Location": "/x"})
    assert client.json(f"{server.base}/old") == SAID


def test_a_compressed_answer_is_read(server: Server, client: Client) -> None:
    packed = gzip.compress(json.dumps(SAID).encode())
    server.routes["/z"] = lambda _asked: Answer(200, packed, {"Content-Encoding": "gzip"})
    server.faults.extend([cut(len(packed) // 2), truncated])
    assert client.json(f"{server.base}/z") == SAID
    assert len(server.asked) == 3


def test_redirections_without_end_stop(server: Server, client: Client) -> None:
    server.routes["/old"] = lambda _asked: Answer(302, b"", {"Location": "/old"})
    with pytest.raises(FetchFailed, match="TooManyRedirects"):
        client.json(f"{server.base}/old")


def test_no_server_is_said_in_a_sentence(client: Client) -> None:
    with pytest.raises(FetchFailed, match="connexion refusée"):
        client.json("http://127.0.0.1:1/x")


def test_an_encrypted_connection_that_fails_is_said(server: Server, client: Client) -> None:
    with pytest.raises(FetchFailed, match=r"liaison chiffrée.*n’est pas chiffré"):
        client.json(server.base.replace("http:", "https:") + "/x")


def test_an_encrypted_address_never_leads_to_a_plain_one(
    server: Server, client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = client.session.get

    def encrypted(url: str, **asked: Any) -> requests.Response:
        return plain(url.replace("https:", "http:"), **asked)

    monkeypatch.setattr(client.session, "get", encrypted)
    with pytest.raises(FetchFailed, match=r"adresse non chiffrée"):
        client.json(address.replace("http:", "https:"))


def test_the_proxy_of_the_network_is_used(
    server: Server, client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.base)
    monkeypatch.setenv("http_proxy", server.base)
    monkeypatch.delenv("NO_PROXY")
    assert client.json("http://service.invalid/x") == SAID
    assert server.asked[0].headers["Host"] == "service.invalid"


def test_every_request_says_who_asks(server: Server, client: Client, address: str) -> None:
    client.json(address)
    assert server.asked[0].headers["User-Agent"].startswith("ess-territorial-dashboard")


def test_the_pace_is_never_above_the_rate(hands: Hands) -> None:
    bucket = Bucket(5, hands.clock())
    left = []
    for _ in range(20):
        bucket.take()
        left.append(hands.elapsed)
    gaps = [later - sooner for sooner, later in pairwise(left)]
    assert gaps == pytest.approx([0.2] * 19)


def test_the_pace_counts_what_was_waited_elsewhere(hands: Hands) -> None:
    bucket = Bucket(5, hands.clock())
    bucket.take()
    hands.elapsed += 10
    bucket.take()
    bucket.take()
    assert hands.slept == pytest.approx([0.2])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        (" 7 ", 7.0),
        ("Tue, 24 Nov 2026 09:30:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 09:00:00 GMT", 0.0),
        ("bientôt", None),
        ("-3", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(text: str | None, seconds: float | None) -> None:
    assert retry_after(text, datetime(2026, 11, 24, 9, 30, tzinfo=UTC)) == seconds


def test_back_off_is_drawn_and_bounded(hands: Hands) -> None:
    clock = hands.clock()
    assert pause(30, None, clock) == LONGEST
    assert pause(0, 0.0, clock) == 1.0


@contextmanager
def deaf(kind: str) -> Iterator[str]:
    """The address of a port that refuses, that never answers a connection, or that hears and never answers."""
    with socket.socket() as port, ExitStack() as callers:
        port.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{port.getsockname()[1]}"
        if kind != "refused":
            port.listen(0 if kind == "black hole" else 8)
        for _ in range(4 if kind == "black hole" else 0):  # its queue is full: no other connection is made
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(port.getsockname())
        yield address


@contextmanager
def refusing(code: int) -> Iterator[str]:
    """The address of a proxy that makes no tunnel."""

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self.send_error(code)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"127.0.0.1:{proxy.server_address[1]}"
        proxy.shutdown()


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("fault", ["name", "refused", "black hole", "silent", "proxy away", 403, 407, 503])
def test_without_network_each_source_is_asked_once_and_says_how_to_do_by_hand(
    client: Client, hands: Hands, tmp_path: Path, *, name: str, fault: str | int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.fetching.client.CONNECT", 0.05)
    with ExitStack() as stack:
        address = "https://service.invalid"
        if fault == "name":
            monkeypatch.setattr(socket, "getaddrinfo", _unknown)
        elif isinstance(fault, int) or fault == "proxy away":
            proxy = stack.enter_context(refusing(fault) if isinstance(fault, int) else deaf("refused"))
            for variable in ("HTTPS_PROXY", "https_proxy"):
                monkeypatch.setenv(variable, f"http://{proxy}")
            monkeypatch.setenv("NO_PROXY", "")
        else:
            address = f"https://{stack.enter_context(deaf(fault))}"
        with pytest.raises(FetchFailed, match=r"ne peut être joint.*À la main.*ouvrir https?://\S+/") as told:
            fetch(name, address, tmp_path, client)
    assert ("ess import" in told.value.remedy) == SOURCES[name].imported
    assert max(hands.slept, default=0) < 1  # the pace, and no wait before another attempt


def _unknown(*_asked: object, **_how: object) -> Any:
    raise socket.gaierror(-2, "Name or service not known")


def test_a_name_that_nobody_resolves_does_not_hold_the_command(
    client: Client, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Event()
    monkeypatch.setattr("layers.fetching.client.REACH", 0.01)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: over.wait() and [])
    with pytest.raises(Unreached, match="délai dépassé"):
        client.json("http://service.invalid/x")
    over.set()
    assert max(hands.slept, default=0) < 1


def test_a_service_that_goes_away_after_an_answer_is_waited_for(
    server: Server, client: Client, address: str, hands: Hands
) -> None:
    assert client.json(address) == SAID
    with pytest.raises(Exhausted, match=f"après {ATTEMPTS} essais"):
        client.json("http://127.0.0.1:1/x")
    assert hands.slept[-1] >= 1
