"""The legal form that a name states: what proves a family of the ESS, what only suggests one, and what denies it.

A form proves at the head of the name, or as an acronym of the law anywhere. A body that is usually an association
(club, amicale, comité des fêtes) is only suggested: municipalities and companies have some too. Forms of companies and
associations of public or private property (associations syndicales, foncières) deny.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from layers.public_bodies import plain_name

ASSOCIATION: Final = "association"
COOPERATIVE: Final = "cooperative"
MUTUELLE: Final = "mutuelle"
FONDATION: Final = "fondation"


@dataclass(frozen=True, slots=True)
class StatedForm:
    """Family by the slug of `layers.ess.FAMILIES`; *proves*: the name is enough; *words*: those that say it."""

    family: str
    proves: bool
    words: str


_Pattern = tuple[str, re.Pattern[str]]


def _patterns(*declared: tuple[str, str]) -> tuple[_Pattern, ...]:
    return tuple((family, re.compile(words)) for family, words in declared)


# Not of the family that the words seem to say: property owners, lawyers, childminders, companies.
_DENIED: Final = re.compile(
    r"(?:ASSOCIATION|ASSOC|ASSO|ASS) (?:SYNDICALE|FONCIERE|D? ?AVOCATS|EN PARTICIPATION|MAT(?:ERNELLES?)?\b)"
    r"|(?:ASSOCIATION|ASSO) (?:ET|&) |ASS MAT\b|ASL\b|ASA\b|AFUL?\b|AARPI\b"
)
_COMPANIES: Final = "SARL|SASU?|EURL|SCI|SNC|SELARL|SELAS|SCM|GMBH|LTD|EIRL|GIE"
_IS_COMPANY: Final = re.compile(rf"(?:SA|{_COMPANIES})\b|.*\b(?:SA|{_COMPANIES})$")
_NAMES_COMPANY: Final = re.compile(rf".*\b(?:{_COMPANIES})\b")
# The head of the name states the form.
_HEAD: Final = _patterns(
    (ASSOCIATION, r"(?:L )?(?:ASSOCIATIONS?|ASSOC|ASSO|ASS)\b"),
    (ASSOCIATION, r"(?:MAISON FAMILIALE RURALE|MFR(?:EO)?|OGEC|AMAP)\b"),
    (COOPERATIVE, r"(?:SCOP|SCIC|CAE|CUMA)\b"),
    (COOPERATIVE, r"(?:(?:SA|SARL|SAS|UNION DE|SOCIETE|STE|SOC) )?(?:ANONYME )?COOPERATIVES?\b(?! SCOLAIRE)"),
    (MUTUELLE, r"(?:MUTUELLE|UNION (?:DE |DES )?MUTUELLES|UNION MUTUALISTE|MUTUALITE FRANCAISE)\b"),
    (FONDATION, r"(?:FONDATION|FONDS DE DOTATION|FDD)\b"),
)
# Words of the law that stand anywhere, unless a preposition makes them the object of another body.
_ANYWHERE: Final = _patterns(
    (
        ASSOCIATION,
        r"\bASSOCIATION (?:DE LA |DE )?LOI (?:DE |DU 1ER JUILLET )?1901\b|\bLOI (?:DE |DU 1ER JUILLET )?1901\b",
    ),
    (COOPERATIVE, r"\b(?:SCOP|SCIC|CUMA)\b|\bSOCIETE COOPERATIVE\b|\b(?:SA|SARL|SAS) COOPERATIVE\b"),
    (FONDATION, r"\bFONDS DE DOTATION\b"),
)
_OF_ANOTHER: Final = re.compile(r"(?:^| )(?:DES?|DU|D|LES|LA|AUX?|POUR|EN|ET) $")
# Usual names of associations, and words that may be a trade name.
_SUGGESTED: Final = _patterns(
    (MUTUELLE, r".*\bMUTUELLE$"),
    (ASSOCIATION, r"(?:LES )?(?:AMICALE|AMIS|COMITE|CLUB|FEDERATION|UNION SPORTIVE|FOYER|COLLECTIF|CERCLE|HARMONIE)\b"),
    (
        ASSOCIATION,
        r"(?:MJC|MAISON DES JEUNES|CENTRE SOCIAL|UNION (?:DEPARTEMENTALE|REGIONALE|LOCALE)|ENTENTE|ECLAIREURS)\b",
    ),
    (
        ASSOCIATION,
        r"(?:CONFEDERATION|LIGUE|ENTRAIDE|SECOURS|COOPERATIVE SCOLAIRE|APEL?|ADMR|CROIX ROUGE|PARENTS D ELEVES)\b",
    ),
    (ASSOCIATION, r".*\b(?:ASSOCIATION|ASSO|MJC|AMICALE|CLUB)$"),
    (COOPERATIVE, r".*\b(?:CAE|SCA|COOPERATIVE)\b(?! SCOLAIRE)"),
)


def family_in(name: str | None) -> StatedForm | None:
    """Form that a name states, proved or suggested; None where it states none, or one that another form denies.

    >>> family_in("Association fictive"), family_in("Club de boules")
    (StatedForm(family='association', proves=True, words='ASSOCIATION'), \
StatedForm(family='association', proves=False, words='CLUB'))
    """
    plain = plain_name(name)
    if _DENIED.match(plain):
        return None
    found = _first(_HEAD, plain) or _standing(plain)
    is_company = _IS_COMPANY.match(plain)
    if found and not (is_company and found.family != COOPERATIVE):
        return found
    return None if is_company or _NAMES_COMPANY.match(plain) else _first(_SUGGESTED, plain, proves=False)


def proved_family(name: str | None) -> str | None:
    """Family that a name proves; None where it only suggests one."""
    found = family_in(name)
    return found.family if found and found.proves else None


def _first(patterns: Sequence[_Pattern], plain: str, *, proves: bool = True) -> StatedForm | None:
    found = ((family, pattern.match(plain)) for family, pattern in patterns)
    return next((StatedForm(family, proves, match[0].strip()) for family, match in found if match), None)


def _standing(plain: str) -> StatedForm | None:
    for family, pattern in _ANYWHERE:
        for match in pattern.finditer(plain):
            if not _OF_ANOTHER.search(plain[: match.start()]):
                return StatedForm(family, True, match[0])
    return None
