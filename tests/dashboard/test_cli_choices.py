"""``ess choices`` lists all that was said of files, and forgets what is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cli import main
from layers import questions, remembered
from layers.indicators.declared import Declaration, Number
from layers.mapping import known
from layers.mapping.declaration import Mapping
from layers.readers import declarations

HEADER = ("Tiers", "Montant")


def ess(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["choices", *(str(one) for one in arguments)])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out.replace("\u202f", " ").replace("\u00a0", " "), err


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder that remembers one thing of each kind, and a file of choices that was damaged."""
    questions.save(tmp_path, "abc-grants", {"column:Tiers": "name", "year": "2023"}, "essai.csv")
    known.save(tmp_path, HEADER, Mapping("grants", "Liste d’essai", {"Tiers": "name", "Montant": "amount"}))
    number = Number(label="Essais", unit="essais", number="count", numerator="N {year}")
    told = Declaration(source="Source d’essai", publisher="Essai", licence="LO", numbers=(number,))
    declarations.save(tmp_path, {"shape": "def", "declaration": told.to_json()})
    (tmp_path / "answers" / "damaged.json").write_text("{")
    (tmp_path / "answers" / "older-grants.json").write_text('{"table": "grants"}')
    return tmp_path


def test_all_that_is_remembered_is_listed_and_can_be_forgotten(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = ess(capsys, "--data-dir", data)
    assert code == 0
    for told in ("essai.csv", "column:Tiers = name", "Liste d’essai", "Source d’essai", "Essais = N", "illisible"):
        assert told in out
    assert "2023" not in out.replace("UTC", ""), "what is of one file alone is not kept"
    assert questions.saved(data, "older-grants") == {"table": "grants"}
    names = [one.id for one in remembered.all_of(data)]
    assert {one.partition("/")[0] for one in names} == set(remembered.KINDS)
    for name in names:
        assert ess(capsys, "--forget", name, "--data-dir", data)[0] == 0
    assert remembered.all_of(data) == []
    assert questions.saved(data, "abc-grants") == {}
    assert declarations.saved(data) == {}
    assert known.saved(data) == []
    assert "Aucun choix" in ess(capsys, "--data-dir", data)[1]


def test_what_is_not_remembered_is_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = ess(capsys, "--forget", "answers/absent", "--data-dir", data)
    assert (code, "ess choices" in err) == (2, True)
