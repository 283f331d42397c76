from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.deliveries import ORIGIN
from layers.merging import Incoming, merge
from layers.readers.grant_records import decided
from layers.repetition import BOTH, IN_ANOTHER_FILE, settle
from layers.report import waits
from tests.layers.invented import delivery, grant

TERRITORIES = {"59350": "8"}


def test_a_row_of_two_files_is_kept_once_and_counted_in_the_second() -> None:
    first = delivery(grant(1, 100), grant(2, 200), kind="jaune", file="a.csv")
    second = delivery(grant(2, 200), grant(3, 400), kind="jaune", file="b.csv")
    settle([first, second], TERRITORIES)
    report = second.account.to_json()
    assert (report["rows_read"], report["rows_accepted"], report["rows_duplicate"]) == (2, 1, 1)
    assert report["amount_total"] == 4
    assert report["accepted_by_territory"] == {"8": 1}
    assert report["amount_by_territory"] == {"8": 4}
    assert [(w["code"], w["count"]) for w in report["warnings"]] == [(IN_ANOTHER_FILE, 1)]
    assert first.account.to_json()["rows_accepted"] == 2


def test_a_grant_without_commune_is_counted_too() -> None:
    files = [delivery(grant(1, 100, commune=None), kind="jaune", file=name) for name in ("a.csv", "b.csv")]
    settle(files, TERRITORIES)
    assert files[1].account.to_json()["rows_duplicate"] == 1
    assert files[1].account.amount_cents == 0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.dictionaries(st.integers(1, 6), st.integers(0, 10**6), min_size=1), min_size=1, max_size=4))
def test_euros_and_rows_are_conserved(drawn: list[dict[int, int]]) -> None:
    """What the accounts say they accepted is what the release holds, to the cent and to the row."""
    files = [
        delivery(*[grant(n, cents) for n, cents in rows.items()], kind="jaune", file=f"{place}.csv")
        for place, rows in enumerate(drawn)
    ]
    settle(files, TERRITORIES)
    tables = merge(None, files).tables
    for file in files:
        file.account.check()
    assert sum(file.account.amount_cents or 0 for file in files) == tables["grants"]["amount_cents"].sum()
    assert sum(file.account.rows["accepted"] for file in files) == len(tables["grants"])
    by_territory = sum((pd.Series(file.account.cents_by_territory) for file in files), start=pd.Series({"8": 0}))
    assert by_territory["8"] == tables["grants"]["amount_cents"].sum()


def versions(*amounts: tuple[int, ...], answer: str | None = None, **source: str) -> list[Incoming]:
    """Files of one command that tell the same decisions, each with its own amounts; the last row has none."""
    files = []
    for at, drawn in enumerate(amounts):
        rows = [
            grant(n, cents, grant_id=f"essai:{n}:{cents}", year=2023, decision=decided(f"D{n}", "", "") if n else None)
            for n, cents in enumerate(drawn)
        ]
        files.append(delivery(*rows, kind="scdl", file=f"{at}.csv"))
        files[-1].source |= {"file": "subventions.csv", **source}
        files[-1].account.answers = {"version:1. subventions.csv": answer} if answer else {}
    settle(files, TERRITORIES)
    return files


@pytest.mark.parametrize(
    ("answer", "euros"),
    [(None, 1 + 2 + 7 + 9), ("1. subventions.csv", 1 + 2 + 5 + 9), ("2. subventions.csv", 1 + 2 + 7 + 9),
     (BOTH, 1 + 2 + 5 + 7 + 9)],
)  # fmt: skip
@pytest.mark.parametrize("source", [{}, {ORIGIN: "a" * 64}], ids=["files", "rejects of one file"])
def test_two_versions_of_one_decision_are_asked_about(answer: str | None, euros: int, source: dict[str, str]) -> None:
    files = versions((1, 5, 9), (2, 7, 9), answer=answer, **source)
    asked = [one for file in files for one in file.account.questions]
    assert [(one.key, one.guess) for one in asked] == [] if answer else [("version", "2. subventions.csv")]
    assert [waits(file.account.to_json()) for file in files] == [answer is None] * 2, "neither is used before"
    assert merge(None, files).tables["grants"]["amount_cents"].sum() == euros
    for file in files:
        file.account.check()
    assert sum(file.account.amount_cents or 0 for file in files) == euros


def test_grants_that_only_their_names_tell_add_up_without_a_question() -> None:
    files = versions((1,), (2,))
    assert [one for file in files for one in file.account.questions] == []
    assert merge(None, files).tables["grants"]["amount_cents"].sum() == 3
