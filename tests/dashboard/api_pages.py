"""Answers of the API, and its records page after page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

from dashboard.api.route import BASE


def got(client: FlaskClient, path: str) -> Any:
    """The answer to a path under the base, which must be there."""
    response = client.get(BASE + path)
    assert response.status_code == 200, response.text
    return json.loads(response.data)


def pages(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    following = BASE + path
    while following:
        page = json.loads(client.get(following).data)
        yield page
        following = page["next"]
