"""Size classes of establishments, wide enough to hold those of Sirene and those of Flores alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from layers.headings import normalised


@dataclass(frozen=True, slots=True)
class SizeClass:
    """One class: its label in French, and the codes of Sirene and of Flores that it holds."""

    label: str
    sirene: tuple[str, ...]
    flores: tuple[str, ...]


SIZE_CLASSES: Final[Mapping[str, SizeClass]] = {
    "0": SizeClass("0 salarié", ("00",), ("E0",)),
    "1-9": SizeClass("1 à 9 salariés", ("01", "02", "03"), ("E1T4", "E5T9", "E1T9")),
    "10-19": SizeClass("10 à 19 salariés", ("11",), ("E10T19",)),
    "20-49": SizeClass("20 à 49 salariés", ("12",), ("E20T49",)),
    "50-99": SizeClass("50 à 99 salariés", ("21",), ("E50T99",)),
    "100-plus": SizeClass(
        "100 salariés et plus",
        ("22", "31", "32", "41", "42", "51", "52", "53"),
        ("E100T199", "E200T499", "E_GE500", "E_GE100"),
    ),
}


def size_class_of(text: str) -> str | None:
    """Slug of a size class written as its slug, its label, or a code of Sirene or Flores; None where it is none."""
    said = normalised(text)
    for slug, known in SIZE_CLASSES.items():
        words = (slug, known.label, *known.flores)
        if text.strip() in known.sirene or said in {normalised(word) for word in words}:
            return slug
    return None
