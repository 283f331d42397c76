"""What the rows of a file cover is theirs alone: other years, and other cuts, stay beside them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from layers import tables
from layers.deliveries import removes
from layers.merging import Incoming
from tests.layers.invented import delivery, sha256
from tests.layers.test_deliveries import after


def entry(number: int, year: int, *, value: float = 1.0) -> dict[str, Any]:
    return {
        "entry_id": f"essai:{year}:{number}", "theme": "call", "title": f"Projet {number}", "year": year,
        "measure": "request", "value": value, "row": number + 1,
    }  # fmt: skip


def workbook(file: str, *rows: dict[str, Any]) -> Incoming:
    incoming = delivery(kind="appel-a-projets", vintage="suivi", file=file)
    origin = {"source": "appel-a-projets", "vintage": "suivi", "file_sha256": sha256(file)}
    incoming.tables = {"programme": tables.build("programme", [{**row, **origin} for row in rows])}
    return incoming


def test_workbooks_of_several_years_stay_side_by_side_in_either_order() -> None:
    old = workbook("plan.xlsx", *(entry(n, year) for year in (2021, 2022) for n in range(3)))
    new = workbook("plan2.xlsx", *(entry(n, year) for year in (2023, 2024) for n in range(3)))
    both, other = after(after(None, old), new), after(after(None, new), old)
    assert len(both.tables()["programme"]) == 12
    pd.testing.assert_frame_equal(both.tables()["programme"], other.tables()["programme"])
    corrected = after(
        both, workbook("plan3.xlsx", *(entry(n, year, value=2.0) for year in (2023, 2024) for n in (0, 1)))
    )
    held = corrected.tables()["programme"].groupby("year")["value"].agg(["size", "sum"])
    assert held.to_dict("index") == {
        2021: {"size": 3, "sum": 3}, 2022: {"size": 3, "sum": 3},
        2023: {"size": 2, "sum": 4}, 2024: {"size": 2, "sum": 4},
    }  # fmt: skip
    told = {(one.file, one.year): (one.corrected, one.removed) for one in corrected.gone}
    assert told == {("plan2.xlsx", 2023): (2, 1), ("plan2.xlsx", 2024): (2, 1)}


def test_posts_cut_by_sector_do_not_leave_for_posts_cut_by_size() -> None:
    def posts(file: str, **cut: str) -> Incoming:
        incoming = delivery(kind="flores", vintage="2022", file=file)
        rows = [
            {"commune": commune, "year": 2022, "scope": "ess", "posts": 5.0, "state": "value", "row": 2, **cut,
             "source": "flores", "vintage": "2022", "file_sha256": sha256(file)}
            for commune in ("59350", "59512")
        ]  # fmt: skip
        incoming.tables = {"jobs": tables.build("jobs", rows)}
        return incoming

    release = None
    for file, cut in (("total", {}), ("sectors", {"sector": "divers"}), ("sizes", {"size_class": "1"}), ("again", {})):
        release = after(release, posts(file, **cut))
        assert not removes(release.gone)
    assert release is not None and len(release.tables()["jobs"]) == 6
