from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.account import OUTCOMES, Account, Reject, UnbalancedError, Warning_, euros

CONTRACT = {
    "file", "kind", "sha256", "encoding", "delimiter", "vintage", "rows_read", "rows_accepted", "rows_rejected",
    "rows_outside", "rows_duplicate", "rows_not_ess", "rows_control", "amount_total", "accepted_by_territory",
    "amount_by_territory", "amounts_by_outcome", "table", "questions", "rejects", "warnings",
}  # fmt: skip

ruled_rows = st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 10**9), st.sampled_from("12345678")))


def account_of(rows: list[tuple[str, int, str]]) -> Account:
    account = Account("fiction.csv", has_amounts=True)
    for line, (outcome, cents, territory) in enumerate(rows, start=2):
        account.read()
        if outcome == "accepted":
            account.accept(territory, cents)
        elif outcome == "rejected":
            account.reject(Reject(line, "colonne", "x", "raison", "remède"), cents)
        else:
            account.count(outcome, cents)  # type: ignore[arg-type]
    return account


@given(ruled_rows)
def test_no_row_and_no_cent_is_lost(rows: list[tuple[str, int, str]]) -> None:
    account = account_of(rows)
    report = account.to_json()
    assert set(report) == CONTRACT
    assert report["rows_read"] == len(rows) == sum(report[f"rows_{outcome}"] for outcome in OUTCOMES)
    assert sum(report["accepted_by_territory"].values()) == report["rows_accepted"]
    assert sum(account.cents.values()) == sum(cents for _, cents, _ in rows)
    assert sum(account.cents_by_territory.values()) == account.amount_cents
    assert json.loads(json.dumps(report)) == report


@given(ruled_rows, st.sampled_from(OUTCOMES))
def test_a_row_read_and_forgotten_is_found(rows: list[tuple[str, int, str]], outcome: str) -> None:
    account = account_of(rows)
    account.read()
    with pytest.raises(UnbalancedError):
        account.to_json()


def test_amounts_are_euros_and_null_for_a_file_without_any() -> None:
    account = Account("fiction.csv")
    account.read()
    account.accept("8")
    assert account.to_json()["amount_total"] is None
    assert account.to_json()["amount_by_territory"] == {}
    account.has_amounts = True
    assert account.to_json()["amount_total"] == 0


@pytest.mark.parametrize(("cents", "expected"), [(0, 0), (150_000, 1500), (150_050, 1500.5), (-100, -1)])
def test_euros(cents: int, expected: float) -> None:
    assert euros(cents) == expected


def test_a_row_of_no_single_territory_is_accepted_all_the_same() -> None:
    account = Account("fiction.csv", has_amounts=True)
    account.read()
    account.accept(None, 100)
    report = account.to_json()
    assert (report["rows_accepted"], report["amount_total"], report["amount_by_territory"]) == (1, 1, {})


def test_rejects_come_in_the_order_of_the_file_as_french_sentences() -> None:
    account = Account("fiction.csv")
    for line in (5, 3):
        account.read()
        account.reject(Reject(line, "ville", "x", "commune inconnue : x", "Corriger « x » !"))
    account.warn("code", "vu ; gardé", 2)
    account.warn("never", "rien", 0)
    report = account.to_json()
    assert [reject["row"] for reject in report["rejects"]] == [3, 5]
    assert report["rejects"][0]["reason"] == "Commune inconnue\u00a0: x."
    assert report["rejects"][0]["remedy"] == "Corriger «\u00a0x\u00a0»\u202f!"
    assert account.warnings == [Warning_("code", 2, "Vu\u202f; gardé.")]
