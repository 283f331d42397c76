"""A declaration is checked, remembered for its shape alone, and published with what it is of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.perimeter import members
from layers import measure
from layers.importing import import_files
from layers.indicators import INDICATORS
from layers.indicators.declared import PREFIX, from_json
from layers.readers import declarations
from layers.series import Query
from layers.store import Store
from tests.factories import LILLE
from tests.layers.readers.declared_tables import declaration, long, written

KEY = "tableau-allocataires-du-rsa"
COMMUNES = sorted(members())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": "moyenne"}, "number"),
        ({"label": ""}, "label"),
        ({"number": "ratio"}, "denominator"),
        ({"denominator": "Population"}, "denominator"),
        ({"number": "median", "secrecy": 5}, "secrecy"),
        ({"number": "amount", "secrecy": 5}, "secrecy"),
        ({"digits": 9}, "digits"),
        ({"colour": "red"}, "colour"),
        ({"key": "population"}, "key"),
    ],
)
def test_a_declaration_that_cannot_be_used_says_why(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"indicateur 1 : .*{message}"):
        declaration(change)


def test_one_indicator_does_not_show_what_another_hides() -> None:
    said = declaration({"secrecy": 11}).to_json()
    part = {"label": "Part", "unit": "%", "number": "ratio", "numerator": "Allocataires", "denominator": "Foyers"}
    with pytest.raises(ValueError, match="« Part »"):
        from_json({**said, "indicators": [*said["indicators"], part]})
    assert from_json({**said, "indicators": [*said["indicators"], {**part, "secrecy": 11}]})


def test_no_key_of_a_table_is_one_of_the_registry() -> None:
    assert not [key for key in INDICATORS if "-" in key or key.startswith(PREFIX)]
    said = declaration({"definition": "Foyers."}, where={"SEX": "F"})
    assert from_json(json.loads(json.dumps(said.to_json()))) == said


def test_a_table_is_published_dated_corrected_and_known_again(tmp_path: Path) -> None:
    store, said = Store(tmp_path / "data"), declaration({})

    def publish(name: str, told: dict[tuple[str, int], str], **how: object):  # type: ignore[no-untyped-def]
        return import_files([written(tmp_path / name, long(told))], store, **how)  # type: ignore[arg-type]

    first = publish("caf_2020.csv", {(code, 2020): "10" for code in COMMUNES}, declaration=said)
    assert first.outcome == "published", first.files
    before = store.load(first.release or "")
    second = publish("caf_2021.csv", {(code, 2021): "20" for code in COMMUNES})
    assert second.outcome == "asked", "columns of one common word do not say what they count"
    answer = {"declared": said.source}
    second = publish("caf_2021.csv", {(code, 2021): "20" for code in COMMUNES}, answers=answer)
    after = store.load(second.release or "")
    assert measure.years(after, KEY) == (2020, 2021)
    assert measure.years(before, KEY) == (2020,), "a release stays what it is"
    assert measure.series(after, Query(KEY)).total.value == 20 * 95
    other = {"label": "Allocataires du RSA", "unit": "foyers"}
    refused = publish("caf_2022.csv", {(LILLE, 2022): "1"}, declaration=declaration(other))
    assert refused.outcome == "refused"
    assert "allocataires" in refused.files[0]["rejects"][0]["reason"]
    corrected = publish("caf_2021_v2.csv", {(code, 2021): "30" for code in COMMUNES}, answers=answer)
    assert corrected.outcome == "published", corrected.departures
    now = store.load(corrected.release or "")
    assert [measure.series(now, Query(KEY, year=year)).total.value for year in (2020, 2021)] == [950, 30 * 95]
    assert [one["file"] for one in now.manifest["sources"]] == ["caf_2020.csv", "caf_2021_v2.csv"]


def test_a_declaration_is_remembered_for_its_shape_alone(tmp_path: Path) -> None:
    wide_ = declarations.shape(["CODGEO", "Allocataires 2020", "Allocataires 2021"])
    assert wide_ == declarations.shape(["CODGEO", "Allocataires 2022"])
    assert wide_ != declarations.shape(["CODGEO", "Allocataires 2022", "Population"])
    assert declarations.question(declaration({"numerator": "Allocataires du RSA"})) is None
    assert declarations.question(declaration({"numerator": "{year}"})) is not None
