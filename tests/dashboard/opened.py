"""A browser that opened the link of local administration of a server, as the person at the machine does."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_server
from dashboard.administration.local import PATH, Local, granted
from dashboard.gate import FIELD
from dashboard.serving import address
from dashboard.settings import Settings

OWN = {"Origin": "http://localhost"}
"""What a browser says of a form of the name that these clients ask for."""
_TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')


def begun(settings: Settings) -> Local:
    """The local administration of a run that begins."""
    local = granted(settings, address(settings))
    assert local is not None
    local.begin()
    return local


def press(client: FlaskClient, code: str, headers: dict[str, str] | None = None) -> TestResponse:
    """Send a code by the form of the page."""
    found = _TOKEN.search(client.get(PATH).text)
    assert found, "the page has its form"
    return client.post(PATH, data={FIELD: found[1], "code": code}, headers=OWN if headers is None else headers)


def administrator(settings: Settings) -> FlaskClient:
    """The application, asked by the browser of its machine that administers it."""
    local = begun(settings)
    client = create_server(settings, local).test_client()
    assert press(client, local.link().partition("#")[2]).status_code == 303
    return client
