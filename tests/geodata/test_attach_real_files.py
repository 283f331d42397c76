"""The counts that the real files must give, by each way of attaching."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.attach import Attacher
from geodata.geography import Geography

pytestmark = pytest.mark.real

SIAE = "actors/siae_les-emplois_2020-12_nord_geocoded.csv"
ADVISERS = "actors/conseiller-numerique_2022-12_nord.csv"
JAUNE = "funding/jaune_plf2012_associations_subventionnees_2010_dep59.csv"


def rows(path: Path, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


def degrees(text: str) -> float | None:
    return float(text) if text else None


def test_insertion_structures(shared_data: Path, attacher: Attacher) -> None:
    records = list(rows(shared_data / SIAE))
    by_address = [attacher.attach(postcode=r["post_code"], name=r["city"]) for r in records]
    by_all = [
        attacher.attach(
            postcode=r["post_code"],
            name=r["city"],
            department=r["department"],
            longitude=degrees(r["longitude"]),
            latitude=degrees(r["latitude"]),
        )
        for r in records
    ]
    assert sum(a.status == "inside" for a in by_address) == 83
    assert Counter(a.status for a in by_all) == {"inside": 83, "outside": 109}


def test_points_fall_in_the_commune_that_is_named(shared_data: Path, attacher: Attacher) -> None:
    compared = 0
    for r in rows(shared_data / SIAE):
        named = attacher.attach(postcode=r["post_code"], name=r["city"])
        if named.status == "inside" and r["longitude"]:
            point = attacher.attach(longitude=degrees(r["longitude"]), latitude=degrees(r["latitude"]))
            assert point.commune == named.commune
            compared += 1
    assert compared == 82


def test_digital_advisers(shared_data: Path, attacher: Attacher) -> None:
    attached = [
        attacher.attach(
            postcode=r["code_postal"],
            name=r["commune"],
            longitude=degrees(r["longitude"]),
            latitude=degrees(r["latitude"]),
        )
        for r in rows(shared_data / ADVISERS)
    ]
    assert Counter(a.status for a in attached) == {"inside": 28, "outside": 153}
    assert not [a.conflict for a in attached if a.status == "inside" and a.conflict]


def test_state_grants_to_associations(shared_data: Path, attacher: Attacher, geography: Geography) -> None:
    territory = geography.communes["territory"]
    associations: Counter[str] = Counter()
    euros = 0
    for r in rows(shared_data / JAUNE, "cp1252"):
        if r["IMPUTATION"].strip():
            continue
        named = re.search(r" - 59 (.*)$", r["ASSOCIATION"])
        attached = attacher.attach(name=named[1] if named else None, department="59")
        if attached.commune:
            associations[territory[attached.commune]] += 1
            euros += int(re.sub(r"\D", "", r["Total des subventions"]))
    assert (associations.total(), euros) == (396, 25_291_590)
    assert len(associations) == 8
    assert (min(associations.values()), max(associations.values())) == (2, 267)
