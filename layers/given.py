"""What a file says of a territory itself: it stands where its communes do not make it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geodata.perimeter import CURRENT, members
from layers.cube import ABSENT, HIDDEN, PRESENT, Array, Cube

if TYPE_CHECKING:
    from layers.secrecy.masks import Areas

States = npt.NDArray[np.uint8]


def completed(cube: Cube, values: Array, states: States, areas: Areas) -> tuple[Array, States]:
    """The sums of a fact over areas, the metropole last, with what is told of the territories themselves.

    A sum of communes that are all known stands before what is told of their territory, and so does one that is hidden:
    the rest would tell the hidden ones. A territory whose communes are not those of today has only their sum. What
    adds up and is told of every territory makes up the metropole.
    """
    if not cube.given:
        return values, states
    values, states = values.copy(), states.copy()
    if not areas.commune:
        for at, code in enumerate(areas.codes):
            if code in unchanged(areas.perimeter) & cube.given.keys():
                _put(cube, code, values[..., at], states[..., at])
    if cube.additive:
        _whole(cube, values, states, areas)
    return values, states


def _put(cube: Cube, code: str, values: Array, states: States) -> None:
    """Write what is told of a territory over its years, in place."""
    numbers, absences = (told.reshape(-1, 1, 1) for told in cube.given[code])
    replaced = states == ABSENT
    values[:] = np.where(replaced, numbers, values)
    states[:] = np.where(replaced, absences, states)


def _whole(cube: Cube, values: Array, states: States, areas: Areas) -> None:
    """The metropole as the sum of its territories, where its communes do not make it up; hidden if one of them is."""
    parts = set(members(areas.perimeter).values())
    if areas.commune:
        numbers, worst = _told(cube, parts & unchanged(areas.perimeter), len(parts))
    else:
        numbers, worst = values[..., :-1].sum(axis=-1), states[..., :-1].max(axis=-1)
    replaced = states[..., -1] == ABSENT
    values[..., -1] = np.where(replaced, numbers, values[..., -1])
    states[..., -1] = np.where(replaced, worst, states[..., -1])


def _told(cube: Cube, codes: set[str], parts: int) -> tuple[Array, States]:
    """Sum of what is told of territories, and why it is not there."""
    held = [cube.given[code] for code in sorted(codes & cube.given.keys())]
    missing = np.uint8(ABSENT if len(held) < parts else PRESENT)
    numbers = np.sum([told for told, _absence in held], axis=0) if held else np.zeros(len(cube.years))
    worst = np.max([absence for _told, absence in held], axis=0) if held else np.full(len(cube.years), ABSENT)
    worst = np.where(worst == HIDDEN, np.where(missing == ABSENT, ABSENT, HIDDEN), np.maximum(worst, missing))
    return numbers.reshape(-1, 1, 1), worst.astype(np.uint8).reshape(-1, 1, 1)


def unchanged(perimeter: int) -> set[str]:
    """Territories whose communes in a perimeter are those of today, of which a file tells."""
    then, now = members(perimeter), members(CURRENT)
    changed = {now[code] for code in now if then.get(code) != now[code]}
    return set(then.values()) - changed
