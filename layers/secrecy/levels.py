"""The areas that are published, of all levels and perimeters: what they are made of, and what it costs to hide them."""

from __future__ import annotations

from typing import Final

from geodata.perimeter import CURRENT, PERIMETERS, members

METROPOLE: Final = "mel"
WEIGHTS: Final = {"commune": 1.0, "territory": 5.0, METROPOLE: 25.0}
"""What it costs to hide a cell of an area of each level: the largest areas are hidden last."""
OLDER: Final = 0.8
"""Part of that for an area of a perimeter that is no more: those of today are shown rather."""

Place = tuple[str, int]
"""Code of an area (commune, territory, `METROPOLE`) and perimeter; 0 for a commune, the same in all."""


def weights_of(places: dict[Place, int], count: int) -> list[float]:
    """What it costs to hide a cell of each area: a commune that is a territory weighs as a territory."""
    found = [WEIGHTS["commune"]] * count
    for (code, perimeter), area in places.items():
        level = "commune" if not perimeter else METROPOLE if code == METROPOLE else "territory"
        weight = WEIGHTS[level] if perimeter in (0, CURRENT) else OLDER * WEIGHTS[level]
        found[area] = max(found[area], weight)
    return found


def areas_of(
    communes: tuple[str, ...],
) -> tuple[dict[Place, int], list[list[int]], list[tuple[int, list[int]]]]:
    """Distinct areas of all levels and perimeters, the communes of each, and which add up to which.

    Areas of the same communes are one: territories that did not change, Lille and its territory.
    """
    index = {code: i for i, code in enumerate(communes)}
    places: dict[Place, int] = {(code, 0): i for code, i in index.items()}
    areas: list[list[int]] = [[i] for i in range(len(communes))]
    known = {frozenset(area): i for i, area in enumerate(areas)}
    sums: set[tuple[int, tuple[int, ...]]] = set()

    def place(inside: frozenset[int]) -> int:
        if inside not in known:
            known[inside] = len(areas)
            areas.append(sorted(inside))
            sums.add((known[inside], tuple(sorted(inside))))
        return known[inside]

    before: dict[str, int] = {}
    for perimeter in PERIMETERS:
        belongs = members(perimeter)
        for territory in sorted(set(belongs.values())):
            inside = frozenset(index[code] for code, other in belongs.items() if other == territory and code in index)
            places[territory, perimeter] = place(inside)
        whole = frozenset(index[code] for code in belongs if code in index)
        places[METROPOLE, perimeter] = place(whole)
        now = {code: places[code, perimeter] for code in sorted({*belongs.values(), METROPOLE})}
        parts = tuple(area for code, area in now.items() if code != METROPOLE)
        sums.add((now[METROPOLE], parts))
        for code, area in before.items():
            if entered := set(areas[now[code]]) - set(areas[area]):
                sums.add((now[code], (area, *sorted(entered))))
        before = now
    return places, areas, [(total, list(parts)) for total, parts in sorted(sums) if parts != (total,)]
