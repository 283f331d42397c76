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

_SIRENE_LABELS: Final = {
    **{"non_employeur": "NN", "etablissement_non_employeur": "NN", "unite_non_employeuse": "NN", "0_salarie": "00"},
    **{"1_ou_2_salaries": "01", "3_a_5_salaries": "02", "6_a_9_salaries": "03", "10_a_19_salaries": "11"},
    **{"20_a_49_salaries": "12", "50_a_99_salaries": "21", "100_a_199_salaries": "22", "200_a_249_salaries": "31"},
    **{"250_a_499_salaries": "32", "500_a_999_salaries": "41", "1_000_a_1_999_salaries": "42"},
    **{"2_000_a_4_999_salaries": "51", "5_000_a_9_999_salaries": "52", "10_000_salaries_et_plus": "53"},
}


def sirene_class(text: str | None) -> str | None:
    """Code of Sirene of a size class, written as such or in words, as others publish it."""
    return _SIRENE_LABELS.get(normalised(text), text) if text else text


def size_class_of(text: str) -> str | None:
    """Slug of a size class written as its slug, its label, or a code of Sirene or Flores; None where it is none."""
    said = normalised(text)
    for slug, known in SIZE_CLASSES.items():
        words = (slug, known.label, *known.flores)
        if text.strip() in known.sirene or said in {normalised(word) for word in words}:
            return slug
    return None
