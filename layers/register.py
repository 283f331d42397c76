"""Where the structures already known have their establishments: what places a grant whose file gives only a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from geodata.names import normalise

if TYPE_CHECKING:
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Register:
    """INSEE code of the commune by SIRET, and by SIREN where all the establishments of the unit are in one commune.

    Only the structures of the metropole are there: a number that is not in it says nothing. ``associations`` gives the
    commune by RNA number, ``names`` by normalised name where all the structures of that name are in one commune,
    ``ess`` holds the SIRET, SIREN, RNA numbers and normalised names of the structures that are of the ESS.
    """

    establishments: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    associations: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    ess: frozenset[str] = frozenset()

    def is_of_ess(self, *numbers: str | None) -> bool:
        """Whether one of these numbers is that of a structure of the ESS."""
        return any(number in self.ess for number in numbers if number)

    def place(self, siren: str | None, rna: str | None, name: str) -> tuple[str | None, str | None]:
        """Commune of a structure by its SIREN, its RNA number, then its exact name, and which of them told it."""
        told = ((self.units, siren, "siren"), (self.associations, rna, "rna"), (self.names, plain_name(name), "name"))
        for communes, key, way in told:
            if key and key in communes:
                return communes[key], way
        return None, None


def plain_name(name: str) -> str:
    """A name by which a structure is known again: without accents, capitals, punctuation nor leading legal form."""
    return _FORM.sub("", normalise(name))


_FORM = re.compile(r"^(?:ASSOCIATION|ASSOC|ASSO|ASS) (?:LOI 1901 )?(?=.)")


def known(base: Release | None, incoming: Iterable[Mapping[str, pd.DataFrame]]) -> Register | None:
    """The register of a release and of the other files of the command, by the latest year; None where it is empty."""
    frames = [tables["actors"] for tables in incoming if "actors" in tables]
    if base is not None and not base.demonstration:
        frames.append(base.actors)
    frames = [frame[["siret", "siren", "rna", "name", "commune", "year", "ess"]] for frame in frames if len(frame)]
    if not frames:
        return None
    told = pd.concat(frames, ignore_index=True).dropna(subset=["commune"])
    told = told.assign(plain=told["name"].fillna("").map(plain_name).replace("", pd.NA))
    told = told.sort_values(["year", "commune"], kind="stable")
    latest = told.dropna(subset=["siret"]).drop_duplicates("siret", keep="last")
    alone = pd.concat([latest, told[told["siret"].isna()]]).dropna(subset=["siren"])
    of_ess = told[told["ess"].eq("yes")]
    return Register(
        _by_number(latest.set_index("siret")["commune"]),
        _by_number(_alone(alone, "siren")),
        _by_number(_alone(told, "rna")),
        _by_number(_alone(told, "plain")),
        frozenset(str(number) for column in ("siret", "siren", "rna", "plain") for number in of_ess[column].dropna()),
    )


def _alone(told: pd.DataFrame, number: str) -> pd.Series:
    """The commune of each number that has only one."""
    places = told.dropna(subset=[number]).groupby(number)["commune"].agg(["first", "nunique"])
    only: pd.Series = places.loc[places["nunique"].eq(1), "first"]
    return only


def _by_number(communes: pd.Series) -> dict[str, str]:
    return {str(number): str(commune) for number, commune in communes.items()}
