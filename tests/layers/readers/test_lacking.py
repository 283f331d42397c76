"""What a file of no known kind is told to lack is what it lacks."""

from __future__ import annotations

from pathlib import Path

from geodata.attach import Attacher
from layers.readers import read_file
from layers.readers.unknown import _lacking
from layers.recognition.columns import settle

HEADER = ("Bénéficiaire", "Commune", "Attri.", "Garantie")
ROWS = tuple(
    (f"Association {name}", town, f"{n}0 000,00", f"{n} 000,00")
    for n, (name, town) in enumerate((("Les Essais", "Lille"), ("Le Modèle", "Roubaix"), ("Des Fictifs", "Lille")), 1)
)


def test_a_table_of_guarantees_alone_lacks_a_grant_and_not_a_place() -> None:
    columns = settle([HEADER[0], HEADER[1], HEADER[3]], [[row[0], row[1], row[3]] for row in ROWS])
    assert _lacking(columns) == "rien n’y donne le montant d’une subvention"


def test_prices_under_a_title_cut_short_of_what_was_granted_are_read(tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(map(";".join, (HEADER, *ROWS))), "utf-8")
    found = read_file(path, None, 2023, attacher)
    assert found.tables["grants"]["amount_cents"].sum() == 6_000_000
