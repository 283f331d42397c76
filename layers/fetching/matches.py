"""What an answer of the company-search API says of a beneficiary: its unit, its commune, whether it is of the ESS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from layers import ess_rule
from layers.fetching.units import HIDDEN, PARTIAL
from layers.lookups import ABSENT, FOUND, SEVERAL, Lookup
from layers.register import plain_name
from layers.sought import NAME, RNA, SIREN, SIRET, key

ACTIVE: Final = "A"
SHOWN: Final = 5
_SHORT = re.compile(r"^(.*\S)\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Establishment:
    """One establishment: its SIRET, its commune (INSEE code, empty abroad), whether it is open."""

    siret: str
    commune: str
    label: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Match:
    """One unit of an answer; ``names`` are those by which it may be known, as they are compared."""

    siren: str
    name: str
    names: frozenset[str]
    rna: str
    category: str
    ape: str
    is_said_of_ess: bool
    is_shown: bool
    open_ones: int
    establishments: tuple[Establishment, ...]

    @property
    def is_person(self) -> bool:
        """Whether it is a natural person, of whom nothing is kept."""
        return self.category.startswith(ess_rule.NATURAL_PERSON)

    @property
    def commune(self) -> str:
        """The commune where all its establishments are, of those that are open where some are; empty otherwise."""
        open_ones = [one for one in self.establishments if one.is_open]
        communes = {one.commune for one in open_ones or self.establishments}
        return communes.pop() if len(communes) == 1 and self.open_ones <= len(open_ones) else ""


def match(result: Mapping[str, Any]) -> Match:
    """One result; raises `layers.fetching.units.UNREADABLE` where it has not the form that the API describes."""
    extra = result.get("complements") or {}
    written = [_text(result.get(field)) for field in ("nom_complet", "nom_raison_sociale")]
    bare = [found[1] for text in written if (found := _SHORT.match(text))]
    listed = [result["siege"], *(result.get("matching_etablissements") or [])]
    several = {one.siret: one for one in map(_establishment, filter(None, listed))}
    shown = PARTIAL not in (
        result.get("statut_diffusion"),
        (result["siege"] or {}).get("statut_diffusion_etablissement"),
    )
    return Match(
        siren=str(result["siren"]),
        name=next((text for text in written if text), ""),
        names=frozenset(plain_name(text) for text in (*written, *bare) if text),
        rna=_text(extra.get("identifiant_association")),
        category=_text(result.get("nature_juridique")),
        ape=_text(result.get("activite_principale")),
        is_said_of_ess=extra.get("est_ess") is True,
        is_shown=shown,
        open_ones=int(result.get("nombre_etablissements_ouverts") or 0),
        establishments=tuple(several.values()),
    )


def answer(way: str, text: str, found: Sequence[Match], day: str, *, whole: bool) -> Lookup:
    """What a question is answered by these units; *whole*: no other answers it."""
    name = key(way, text)
    units = list({one.siren: one for one in found if _is_meant(way, text, one)}.values())
    if not units:
        return Lookup(name, day, ABSENT if whole else SEVERAL)
    if len(units) > 1 or not whole:
        return Lookup(name, day, SEVERAL, candidates=_told(units))
    (unit,) = units
    commune = _of_establishment(unit, text) if way == SIRET else unit.commune
    judged = ess_rule.judge(unit.category, unit.ape, None, (ess_rule.FLAG_OR_LIST,) if unit.is_said_of_ess else ())
    is_of_ess = judged.ess == ess_rule.YES
    return Lookup(
        name,
        day,
        FOUND if commune else SEVERAL,
        commune,
        unit.siren,
        (judged.family or "") if is_of_ess else "",
        is_of_ess,
        () if commune else _told(units),
    )


def is_exact(name: str, found: Match) -> bool:
    """Whether a legal person has this very name, as names are compared."""
    return not found.is_person and plain_name(name) in found.names


def _is_meant(way: str, text: str, found: Match) -> bool:
    if way == SIRET:
        return any(one.siret == text for one in found.establishments)
    return {SIREN: found.siren == text, RNA: found.rna == text, NAME: is_exact(text, found)}[way]


def _of_establishment(unit: Match, siret: str) -> str:
    return next(one.commune for one in unit.establishments if one.siret == siret)


def _told(units: Iterable[Match]) -> tuple[str, ...]:
    """Units, or the communes of the only one, in words; nothing of persons nor of units in partial diffusion."""
    named = [f"{one.name} ({one.siren}) : {_places(one)}" for one in units if one.is_shown and not one.is_person]
    more = f"et {len(named) - SHOWN} autres"
    return (*named[:SHOWN], more) if len(named) > SHOWN else tuple(named)


def _places(unit: Match) -> str:
    places = list(dict.fromkeys(one.label for one in unit.establishments if one.label))
    more = "…" if len(places) > SHOWN or unit.open_ones > len(unit.establishments) else ""
    return ", ".join(places[:SHOWN]) + more or "lieu non dit"


def _establishment(found: Mapping[str, Any]) -> Establishment:
    commune = _text(found.get("commune"))
    return Establishment(
        str(found["siret"]),
        commune,
        _text(found.get("libelle_commune")).title() or commune,
        found.get("etat_administratif") == ACTIVE,
    )


def _text(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return "" if text in HIDDEN else text
