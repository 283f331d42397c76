"""Where the structures already known have their establishments: what places a grant whose file gives only a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Register:
    """INSEE code of the commune by SIRET, and by SIREN where all the establishments of the unit are in one commune.

    Only the structures of the metropole are there: a number that is not in it says nothing.
    """

    establishments: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def known(base: Release | None, incoming: Iterable[Mapping[str, pd.DataFrame]]) -> Register | None:
    """The register of a release and of the other files of the command, by the latest year; None where it is empty."""
    frames = [tables["actors"] for tables in incoming if "actors" in tables]
    if base is not None and not base.demonstration:
        frames.append(base.actors)
    frames = [frame[["siret", "siren", "commune", "year"]] for frame in frames if len(frame)]
    if not frames:
        return None
    told = pd.concat(frames, ignore_index=True).dropna(subset=["commune"])
    told = told.sort_values(["year", "commune"], kind="stable")
    latest = told.dropna(subset=["siret"]).drop_duplicates("siret", keep="last")
    alone = pd.concat([latest, told[told["siret"].isna()]]).dropna(subset=["siren"])
    places = alone.groupby("siren")["commune"].agg(["first", "nunique"])
    units = places.loc[places["nunique"].eq(1), "first"]
    return Register(_by_number(latest.set_index("siret")["commune"]), _by_number(units))


def _by_number(communes: pd.Series) -> dict[str, str]:
    return {str(number): str(commune) for number, commune in communes.items()}
