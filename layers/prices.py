"""Constant euros: amounts of several years at the prices of one, by a price index that the metropole imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from layers.programme import entries
from layers.rounding import whole

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release


def index(release: Release) -> dict[int, float]:
    """Price index by year, as its source publishes it; empty where the release holds none."""
    found = entries(release, "prices")
    if "price_index" not in found:
        return {}
    told = found[found["price_index"] > 0]
    return {int(year): float(one) for year, one in zip(told["year"], told["price_index"], strict=True)}


def reference(release: Release, years: Iterable[int]) -> int | None:
    """The year whose prices all amounts can be told at: the latest of the index; None unless it covers the years."""
    known = index(release)
    return max(known) if known and set(years) <= set(known) else None


def constant(cents: pd.Series, years: pd.Series, known: dict[int, float], reference: int) -> pd.Series:
    """Amounts in cents at the prices of a year: ``cents × index(reference) / index(year)``, rounded to the cent."""
    factor = years.map({year: known[reference] / one for year, one in known.items()})
    return (cents * factor).map(whole).astype("int64")
