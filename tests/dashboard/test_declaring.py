"""A table of communes that no reader knows becomes an indicator by the page: declared, rehearsed, published, seen."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from dashboard.cli import main
from geodata.perimeter import members
from layers.indicators.declared import from_json
from layers.store import Store
from tests.dashboard.desk import Desk

KEY = "tableau-allocataires-du-rsa"
FORM = {
    "label": "Allocataires du RSA",
    "kind": "count",
    "numerator": "Allocataires {year}",
    "unit": "allocataires",
    "digits": "0",
    "secrecy": "0",
    "area": "CODGEO",
    "source": "Caf du Nord, allocataires",
    "publisher": "Caf du Nord",
    "licence": "Licence Ouverte 2.0",
}


def table(*years: int) -> bytes:
    head = ";".join(["CODGEO", *(f"Allocataires {year}" for year in years), *(f"Foyers {year}" for year in years)])
    rows = [";".join([code, *("10" for _ in years), *("40" for _ in years)]) for code in sorted(members())]
    return "\n".join([head, *rows, ""]).encode()


def test_a_table_is_declared_on_the_page_and_then_seen_everywhere(desk: Desk) -> None:
    sent = desk.send(("caf.csv", table(2020, 2021)))
    here = sent.headers["Location"]
    reading = desk.client.get(here, follow_redirects=True)
    assert reading.request.path == f"{here}/lecture/0", "what is not understood comes first"
    assert "Table de communes avec des nombres" in reading.text
    link = re.search(rf'href="({here}/indicateur/0)"', reading.text)
    assert link, "an unknown table leads to its declaration"
    assert link[0] in desk.client.get(f"{here}?controle=1").text, "from its rehearsal too"
    page = desk.client.get(link[1]).text
    assert '<option value="Allocataires {year}" selected>Allocataires (année)</option>' in page
    assert '<option value="CODGEO" selected>' in page
    refused = desk.press(link[1], **{**FORM, "unit": ""})
    assert refused.status_code == 400
    assert "« Unité » : un texte est attendu" in refused.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert 'value="Caf du Nord, allocataires"' in refused.text, "what was typed comes back"
    assert desk.press(link[1], **FORM).headers["Location"] == here
    rehearsal = desk.client.get(here).text
    assert "Allocataires du RSA" in rehearsal
    second = {**FORM, "label": "Part des foyers", "kind": "ratio", "denominator": "Foyers {year}", "scale": "100"}
    desk.press(link[1], **{**second, "unit": "%", "keep": KEY})
    assert "Part des foyers" in desk.client.get(here).text
    desk.press(f"{here}/publier")
    time.sleep(0.6)  # a server looks at the store twice a second
    for address in (
        f"/carte?indicator={KEY}",
        "/territoire/3",
        f"/comparer?indicator={KEY}",
        "/methode",
        "/recherche?q=allocataires",
    ):
        assert "Allocataires du RSA" in desk.client.get(address).text, address
    assert "Caf du Nord" in desk.client.get("/methode").text
    told = desk.client.get("/api/v1/indicators/tableau-part-des-foyers?level=territory").json
    assert told is not None
    assert (told["values"][0]["value"], told["total"]["denominator"], told["year"]) == (25.0, 3800.0, 2021)
    keys = [one["key"] for one in (desk.client.get("/api/v1/indicators").json or {})["indicators"]]
    assert KEY in keys
    exported = desk.client.get(f"/export/csv?indicator={KEY}&level=commune").text
    assert "allocataires" in exported
    assert "Caf du Nord" in exported


def test_the_table_of_the_next_year_is_known_again(desk: Desk) -> None:
    here = desk.send(("caf.csv", table(2020))).headers["Location"]
    desk.press(f"{here}/indicateur/0", **FORM)
    desk.press(f"{here}/publier")
    here = desk.send(("caf.csv", table(2021))).headers["Location"]
    assert desk.press(f"{here}/publier").status_code == 409, "titles of one word name no table: it is asked"
    reading = desk.client.get(here, follow_redirects=True)
    assert "est-ce lui, mis à jour" in reading.text
    asked = re.search(r'name="(question-0)"', reading.text)
    assert asked
    desk.press(reading.request.path, **{asked[1]: "Caf du Nord, allocataires", "faire": "repeter"})
    assert "publiee-" in desk.press(f"{here}/publier").headers["Location"]
    store = Store(desk.data)
    release = store.load(store.current() or "")
    assert sorted({int(year) for year in release.observations["year"]}) == [2020, 2021]
    assert [one["label"] for one in release.manifest["sources"][0]["indicators"]] == ["Allocataires du RSA"]


def test_what_is_no_table_of_places_says_so(desk: Desk) -> None:
    here = desk.send(("mois.csv", b"mois;ventes\njanvier;3\n")).headers["Location"]
    answer = desk.press(f"{here}/indicateur/0", **{**FORM, "area": "", "numerator": "ventes"})
    assert answer.headers["Location"] == here
    assert "lieux" in desk.client.get(here, follow_redirects=True).text
    assert desk.client.get(f"{here}/indicateur/7").status_code == 404


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    return int(left.value.code or 0)


def test_the_command_writes_a_declaration_takes_it_and_prints_the_series(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out, data = tmp_path / "caf.csv", tmp_path / "caf.json", ("--data-dir", tmp_path / "data")
    path.write_bytes(table(2021))
    assert status("import", path, "--save-declaration", out) == 0
    said = json.loads(out.read_text("utf-8"))
    assert [one["numerator"] for one in said["indicators"]] == ["Allocataires {year}", "Foyers {year}"]
    assert status("import", path, "--declare", out, *data) == 2, "nobody said yet whose it is"
    assert "publisher" in capsys.readouterr().err
    out.write_text(json.dumps({**said, "publisher": "Caf", "licence": "LO"}), encoding="utf-8")
    assert status("import", path, "--declare", out, *data) == 0
    capsys.readouterr()
    assert status("values", "tableau-foyers", "--format", "json", *data) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["year"], [one["value"] for one in values["values"]][:1]) == (2021, [25 * 40])


def test_the_model_of_a_declaration_is_one(tmp_path: Path) -> None:
    out = tmp_path / "model.json"
    assert status("template", "indicateur", "--out", out) == 0
    assert from_json(json.loads(out.read_text("utf-8"))).numbers[1].number == "ratio"
