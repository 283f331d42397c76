from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.merging import merge
from layers.repetition import IN_ANOTHER_FILE, settle
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
