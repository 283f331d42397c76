"""Pages filled once, and a server that makes its first pages before they are asked for."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import rendering, warming

NONCE = re.compile(r'"end_id":"[^"]*"')


def told(client: FlaskClient, address: str) -> str:
    """A page, less what Dash signs at each answer."""
    return NONCE.sub("", client.get(address).get_data(as_text=True))


@pytest.mark.parametrize("address", ["/carte?sector=commerce", "/?territory=3", "/comparer?level=territory&areas=1,2"])
def test_a_page_is_filled_once_and_the_same_again(
    demo: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    fill = rendering.Shell._fill

    def counted(*args: object) -> str:
        made.append(address)
        return fill(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering.Shell, "_fill", counted)
    unseen = f"{address}&seen=no"
    first = told(demo, unseen)
    assert told(demo, unseen) == first
    assert len(made) == 1
    assert rendering.PLACE not in first


def test_each_language_and_each_address_has_its_page(demo: FlaskClient) -> None:
    pages = [told(demo, address) for address in ("/carte", "/carte?lang=en", "/carte?year=2021", "/", "/?lang=en")]
    assert len(set(pages)) == len(pages)
    assert [page.split('lang="')[1][:2] for page in pages] == ["fr", "en", "fr", "fr", "en"]


def test_every_dash_page_has_its_own_signature(demo: FlaskClient) -> None:
    signed = {NONCE.search(demo.get("/carte").get_data(as_text=True)).group() for _ in range(2)}  # type: ignore[union-attr]
    assert len(signed) == 2


def test_the_first_pages_are_asked_for_and_exist(demo: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        warming.start(demo.application).join(60)
    assert caplog.records == []
    assert [demo.get(address).status_code for address in warming.FIRST] == [200] * len(warming.FIRST)


def test_a_fault_of_a_page_does_not_end_the_server(caplog: pytest.LogCaptureFixture) -> None:
    server = Flask("faulty")
    server.testing = True

    @server.get("/carte")
    def carte() -> str:
        raise RuntimeError("out of order")

    warming.start(server).join(10)
    assert "could not prepare /carte" in caplog.text
