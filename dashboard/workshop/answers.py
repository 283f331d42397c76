"""What the forms of telephones and of paper ballots hold, as `layers.written.workshop.contributions` takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geodata.territories import TERRITORIES
from layers.written.workshop import scenes
from layers.written.workshop.bodies import Refused
from layers.written.workshop.scenes import Scene

DOTS, RANK = "dots-", "rank-"
"""Names of fields: followed by a finding, by a territory."""


def read(scene: Scene, form: Mapping[str, str]) -> Any:
    """The body of a contribution. Raises `Refused` for what is no answer."""
    if scene.kind == scenes.RANK:
        return _order(form)
    if scene.kind == scenes.VALUE:
        return form.get("value", "").replace(",", ".").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if scene.kind == scenes.VOTE:
        return {key.removeprefix(DOTS): _number(text) for key, text in form.items() if key.startswith(DOTS) and text}
    return {"sentence": form.get("sentence", ""), "quadrant": form.get("quadrant", "")}


def _order(form: Mapping[str, str]) -> list[str]:
    """The territories in the order of the ranks that they were given, each once."""
    ranks = {code: _number(form.get(f"{RANK}{code}", "")) for code in TERRITORIES}
    if sorted(ranks.values()) != list(range(1, len(TERRITORIES) + 1)):
        raise Refused("order")
    return sorted(TERRITORIES, key=lambda code: ranks[code])


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 3:  # noqa: PLR2004
        raise Refused("body")
    return int(text)
