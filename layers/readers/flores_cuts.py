"""What tables drawn from Flores are cut by, and how they write it: sectors, families, classes of size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from layers.ess import FAMILIES, SECTORS, ape_code, sector_of
from layers.headings import normalised
from layers.size_classes import SIZE_CLASSES, size_class_of

DIVISION_DIGITS: Final = 2


def is_activity(text: str) -> bool:
    """Whether a text is the code of an activity in a nomenclature of Insee: « AZ », « C1 » or a division, « 88 »."""
    return len(text) == DIVISION_DIGITS and text.isalnum() and (text.isdigit() or text[0].isalpha())


def sector_is_out(text: str) -> bool:
    """Whether an activity is one that the ESS leaves out, as a division or an APE."""
    ape = ape_code(text) or (f"{text}00Z" if text.isdigit() and len(text) == DIVISION_DIGITS else None)
    return ape is not None and sector_of(ape) is None and ape[:2].isdigit()


def sector_in(text: str) -> str | None:
    """Slug of a sector by its name, a division (88) or an APE (88.99B); None for another text."""
    said = normalised(text)
    for slug, sector in SECTORS.items():
        if said in (normalised(slug), normalised(sector.label), normalised(sector.plural)):
            return slug
    if text.isdigit() and len(text) == DIVISION_DIGITS:
        return sector_of(f"{text}00Z")
    return sector_of(text)


def family_in(text: str) -> str | None:
    """Slug of a family by its name; None for another text."""
    said = normalised(text)
    for slug, family in FAMILIES.items():
        if said in (normalised(slug), normalised(family.label), normalised(family.plural)):
            return slug
    return None


@dataclass(frozen=True, slots=True)
class Cut:
    """A column that cuts a table: what reads its cells, and what is said of one that is of no class.

    *is_out* tells the cells that are well written and of nothing that is counted here.
    """

    key: str
    read: Callable[[str], str | None]
    fault: str
    remedy: str
    is_out: Callable[[str], bool] = lambda _text: False


def _one_of(labels: Iterable[str]) -> str:
    return f"Une de : {', '.join(labels)}."


_SECTORS: Final = "Un des douze secteurs, une division (88) ou un code APE (88.99B)."
CUTS: Final = (
    Cut("sector", sector_in, "secteur inconnu", _SECTORS, sector_is_out),
    Cut("family", family_in, "famille inconnue", _one_of(FAMILIES)),
    Cut(
        "size",
        size_class_of,
        "classe de taille inconnue ou trop large",
        _one_of(known.label for known in SIZE_CLASSES.values()),
    ),
)
KEYS: Final = tuple(cut.key for cut in CUTS)
