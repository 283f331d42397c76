"""Whether an establishment belongs to the ESS, and what says so (domain.md, section 1).

One rule for every source: active, activity of the *establishment* not excluded, and legal category of the ESS, or
flag O of Sirene, or presence in a list. Natural persons and bodies of public law are never of the ESS: the law of
31 July 2014 speaks of legal persons of private law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from layers.cache import Remembered
from layers.ess import ape_excluded, family_of, legal_categories

YES, REVIEW, NO = "yes", "to_review", "no"
CATEGORY, FLAG, LIST, ESUS, MANUAL = "cj", "flag", "liste", "esus", "manual"
FLAG_OR_LIST: Final = "est_ess"
"""What the Annuaire des entreprises says: in the list of ESS France or flag O of Sirene, without telling which."""
REASONS: Final = (CATEGORY, FLAG, LIST, FLAG_OR_LIST, ESUS, MANUAL)
CATEGORY_YES_FLAG_NO: Final = "category_yes_flag_no"
COMMERCIAL: Final = "societe_commerciale_ess"

NATURAL_PERSON: Final = "1"
PUBLIC_LAW: Final = ("4", "7")
"""Of public law, ruled by trade (offices of social housing, local public companies) or by administration."""
COMPANY: Final = "5"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule says of one establishment.

    Attributes
    ----------
    ess : ``yes``, ``to_review`` (a legal category still to be confirmed, and nothing else says yes) or ``no``.
    reasons : sources that say yes, among `REASONS`, sorted.
    family : slug of the family, None where nothing tells it.
    conflict : ``category_yes_flag_no`` where the legal category says yes and Sirene no: counted, and to be looked at.
    """

    ess: str
    reasons: tuple[str, ...] = ()
    family: str | None = None
    conflict: str | None = None


NOT_ESS: Final = Judgement(NO)


def judge(
    legal_category: str | None,
    ape: str | None,
    flag: str | None = None,
    lists: Iterable[str] = (),
    *,
    active: bool = True,
) -> Judgement:
    """Apply the rule to one establishment.

    Parameters
    ----------
    legal_category : level III, four digits.
    ape : activity of the establishment, NAF rev. 2; absent or unreadable, it excludes nothing.
    flag : ``economieSocialeSolidaireUniteLegale``: O, N, or nothing, which means unknown.
    lists : which of ``liste``, ``est_ess``, ``esus``, ``manual`` name its legal unit.
    active : whether establishment and legal unit are.
    """
    if not active:
        return NOT_ESS
    category, said = (legal_category or "").strip(), (flag or "").strip().upper()
    return _remembered(category, ape or "", said, tuple(sorted(set(lists))))


def _judged(category: str, ape: str, flag: str, lists: tuple[str, ...]) -> Judgement:
    if category.startswith((NATURAL_PERSON, *PUBLIC_LAW)) or ape_excluded(ape):
        return NOT_ESS
    by_category = is_of_ess(category)
    reasons = sorted({*lists, *([CATEGORY] if by_category else []), *([FLAG] if flag == "O" else [])})
    family = family_of(category) or (COMMERCIAL if category.startswith(COMPANY) else None)
    if reasons:
        conflict = CATEGORY_YES_FLAG_NO if by_category and flag == "N" else None
        return Judgement(YES, tuple(reasons), family, conflict)
    if category in to_confirm():
        return Judgement(REVIEW)
    return NOT_ESS


_remembered: Final[Remembered[Judgement]] = Remembered("judgements", _judged, most=16_384, longest=40)


def is_of_ess(legal_category: str) -> bool:
    """Whether a legal category is one of the ESS by itself."""
    return family_of(legal_category) is not None


def to_confirm() -> frozenset[str]:
    """Legal categories that the reference table leaves to be confirmed."""
    return frozenset(code for code, category in legal_categories().items() if not category.confirmed)
