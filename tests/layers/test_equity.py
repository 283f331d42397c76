"""Measures of equity: vectors of the field, an independent library, and what must hold whatever the numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from layers import equity

AMOUNTS = st.lists(st.integers(1, 10_000), min_size=2, max_size=30)
AREA = st.tuples(st.integers(1, 40), st.integers(0, 900), st.integers(0, 3))
SPREADS = st.lists(AREA, min_size=2, max_size=12).filter(lambda rows: sum(amount for _, amount, _ in rows) > 0)


def test_vector_of_the_field() -> None:
    found = equity.equity([0.5, 0.5], [0, 1])
    assert found is not None
    assert (found.gini, round(found.theil, 3), found.hoover) == (0.5, 0.693, 0.5)


@given(AMOUNTS)
def test_alike_with_an_independent_library(amounts: list[int]) -> None:
    need = [1] * len(amounts)
    assert equity.gini(need, amounts) == pytest.approx(Gini(np.array(amounts, dtype=float)).g, abs=1e-9)
    assert equity.theil(need, amounts) == pytest.approx(float(Theil(np.array(amounts, dtype=float)).T), abs=1e-9)


@given(SPREADS)
def test_needs_count_as_so_many_equals(rows: list[tuple[int, int, int]]) -> None:
    """An area with a need of three is three areas of one, each with a third: the library knows only the latter."""
    need, amount, groups = (list(column) for column in zip(*rows, strict=True))
    each = np.concatenate([np.full(n, a / n) for n, a in zip(need, amount, strict=True)])
    parts = np.concatenate([np.full(n, g) for n, g in zip(need, groups, strict=True)])
    assert equity.gini(need, amount) == pytest.approx(Gini(each).g, abs=1e-9)
    split = TheilD(each + 1e-300, parts)
    between, within = equity.decomposed(need, amount, groups)
    assert between == pytest.approx(float(np.squeeze(split.bg)), abs=1e-9)
    assert within == pytest.approx(float(np.squeeze(split.wg)), abs=1e-9)
    assert between + within == pytest.approx(equity.theil(need, amount), abs=1e-9)


@given(SPREADS, st.integers(2, 50))
def test_what_holds_of_every_spread(rows: list[tuple[int, int, int]], times: int) -> None:
    need, amount, _ = (list(column) for column in zip(*rows, strict=True))
    found = equity.equity(need, amount)
    assert found is not None
    assert -1e-12 <= found.gini <= 1
    assert 0 <= found.hoover <= found.gini + 1e-9
    assert found.theil >= -1e-12
    more = equity.equity([n * times for n in need], [a * times for a in amount])
    assert more is not None
    assert more.gini == pytest.approx(found.gini, abs=1e-9)
    points = equity.lorenz(need, amount)
    assert points[0] == (0, 0)
    assert points[-1] == (1, 1)
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points) if x1 - x0 > 1e-12]
    assert slopes == pytest.approx(sorted(slopes), abs=1e-6)
    share = equity.equal_share(dict(enumerate(map(float, need))), sum(amount))  # type: ignore[arg-type]
    assert equity.hoover(need, list(share.values())) == pytest.approx(0, abs=1e-9)
    moved = sum(max(a - share[i], 0) for i, a in enumerate(amount)) / sum(amount)  # type: ignore[index]
    assert moved == pytest.approx(found.hoover, abs=1e-9)


def test_nothing_to_share_and_need_that_is_none() -> None:
    assert equity.equity([1, 1], [0, 0]) is None
    assert equity.equity([0, 0], [1, 1]) is None
    assert equity.theil([0, 1], [1, 1]) == math.inf
    for wrong in (([1], [1, 2]), ([-1, 2], [1, 1]), ([1, math.nan], [1, 1])):
        with pytest.raises(ValueError, match="0 or more"):
            equity.lorenz(*wrong)
