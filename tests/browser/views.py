"""Views drawn at random among all that a release allows, the same at every run."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from functools import cache
from typing import Any
from urllib.parse import urlencode

from geodata.perimeter import members
from tests.browser.serving import Server

LILLOIS = "8"


@dataclass(frozen=True)
class Drawn:
    """One view: the keys of its address; None is the default of the page."""

    indicator: str
    sector: str | None = None
    family: str | None = None
    year: int | None = None
    level: str | None = None
    territory: str | None = None
    commune: str | None = None

    def query(self, *names: str) -> str:
        """Query string of some keys, or of all of them, where they have a value."""
        written = {f.name: getattr(self, f.name) for f in fields(self) if not names or f.name in names}
        return urlencode({key: value for key, value in written.items() if value is not None})

    def __str__(self) -> str:
        return self.query()


@cache
def declared(server: Server) -> tuple[dict[str, Any], ...]:
    """What the API says of the indicators that the release holds."""
    found = server.get("/api/v1/indicators")["indicators"]
    return tuple(indicator for indicator in found if indicator["available"])


def draw(server: Server, chance: random.Random, *, drilled: bool = True) -> Drawn:
    """One view; ``drilled`` allows one territory, or one commune, to be gone into."""
    indicator = chance.choice(declared(server))
    level = chance.choice(indicator["levels"])
    territory = chance.choice([None, *"12345678"]) if drilled and level == "commune" else None
    inside = [code for code, where in sorted(members().items()) if where == territory]
    return Drawn(
        indicator["key"],
        chance.choice([None, *indicator["sectors"]]),
        chance.choice([None, *indicator["families"]]),
        chance.choice([None, *indicator["years"]]),
        level if level == "commune" else None,
        territory,
        chance.choice([None, *inside]) if territory else None,
    )


def several(server: Server, seed: int, count: int, *, drilled: bool = True) -> list[Drawn]:
    """``count`` views."""
    chance = random.Random(seed)  # noqa: S311  (views, not secrets)
    return [draw(server, chance, drilled=drilled) for _ in range(count)]
