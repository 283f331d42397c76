"""The address for a room: another than that of the page only where the page was asked for on the machine itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import create_server
from dashboard import network
from dashboard.administration.local import granted
from dashboard.settings import Settings

EVERY = "0.0.0.0"  # noqa: S104  (nothing listens there: a setting)
LOCAL, ROOM = "http://127.0.0.1:8050", "http://192.0.2.7:8050"


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        (LOCAL, EVERY, ROOM),
        ("http://localhost:8050", "::", ROOM),
        (LOCAL, "127.0.0.1", LOCAL),
        ("https://ess.example", EVERY, "https://ess.example"),
        (ROOM, EVERY, ROOM),
    ],
)
def test_the_address_given_to_others(origin: str, host: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "own", lambda: "192.0.2.7")
    assert network.shared(origin, host) == expected


def test_without_network_it_is_that_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "own", lambda: None)
    assert network.shared(LOCAL, EVERY) == LOCAL


@pytest.mark.parametrize(
    "sent", [{}, {"environ_base": {"REMOTE_ADDR": "192.0.2.9"}}, {"headers": {"Host": "ess.example"}}]
)
def test_where_a_room_is_served_one_leads_by_an_account_even_at_the_machine(tmp_path: Path, sent: dict) -> None:
    settings = Settings(ESS_DATA_DIR=tmp_path, HOST=EVERY)
    assert granted(settings, LOCAL) is None
    client = create_server(settings).test_client()
    page = client.get("/atelier", **sent).text
    assert "Préparer une rencontre" not in page
    assert 'href="/connexion?lang=fr"' in page, "who leads is told where to go"
    assert "ess admin create" in client.get("/connexion", **sent).text
    assert "/atelier/scene" not in client.get("/carte", **sent).text
    assert client.get("/admin", **sent).status_code == 403
