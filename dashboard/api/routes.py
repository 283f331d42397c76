"""The registry of the routes: add one here, and its checks, its document and its tests follow."""

from __future__ import annotations

from typing import Any

from dashboard.api import geography, indicators, openapi, records, releases
from dashboard.api import parameters as p
from dashboard.api.route import GEOJSON, Asked, Route
from layers.dimensions import ACTORS, GRANTS

KEY = p.Parameter(
    "key",
    "Clé de l’indicateur.",
    "la clé d’un indicateur, donnée par /api/v1/indicators",
    {"type": "string"},
    lambda release, _given: [*release.indicators],
)


def _document(asked: Asked) -> dict[str, Any]:
    return openapi.document(tuple(ROUTES.values()), asked)


_WHERE = (p.TERRITORY, p.COMMUNE)

ROUTES: dict[str, Route] = {
    route.key: route
    for route in (
        Route(
            key="openapi",
            path="/openapi.json",
            title="Description de l’API",
            description="Description de l’API, lisible par programme : OpenAPI 3.1.",
            schema="Document",
            answer=_document,
        ),
        Route(
            key="territories",
            path="/territories",
            title="Territoires",
            description="Contours des huit territoires, GeoJSON en WGS 84.",
            parameters=(p.PERIMETER,),
            media_type=GEOJSON,
            schema="Areas",
            answer=geography.territories,
        ),
        Route(
            key="communes",
            path="/communes",
            title="Communes",
            description="Contours des communes du périmètre, GeoJSON en WGS 84.",
            parameters=(p.PERIMETER,),
            media_type=GEOJSON,
            schema="Areas",
            answer=geography.communes,
        ),
        Route(
            key="indicators",
            path="/indicators",
            title="Indicateurs",
            description="Registre des indicateurs : définition, formule, source, années que donne la publication.",
            schema="Indicators",
            answer=indicators.registry,
        ),
        Route(
            key="values",
            path="/indicators/{key}",
            title="Valeurs d’un indicateur",
            description="Une valeur et un état par zone, sans arrondi, et la métropole entière ; ce qui est contesté.",
            path_parameters=(KEY,),
            parameters=(
                p.LEVEL,
                *p.FILTERS.values(),
                p.year_among(indicators.years_held),
                p.compare_among(indicators.years_held),
                p.PERIMETER,
                p.TERRITORY,
                p.ORIGIN,
            ),
            schema="Series",
            answer=indicators.values,
            stamp=indicators.stamp,
            passing=True,
        ),
        Route(
            key="origin",
            path="/indicators/{key}/origin",
            title="D’où vient un chiffre",
            description="Ce dont une valeur est faite, jusqu’à la ligne : numérateur, dénominateur, et de chacun les "
            "enregistrements ou les cellules officielles, cinquante par page. Une valeur sous secret ne mène à rien.",
            path_parameters=(KEY,),
            parameters=(
                p.AREA,
                *p.FILTERS.values(),
                p.year_among(indicators.years_held),
                p.PERIMETER,
                p.PART,
                p.PAGE,
            ),
            schema="Origin",
            answer=indicators.origin,
        ),
        Route(
            key="actors",
            path="/actors",
            title="Acteurs",
            description="Structures d’une année, cinquante par page, par nom : celles de la page Acteurs.",
            parameters=(
                *_WHERE,
                *p.filters_of(ACTORS),
                p.TEXT,
                p.SOURCE,
                p.ESS,
                p.year_among(records.actor_years),
                p.PAGE,
            ),
            schema="Actors",
            answer=records.actors,
        ),
        Route(
            key="grants",
            path="/grants",
            title="Subventions",
            description="Subventions d’une année, cinquante par page, par montant décroissant.",
            parameters=(*_WHERE, *p.filters_of(GRANTS), p.TEXT, p.year_among(records.grant_years), p.PAGE),
            schema="Grants",
            answer=records.grants,
        ),
        Route(
            key="releases",
            path="/releases",
            title="Publications",
            description="Manifestes : sources, empreintes, comptes de lignes, réserves.",
            schema="Releases",
            answer=releases.releases,
            stamp=releases.stamp,
        ),
    )
}
