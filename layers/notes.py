"""What is to be known of a slice: French with named places, that an interface fills in its own language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from layers.rounding import whole

EMPTY: Final = "Cette publication n’a aucune donnée pour cet indicateur."
NO_SECTOR: Final = "Les sources de {year} ne donnent pas le secteur : filtre sans objet."
NO_FAMILY: Final = "Les sources de {year} ne donnent pas la famille : filtre sans objet."
OUTSIDE: Final = "n.d. (hors MEL) où la commune est entrée dans la métropole après {year} et n’en a rien reçu."
LATE: Final = (
    "En {year}, {communes} communes n’étaient pas encore dans la métropole et ne pouvaient rien en recevoir : le "
    "périmètre de {perimeter} communes les laisse de côté."
)
TAKEN_FOR_ZERO: Final = (
    "Communes sans aucune ligne dans la source de {year} : {communes}. Elle ne liste que ce qui n’est pas vide : elles "
    "comptent pour zéro."
)
LEFT_OUT: Final = (
    "Communes sans aucune ligne dans la source de {year} : {communes}. Elles sont n.d., et les totaux les laissent de "
    "côté."
)
FEW: Final = "Non calculé (n.d.) où il y a moins de {least} {counted}."
FAR: Final = (
    "Non calculé (n.d.) : ce qui divise n’est connu au plus près qu’en {nearest}, à plus de {furthest} ans de {year}."
)
WITHDRAWN: Final = (
    "Chiffres de {year} retirés de cette publication : la publication montrée, {instead}, en donne d’autres, et la "
    "différence dirait ceux de quelques établissements. Ils se lisent à la même adresse sans « release »."
)
NO_CUT: Final = "{dimension} : filtre sans objet pour cet indicateur."
NOT_TOLD: Final = "{dimension} : les sources de {year} ne le disent pas, filtre sans objet."
BENEFICIARY: Final = (
    "Taille, emploi et quartier sont ceux du bénéficiaire, à la dernière année où une liste le décrit : pas ceux du "
    "projet."
)
_UNKNOWN: Final = {
    "sector": ("Secteur inconnu", "aucun secteur"),
    "family": ("Famille inconnue", "aucune famille"),
    "size": ("Tranche d’effectifs inconnue", "aucune tranche"),
    "employer": ("Qualité d’employeur inconnue", "aucun des choix"),
    "qpv": ("Situation en quartier prioritaire inconnue", "aucun des choix"),
    "instrument": ("Dispositif inconnu", "aucun dispositif"),
}
"""What is not known, and what it is in none of, by dimension."""
UNTOLD: Final = {
    key: tuple(
        f"{what} pour {part} de la métropole : cette part n’est dans {none}."
        for part in ("{percent} %", "moins de 1 %")
    )
    for key, (what, none) in _UNKNOWN.items()
}
"""How much of the whole is not known, by dimension: in percent, and under one."""
UNTOLD_OF_GRANTS: Final = {
    key: tuple(
        f"{what} pour {part} du total, avec ce qui n’a pas de commune : cette part n’est dans {none}."
        for part in ("{percent} %", "moins de 1 %")
    )
    for key, (what, none) in _UNKNOWN.items()
    if key in ("size", "employer", "qpv")
}
"""The same of grants, which have it from their beneficiary: many that are not matched have no commune either."""
TEXTS: Final = (
    EMPTY,
    NO_SECTOR,
    NO_FAMILY,
    OUTSIDE,
    LATE,
    TAKEN_FOR_ZERO,
    LEFT_OUT,
    FEW,
    FAR,
    WITHDRAWN,
    NO_CUT,
    NOT_TOLD,
    BENEFICIARY,
    *(text for pair in (*UNTOLD.values(), *UNTOLD_OF_GRANTS.values()) for text in pair),
)
LEAST: Final = 0.01


@dataclass(frozen=True, slots=True)
class Note:
    """One of `TEXTS`, and what its places hold: numbers, or French texts of a registry; as a text it is French."""

    text: str
    values: tuple[tuple[str, int | str], ...] = field(default=())

    def told(self, say: Callable[[str], str]) -> str:
        """The note in the language of ``say``, which translates a French text."""
        return say(self.text).format(**{key: say(v) if isinstance(v, str) else v for key, v in self.values})

    def __str__(self) -> str:
        return self.told(str)


def note(text: str, **values: int | str) -> Note:
    """A note of a text and of what its places hold."""
    return Note(text, tuple(sorted(values.items())))


def not_known(key: str, part: float, texts: Mapping[str, tuple[str, ...]] = UNTOLD) -> list[Note]:
    """How much of the whole no source tells of a dimension, whatever the slice shows of the rest; nothing for none."""
    if part <= 0:
        return []
    some, little = texts[key]
    return [note(little)] if part < LEAST else [note(some, percent=whole(100 * part))]
