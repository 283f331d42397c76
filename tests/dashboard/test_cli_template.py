from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cli import main
from layers.templates import TEMPLATES


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_written_and_says_how_to_import_it(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "modele.xlsx"
    assert status("template", kind, "--out", str(out)) == 0
    assert out.stat().st_size > 4000
    assert "ess import" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("inconnu", "--out", "a.xlsx"), "Modèle inconnu"),
        (("budget", "--out", "a.csv"), "XLSX"),
        (("budget", "--out", "absent/a.xlsx"), "n’existe pas"),
    ],
)
def test_wrong_usage_is_said(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status("template", *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_workbook_is_never_replaced(tmp_path: Path) -> None:
    (out := tmp_path / "a.xlsx").write_text("saisi", encoding="utf-8")
    assert status("template", "budget", "--out", str(out)) == 2
    assert out.read_text(encoding="utf-8") == "saisi"
