"""Outlines and populations of the communes from the official geographic service, compared with the embedded ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from geodata import geography as geographies
from geodata.geography import Geography
from geodata.names import normalise
from layers import durable
from layers.fetching import record
from layers.fetching.failure import FetchFailed, writing
from layers.fetching.query import EPCI
from layers.fetching.record import Record
from layers.fetching.request import Request

QUERY: Final = {"fields": "nom,code,codesPostaux,population", "format": "geojson", "geometry": "contour"}
PUBLISHER: Final = "Direction interministérielle du numérique (API Découpage administratif), d’après l’IGN et l’Insee"
SHAPES: Final = ("Polygon", "MultiPolygon")


def fetch(request: Request) -> list[Path]:
    """Bring the communes of the metropole as GeoJSON (WGS 84), sorted by code, and say where they differ.

    Raises
    ------
    FetchFailed
        As `Client.json`, or where the answer is no collection of outlined communes.
    """
    began = request.client.clock.now()
    address = f"{request.address.rstrip('/')}/epcis/{EPCI}/communes"
    request.tell("Communes de la métropole", 0, 1)
    features = _features(request.client.json(address, QUERY))
    request.tell("Communes de la métropole", 1, 1)
    found = differences(features, geographies.load())
    collection = {"type": "FeatureCollection", "features": features}
    content = (json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    target = request.folder / f"communes_{EPCI}_{record.month(began)}.geojson"
    with writing(request.folder):
        durable.write(target, content)
        record.write(
            request.folder,
            Record(
                file=target.name,
                source=request.source,
                title="Communes de la métropole : contours et populations",
                publisher=PUBLISHER,
                licence="Licence Ouverte 2.0",
                address=address,
                query=QUERY,
                retrieved=began.isoformat(timespec="seconds"),
                sha256=record.digest(content),
                bytes=len(content),
                rows=len(features),
                reserves=found,
            ),
        )
    return [target]


def _features(answer: Any) -> list[dict[str, Any]]:
    try:
        features = sorted(answer["features"], key=lambda feature: str(feature["properties"]["code"]))
        points = [str(f["properties"]["nom"]) for f in features if (f["geometry"] or {}).get("type") not in SHAPES]
    except (KeyError, TypeError, AttributeError) as error:
        raise FetchFailed(
            "la réponse du service n’est pas une liste de communes avec leurs contours",
            "Le service a sans doute changé : signaler ce message",
        ) from error
    if points or not features:
        named = ", ".join(points[:5]) or "aucune commune reçue"
        raise FetchFailed(f"des communes sont sans contour ({named})", "Relancer, et signaler ce message s’il revient")
    return features


def differences(features: list[dict[str, Any]], geography: Geography) -> list[str]:
    """What these communes say otherwise than the embedded ones, in French: codes, names, populations."""
    theirs = {str(feature["properties"]["code"]): feature["properties"] for feature in features}
    ours = geography.communes
    told = []
    if missing := sorted(set(ours.index) - theirs.keys()):
        told.append(f"communes embarquées que le service ne donne pas : {', '.join(missing)}")
    if added := sorted(theirs.keys() - set(ours.index)):
        told.append(f"communes du service qui ne sont pas embarquées : {', '.join(added)}")
    common = sorted(theirs.keys() & set(ours.index))
    names = {code: (str(ours.at[code, "name"]), str(theirs[code].get("nom"))) for code in common}
    renamed = [f"{a} ({code}) : {b}" for code, (a, b) in names.items() if normalise(a) != normalise(b)]
    if renamed:
        told.append(f"noms différents : {', '.join(renamed)}")
    other = [code for code in common if theirs[code].get("population") != int(ours.at[code, "population"])]
    if other:
        plural = "s" if len(other) > 1 else ""
        year = int(ours["population_year"].iloc[0])
        told.append(f"populations différentes de celles embarquées (année {year}) dans {len(other)} commune{plural}")
    return told
