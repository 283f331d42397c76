"""What a title between the rows of a table, or the name of its sheet, says of the rows below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from layers.recognition.contents import is_refusal
from layers.recognition.titles import ASKED, GRANT, GUARANTEE, IN_KIND, LOAN

REFUSED: Final = "refused"
ACCEPTED: Final = "accepted"
"""No to a request; yes, or for what, which alone does not tell a grant from a loan."""
_LONGEST: Final = 120
_BEFORE = re.compile(
    r"^[\W\d_]*(?:[IVX]{1,4}\s*[-.)–]\s*|[A-Z][.)]\s*)?(?:(?:liste|[ée]tat|total|montant)s?\s+des?\s+)?"
)
"""The number of a part, and what it is a list of."""
_KINDS: Final = (
    (GUARANTEE, re.compile(r"(?:contre-?)?garanties?\b|cautions?\b|cautionnements?\b", re.IGNORECASE)),
    (LOAN, re.compile(r"pr[êe]ts?\b(?! à\b)|avances? (?:remboursables?|de tr[ée]sorerie)", re.IGNORECASE)),
    (
        IN_KIND,
        re.compile(
            r"(?:(?:prestations?|aides?|avantages?|concours|valorisations?)(?: des?)? )?"
            r"(?:en nature|mises? [àa] dispo)",
            re.IGNORECASE,
        ),
    ),
)
_OF_GRANTS = re.compile(r"subvention|num[ée]raire", re.IGNORECASE)
_ACCEPTED = re.compile(
    r"accord[ée]|accept[ée]|favorable|retenu|vot[ée]|attribu|fonctionnement|investissement", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:(?:subventions?|aides?|montants?|sommes?|projets?|dossiers?) )?"
    r"(?:demand[ée]e?s?|sollicit[ée]e?s?|propos[ée]e?s?|propositions?)"
    r"(?: (?:en |pour )?(?:19|20)\d\d)?\W*",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<![\d,.])(?:199\d|20[0-4]\d)(?![\d,.]*\d)")
_AT_AN_EDGE = re.compile(r"^\W*(?:199\d|20[0-4]\d)(?!\w)|(?<!\w)(?:199\d|20[0-4]\d)\W*$")
_DAY = re.compile(
    r"€|\beuros?\b|\d[/.-]\d|\b(?:janv|f[ée]vr?|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)", re.IGNORECASE
)
_REQUESTS = re.compile(r"(?:dossiers?|demandes?|projets?|associations?|subventions?|aides?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Under:
    """What the titles above a row say of it: what it is (`said`), by which title; the year, 0 where none does."""

    kind: str = ""
    title: str = ""
    year: int = 0


NOTHING: Final = Under()


def said(text: str) -> str:
    """What a title says: a form of aid, `REFUSED`, `ASKED`, `GRANT`, `ACCEPTED`; empty where it says none of that.

    >>> said("II - Garanties d'emprunt"), said("Dossiers refusés"), said("Subventions et prêts"), said("CULTURE")
    ('guarantee', 'refused', 'grant', '')
    """
    plain = _BEFORE.sub("", " ".join(text[:_LONGEST].split()))
    if is_refusal(_REQUESTS.sub("", plain, count=1)):
        return REFUSED
    if _ASKED.fullmatch(plain):
        return ASKED
    if _OF_GRANTS.search(plain):
        return GRANT
    kind = next((kind for kind, form in _KINDS if form.match(plain)), "")
    return kind or (ACCEPTED if _ACCEPTED.search(plain) else "")


def under(texts: Sequence[str], before: Under = NOTHING) -> Under:
    """What the last of some titles says of the rows below; what was said *before*, where none says it.

    >>> under(["II - Garanties d'emprunt", "Votées en 2022"])
    Under(kind='guarantee', title="II - Garanties d'emprunt", year=2022)
    """
    for text in texts:
        kind, year = said(text), _year(text)
        if kind and not (kind == ACCEPTED and before.kind in (GUARANTEE, LOAN, IN_KIND)):
            before = replace(before, kind=kind, title=text.strip())
        if year:
            before = replace(before, year=year)
    return before


def _year(text: str) -> int:
    """The year that a title ends or begins with, 0 where it has none, several, or a day.

    >>> _year("Subventions 2021"), _year("Conseil du 12 juin 2021"), _year("2021 et 2022"), _year("de 2000 €")
    (2021, 0, 0, 0)
    """
    plain = " ".join(text.split())
    found = set(_YEARS.findall(plain))
    edge = _AT_AN_EDGE.search(plain) is not None
    return int(found.pop()) if len(found) == 1 and edge and len(plain) <= _LONGEST and not _DAY.search(plain) else 0
