"""Records of the API, page after page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

from dashboard.api.route import BASE


def pages(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    following = BASE + path
    while following:
        page = json.loads(client.get(following).data)
        yield page
        following = page["next"]
