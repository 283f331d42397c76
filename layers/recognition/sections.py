"""What a title between the rows of a table, or the name of its sheet, says of the rows below it."""

from __future__ import annotations

import re
from typing import Final

from layers.recognition.contents import is_refusal
from layers.recognition.titles import GRANT, GUARANTEE, IN_KIND, LOAN

REFUSED: Final = "refused"
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
_OF_GRANTS = re.compile(
    r"subvention|num[ée]raire|accord[ée]|accept[ée]|favorable|retenu|vot[ée]|attribu|fonctionnement|investissement",
    re.I,
)
_REQUESTS = re.compile(r"(?:dossiers?|demandes?|projets?|associations?|subventions?|aides?)\s+", re.IGNORECASE)


def said(text: str) -> str:
    """What a title says: a form of aid, `REFUSED`, `GRANT` again; empty where it says nothing of that.

    >>> said("II - Garanties d'emprunt"), said("Dossiers refusés"), said("Subventions et prêts"), said("CULTURE")
    ('guarantee', 'refused', 'grant', '')
    """
    plain = _BEFORE.sub("", " ".join(text[:_LONGEST].split()))
    if is_refusal(_REQUESTS.sub("", plain, count=1)):
        return REFUSED
    if _OF_GRANTS.search(plain):
        return GRANT
    return next((kind for kind, form in _KINDS if form.match(plain)), "")
