from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import demonstration, tables
from layers.beneficiaries import DESCRIBED, completed
from layers.dimensions import DIMENSIONS, SIZES, UNKNOWN, UNMATCHED, Dimension, keep, slug_of
from layers.ess import FAMILIES, SECTORS
from layers.matching import structures
from layers.series import READY

TABLES = ("actors", "grants")
PAIRS = [(dimension, table) for dimension in DIMENSIONS.values() for table in TABLES if dimension.cuts(table)]


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    release = demonstration.release()
    return {"actors": structures(release), "grants": completed(release)}


ORIGIN = {"source": "siae", "vintage": "2024", "file_sha256": "0" * 64, "row": 2}


@pytest.mark.parametrize("dimension", DIMENSIONS.values(), ids=DIMENSIONS)
def test_a_dimension_is_declared_with_french_words_and_safe_slugs(dimension: Dimension) -> None:
    assert dimension.label
    assert dimension.every
    assert dimension.tables
    columns = {**tables.COLUMNS, "grants": (*tables.COLUMNS["grants"], *DESCRIBED)}
    assert all(dimension.column in columns[table] or table == "jobs" for table in dimension.tables)
    assert bool(dimension.unmatched) == ({"actors", "grants"} <= set(dimension.tables) and dimension.key not in READY)
    assert bool(dimension.names) != dimension.open_
    assert all(re.fullmatch(r"[a-z0-9_-]+", slug) for slug in dimension.names)
    assert not {UNKNOWN, UNMATCHED} & set(dimension.names)


@pytest.mark.parametrize(("dimension", "table"), PAIRS, ids=[f"{dimension.key}-{table}" for dimension, table in PAIRS])
def test_every_row_has_one_of_the_labels(dimension: Dimension, table: str, frames: dict[str, pd.DataFrame]) -> None:
    frame = frames[table]
    assert set(dimension.of(frame)) <= set(dimension.labels(frame))
    assert dimension.of(frame).index.equals(frame.index)
    assert dimension.is_told(frame)
    assert not dimension.is_told(frame.assign(**{dimension.column: pd.NA}))


@pytest.mark.parametrize(("dimension", "table"), PAIRS, ids=[f"{dimension.key}-{table}" for dimension, table in PAIRS])
def test_rows_of_each_value_add_up_to_all(dimension: Dimension, table: str, frames: dict[str, pd.DataFrame]) -> None:
    frame = frames[table]
    parts = [keep(frame, table, {dimension.key: (slug,)}) for slug in dimension.labels(frame)]
    assert sum(len(part) for part in parts) == len(frame)
    assert len(keep(frame, table, {dimension.key: tuple(dimension.labels(frame))})) == len(frame)
    assert len(keep(frame, table, {})) == len(frame)


def test_every_class_of_sirene_has_its_place() -> None:
    codes = [code for _, held in SIZES.values() for code in held]
    assert sorted(codes) == [
        "00",
        "01",
        "02",
        "03",
        "11",
        "12",
        *("21", "22", "31", "32", "41", "42", "51", "52", "53", "NN"),
    ]


def actors(*rows: dict[str, object]) -> pd.DataFrame:
    told = [{"actor_id": str(i), "name": "", "ess": "yes", "year": 2024, **ORIGIN, **row} for i, row in enumerate(rows)]
    return tables.build("actors", told)


def test_who_employs_is_told_by_the_class() -> None:
    frame = actors({"size_class": "NN"}, {"size_class": "00"}, {"size_class": "12"}, {})
    assert DIMENSIONS["employer"].of(frame).tolist() == ["no", "zero", "yes", "no"]
    assert DIMENSIONS["size"].of(frame).tolist() == ["nn", "0", "20-49", UNKNOWN]


def test_a_priority_neighbourhood_is_in_out_or_unknown() -> None:
    frame = actors({"priority_area": "QN05911M"}, {"priority_status": "in"}, {"priority_status": "out"}, {})
    assert DIMENSIONS["qpv"].of(frame).tolist() == ["in", "in", "out", UNKNOWN]


def test_values_of_the_data_are_slugs_of_their_texts(frames: dict[str, pd.DataFrame]) -> None:
    assert slug_of("Appel à projets «\u00a0Entreprendre autrement\u00a0»") == "appel-a-projets-entreprendre-autrement"
    assert slug_of("Œuvres & Cie") == "oeuvres-cie"
    assert slug_of("…") == UNKNOWN
    assert "amorcage" in DIMENSIONS["instrument"].labels(frames["grants"])


@given(st.lists(st.sampled_from([*SECTORS, UNKNOWN, "amorcage"])))
def test_chosen_slugs_have_one_order(given_slugs: list[str]) -> None:
    sector = DIMENSIONS["sector"]
    found = sector.canonical(given_slugs)
    assert set(found) == set(given_slugs)
    assert len(set(found)) == len(found)
    assert sector.canonical(reversed(given_slugs)) == found
    known = [slug for slug in found if slug in SECTORS]
    assert known == sorted(known, key=lambda slug: SECTORS[slug].order)


@given(st.text())
def test_a_slug_is_safe_in_an_address(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_of(text))


def test_families_are_those_of_the_registry() -> None:
    assert tuple(DIMENSIONS["family"].names) == tuple(FAMILIES)
