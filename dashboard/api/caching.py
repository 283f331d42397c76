"""Validators and lifetimes: an answer is named by its release, its query and the program that writes it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from dashboard.api.route import Asked, Route
from layers.manifest import software
from layers.secrecy import superseded

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("geodata", "layers", "dashboard")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@cache
def program() -> str:
    """Version of the program and digest of its sources: an upgrade changes every validator."""
    found = hashlib.sha256(software().encode())
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


def etag(route: Route, asked: Asked) -> str:
    """Strong validator, quoted: the same for two spellings of one request."""
    path = "/".join(str(asked.values[parameter.name]) for parameter in route.path_parameters)
    gone = str([asked.release.manifest.get(key) for key in (superseded.WITHDRAWN, superseded.INSTEAD)])
    said = "\0".join((program(), route.key, path, asked.query(), route.stamp(asked), gone))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def lifetime(route: Route, asked: Asked) -> str:
    """For ever where the address names the release; asked for again where it may change, or be withdrawn from it."""
    indicator = asked.release.indicators.get(str(asked.values.get("key")))
    passing = route.passing or (indicator is not None and superseded.under_secrecy(indicator))
    return FOR_EVER if asked.pinned and not passing else ASK_AGAIN
