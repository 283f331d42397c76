"""Where the structures already known have their establishments: what places a grant whose file gives only a number.

What the company-search API answered (`layers.lookups`) completes what the lists say, and contradicts none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from geodata import gazetteer as gazetteers
from geodata.attach import Attacher
from geodata.names import normalise

if TYPE_CHECKING:
    from geodata.geography import Geography
    from layers.lookups import Lookup, Lookups
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Register:
    """INSEE code of the commune by SIRET, and by SIREN where all the establishments of the unit are in one commune.

    The lists hold the structures of the metropole only: a number that is not in them says nothing; a commune of
    elsewhere comes from a lookup. ``associations`` gives the commune by RNA number, ``names`` by normalised name where
    all the structures of that name are in one commune, ``ess`` holds the SIRET, SIREN, RNA numbers and normalised names
    of the structures that are of the ESS, ``families`` the family of those that a lookup tells of.
    """

    establishments: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    associations: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    ess: frozenset[str] = frozenset()
    families: Mapping[str, str] = field(default_factory=dict)

    def is_of_ess(self, *numbers: str | None) -> bool:
        """Whether one of these numbers is that of a structure of the ESS."""
        return any(number in self.ess for number in numbers if number)

    def family(self, *numbers: str | None) -> str | None:
        """The family that a lookup tells by one of these numbers; None where none does."""
        return next((self.families[number] for number in numbers if number and number in self.families), None)

    def place(self, siren: str | None, rna: str | None, name: str) -> tuple[str | None, str | None]:
        """Commune of a structure by its SIREN, its RNA number, then its exact name, and which of them told it."""
        told = ((self.units, siren, "siren"), (self.associations, rna, "rna"), (self.names, plain_name(name), "name"))
        for communes, key, way in told:
            if key and key in communes:
                return communes[key], way
        return None, None


def plain_name(name: str) -> str:
    """A name by which a structure is known again: without accents, capitals, punctuation nor leading legal form.

    >>> plain_name("Association Les Jardins d’Essai") == plain_name("Jardins d'essai (Les)")
    True
    """
    return _FORM.sub("", normalise(name))


_FORM = re.compile(r"^(?:(?:ASSOCIATION|ASSOC|ASSO|ASS) (?:LOI (?:DE )?1901 )?)(?:L |LE |LA |LEZ )?(?=.)")


def known(
    base: Release | None, incoming: Iterable[Mapping[str, pd.DataFrame]], lookups: Lookups | None = None
) -> Register | None:
    """The register of a release, of the other files of the command and of lookups, by the latest year.

    None where it is empty.
    """
    frames = [tables["actors"] for tables in incoming if "actors" in tables]
    if base is not None and not base.demonstration:
        frames.append(base.actors)
    frames = [frame[["siret", "siren", "rna", "name", "commune", "year", "ess"]] for frame in frames if len(frame)]
    if not frames:
        return _completed(Register(), frozenset(), lookups) if lookups else None
    told = pd.concat(frames, ignore_index=True).dropna(subset=["commune"])
    told = told.assign(plain=told["name"].fillna("").map(plain_name).replace("", pd.NA))
    told = told.sort_values(["year", "commune"], kind="stable")
    latest = told.dropna(subset=["siret"]).drop_duplicates("siret", keep="last")
    alone = pd.concat([latest, told[told["siret"].isna()]]).dropna(subset=["siren"])
    listed = Register(
        _by_number(latest.set_index("siret")["commune"]),
        _by_number(_alone(alone, "siren")),
        _by_number(_alone(told, "rna")),
        _by_number(_alone(told, "plain")),
        _numbers(told[told["ess"].eq("yes")]),
    )
    return _completed(listed, _numbers(told), lookups or {})


def _numbers(told: pd.DataFrame) -> frozenset[str]:
    return frozenset(str(number) for column in ("siret", "siren", "rna", "plain") for number in told[column].dropna())


def _completed(listed: Register, said: frozenset[str], lookups: Lookups) -> Register:
    """A register with what lookups say of the numbers and names that its lists do not bear (*said*)."""
    told = ((*one.key.partition(":"), one) for one in lookups.values())
    new = [(way, text, one) for way, _, text, one in told if text not in said]

    def placed(way: str) -> dict[str, str]:
        return {text: one.commune for kind, text, one in new if kind == way and one.commune}

    return replace(
        listed,
        units={**placed("siren"), **listed.units},
        associations={**placed("rna"), **listed.associations},
        names={**placed("name"), **listed.names},
        ess=listed.ess.union(*(_known_as(text, one) for _, text, one in new if one.is_of_ess)),
        families={number: one.family for _, text, one in new if one.family for number in _known_as(text, one)},
    )


def attacher(geography: Geography, told: Lookups, registered: Register | None = None) -> Attacher:
    """What places rows by what they say, by the structures that are known, and by what a public register answered."""
    answers = {one.key.partition(":")[2]: one.commune for one in told.values() if one.commune}
    listed = registered or Register()
    return Attacher(gazetteers.load(), geography, listed.establishments, listed.units, answers)


def _known_as(text: str, found: Lookup) -> frozenset[str]:
    return frozenset(number for number in (text, found.siren) if number)


def _alone(told: pd.DataFrame, number: str) -> pd.Series:
    """The commune of each number that has only one."""
    places = told.dropna(subset=[number]).groupby(number)["commune"].agg(["first", "nunique"])
    only: pd.Series = places.loc[places["nunique"].eq(1), "first"]
    return only


def _by_number(communes: pd.Series) -> dict[str, str]:
    return {str(number): str(commune) for number, commune in communes.items()}
