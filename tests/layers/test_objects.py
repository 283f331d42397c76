from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import objects, tables
from tests.layers.invented import grant

text = st.none() | st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
rows = st.lists(st.tuples(text, st.integers(-(10**15), 10**15)), max_size=6)


def build(drawn: list[tuple[str | None, int]]) -> pd.DataFrame:
    return tables.build("grants", [grant(n, cents, siret=said) for n, (said, cents) in enumerate(drawn)])


@settings(deadline=None, max_examples=30)
@given(rows)
def test_a_table_comes_back_from_parquet_as_it_went(drawn: list[tuple[str | None, int]]) -> None:
    frame = build(drawn)
    back = objects.frame(objects.parquet(frame))
    pd.testing.assert_frame_equal(back, frame)
    tables.check("grants", back)
    assert objects.digest(back) == objects.digest(frame)


@settings(deadline=None, max_examples=30)
@given(rows, rows)
def test_a_digest_tells_tables_apart(first: list[tuple[str | None, int]], second: list[tuple[str | None, int]]) -> None:
    same = first == second
    assert (objects.digest(build(first)) == objects.digest(build(second))) is same


def test_null_and_empty_text_are_told_apart() -> None:
    assert objects.digest(build([(None, 1)])) != objects.digest(build([("", 1)]))
