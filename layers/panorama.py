"""The indicators of a territorial diagnostic (domain, section 3), by number: which this project gives, and how.

Each is either an indicator of `layers.indicators`, or shown on a page of its own; what a release has not is named with
the file that would bring it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Asked:
    """One of them.

    ``indicator`` is its key where it is one of `layers.indicators`; else ``page`` is the path that shows it, empty
    where none does. ``lacks`` says in French what must be imported where the release cannot tell it.
    """

    number: int
    label: str
    lacks: str
    indicator: str = ""
    page: str = ""


_FLORES: Final = "un fichier Flores (Insee) des postes et établissements"
_EMPLOYERS: Final = "un fichier Flores de tous les employeurs"
_BY_SECTOR: Final = "un fichier Flores de tous les employeurs par secteur"
_SIRENE: Final = "le stock Sirene ou une liste d’établissements"
_GRANTS: Final = "un fichier de subventions, ou le modèle « appel-a-projets »"
_CALL: Final = "le modèle « appel-a-projets » rempli"
_JOBS: Final = "le modèle « emplois » rempli"

PANORAMA: Final[tuple[Asked, ...]] = (
    Asked(1, "Établissements de l’ESS", _SIRENE, "actors"),
    Asked(2, "Emplois de l’ESS", _FLORES, "jobs"),
    Asked(3, "Part de l’ESS dans l’emploi salarié", _EMPLOYERS, "ess_job_share"),
    Asked(4, "Part de l’ESS dans l’emploi privé", "un fichier Flores de l’emploi privé", "ess_private_job_share"),
    Asked(5, "Part de l’ESS dans les établissements employeurs", _EMPLOYERS, "ess_establishment_share"),
    Asked(6, "Densité d’emplois", _FLORES, "jobs_per_1000"),
    Asked(7, "Densité d’établissements", _SIRENE, "actors_per_1000"),
    Asked(8, "Quotient de localisation", _EMPLOYERS, "location_quotient"),
    Asked(9, "Quotient de localisation par secteur", _FLORES, page="/comparer"),
    Asked(
        10, "Part de l’ESS dans chaque secteur", "un fichier Flores de tous les employeurs par secteur", page="/carte"
    ),
    Asked(11, "Répartition par secteur et par famille", _FLORES, page="/comparer"),
    Asked(12, "Tranches d’effectifs", "le stock Sirene, qui dit les tranches", page="/comparer"),
    Asked(13, "Taille moyenne", _FLORES, "mean_size"),
    Asked(14, "Indice de croissance", "une deuxième année de la même source", page="/carte"),
    Asked(15, "Équivalents temps plein par poste", "un fichier Flores qui dise les équivalents temps plein"),
    Asked(16, "Concentration des cinq premiers employeurs", "les postes de chaque établissement, sous secret"),
    Asked(17, "Financements accordés et versés", _GRANTS, "grants_amount", "/financements"),
    Asked(18, "Financements par habitant", _GRANTS, "grants_per_inhabitant"),
    Asked(19, "Financements par emploi de l’ESS", "un fichier de subventions et un fichier Flores", "grants_per_job"),
    Asked(20, "Financements par dispositif", _GRANTS, page="/financements"),
    Asked(21, "Taux de réussite", _CALL, page="/financements"),
    Asked(22, "Subvention moyenne et médiane", _GRANTS, "grant_mean", "/financements"),
    Asked(23, "Emplois créés, emplois maintenus", _JOBS, page="/suivi"),
    Asked(24, "Coût par emploi", "la subvention de chaque projet suivi, que le modèle « emplois » ne demande pas"),
    Asked(25, "Effet de levier", _CALL, page="/financements"),
    Asked(26, "Survie à trois ans", "deux listes de la même source, à trois ans d’écart", page="/suivi"),
    Asked(27, "Part en quartier prioritaire", "des établissements géocodés, qui disent le quartier", page="/acteurs"),
    Asked(28, "Équité de la répartition", _GRANTS, page="/financements"),
)
"""In the order of the domain."""
