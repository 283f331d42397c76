"""Where the structures of a directory stand on the map, and with what precision: never a place that is not known.

Those at an address have a point; those of which only the commune is known are counted at the label point of their
commune; the others have no place at all.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dashboard import geometry
from geodata.perimeter import CURRENT
from layers import directory

if TYPE_CHECKING:
    from layers.directory import Directory, Mask
    from layers.release import Release


@dataclass(frozen=True, eq=False)
class Places:
    """Places of the rows of a directory, in its order.

    ``points``: x and y on the grid of the map, meaningless unless ``exact``. ``communes``: code, or "" where none.
    """

    points: npt.NDArray[np.int64]
    exact: Mask
    communes: npt.NDArray[Any]

    def tally(self, shown: Mask) -> tuple[int, int, int]:
        """How many of the rows shown are at an address, at their commune, nowhere."""
        in_commune = ~self.exact & (self.communes != "")
        rest = ~self.exact & (self.communes == "")
        return tuple(int(np.count_nonzero(shown & part)) for part in (self.exact, in_commune, rest))  # type: ignore[return-value]

    def by_commune(self, shown: Mask) -> dict[str, int]:
        """Rows shown by commune, whatever their precision; the largest first."""
        codes, counts = np.unique(self.communes[shown & (self.communes != "")].astype(str), return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return {str(codes[i]): int(counts[i]) for i in order}


def places(release: Release, year: int | None, ess: str) -> Places:
    """Places of a directory, made once."""
    year = directory.held_year(release, year, ess)
    found: Places = release.cache.get(
        ("places", year, ess), lambda: _places(release, directory.directory(release, year, ess))
    )
    return found


def _places(release: Release, held: Directory) -> Places:
    frame = held.frame
    drawn = geometry.drawing(release, CURRENT).paths.communes
    told = frame["longitude"].notna() & frame["latitude"].notna() & frame["position"].eq("address").fillna(value=False)
    exact = np.asarray(told, dtype=bool)
    points = np.zeros((len(frame), 2), dtype=np.int64)
    if exact.any():
        points[exact] = geometry.place(
            release, frame.loc[exact, "longitude"].to_numpy(), frame.loc[exact, "latitude"].to_numpy()
        )
    known = frame["commune"].where(frame["commune"].isin(list(drawn)), "").fillna("")
    return Places(points, exact, known.to_numpy(dtype=object))


def packed(release: Release, year: int | None, ess: str) -> bytes:
    """All the structures of a directory for the map, as JSON: the same for every choice.

    ``keys``, ``names``; ``points``: x, y in turn, -1 where there is no address; ``where``: place in ``communes``, -1
    where there is none; ``communes``: code, name, x, y of the label point.
    """
    year = directory.held_year(release, year, ess)
    found: bytes = release.cache.get(("points", year, ess), lambda: _packed(release, year, ess))
    return found


def _packed(release: Release, year: int | None, ess: str) -> bytes:
    frame, put = directory.directory(release, year, ess).frame, places(release, year, ess)
    drawn = geometry.drawing(release, CURRENT).paths.communes
    names = release.geography.communes["name"]
    at = {code: i for i, code in enumerate(drawn)}
    content = {
        "keys": frame["key"].tolist(),
        "names": frame["name"].tolist(),
        "points": np.where(put.exact[:, None], put.points, -1).reshape(-1).tolist(),
        "where": [at.get(code, -1) for code in put.communes],
        "communes": [[code, str(names[code]), shape.x, shape.y] for code, shape in drawn.items()],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def bits(shown: Mask) -> str:
    """Which rows are shown, one bit each, the first the highest of its byte, in base 64."""
    return base64.b64encode(np.packbits(shown).tobytes()).decode("ascii")
