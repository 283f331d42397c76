"""What a release keeps of the text of a row: of grants, the words that make it one."""

from __future__ import annotations

from pathlib import Path

from geodata.attach import Attacher
from layers.readers import read_file
from layers.readers.intake import RAW_PARTED
from tests.layers.readers.fictitious import SCDL, scdl_row, write


def test_a_grant_keeps_the_words_of_its_row_and_nothing_that_may_be_of_a_person(
    tmp_path: Path, attacher: Attacher
) -> None:
    header = [*SCDL, "Contact", "Adresse", "Observations"]
    row = [*scdl_row(1), "Jeanne Fictive 0600000000", "3 rue Fictive", "appeler le soir"]
    (grant,) = read_file(write(tmp_path, header, [row]), None, None, attacher).tables["grants"].to_dict("records")
    told = dict(part.split("\u00a0: ", 1) for part in grant["raw"].split(RAW_PARTED))
    assert {"nomBeneficiaire", "montant", "dateConvention"} <= told.keys()
    assert told["montant"] == "12000.50"
    assert not [word for word in ("Jeanne", "0600", "rue", "soir") if word in grant["raw"]]
