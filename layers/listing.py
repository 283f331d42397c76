"""Legal units that lists say are of the ESS: what Sirene's own rule takes into account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from layers.ess_rule import CATEGORY, FLAG, LIST
from layers.release import Release

SIRENE: Final = "sirene"


def reasons(base: Release | None, incoming: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, str]:
    """Reasons (``liste``, ``esus``, ``manual``; several parted by spaces) by SIREN.

    From the structures of the current release and of the other files of the command, those of Sirene itself apart. A
    list without reasons of its own counts as ``liste``.
    """
    frames = [tables["actors"] for tables in incoming if "actors" in tables]
    if base is not None and not base.demonstration:
        frames.append(base.actors)
    found: dict[str, set[str]] = {}
    for frame in frames:
        told = frame[frame["siren"].notna() & frame["source"].ne(SIRENE) & frame["ess"].eq("yes")]
        for siren, said in zip(told["siren"], told["reasons"].fillna(LIST), strict=True):
            found.setdefault(str(siren), set()).update(set(str(said).split()) - {CATEGORY, FLAG})
    return {siren: " ".join(sorted(said)) for siren, said in found.items() if said}
