"""What was worked out for a release is kept for the next one where the posts are the same, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.release import Release
from layers.secrecy import masks, recording
from tests.factories import COMMUNES, release
from tests.layers.secrecy.invented_jobs import job

FIRST = [job(code, year=2021, establishments=2.0 if code == "59512" else 10.0) for code in COMMUNES]
SECOND = [job(code, year=2022) for code in COMMUNES]


def published(rows: list[dict[str, object]], before: Release | None = None) -> tuple[Release, list[int]]:
    """A release of these posts that holds what it hides, and the years that had to be worked out."""
    made, told = release(jobs=rows), list[int]()
    kept = made if before is None else replace(made, secrecy=before.secrecy)
    return replace(made, secrecy=masks.record(kept, told.append)), told


def test_what_is_known_is_not_worked_out_again() -> None:
    first, told = published(FIRST)
    assert told == [2021]
    both, told = published([*FIRST, *SECOND], first)
    assert told == [2022]
    again, told = published(list(reversed([*FIRST, *SECOND])), both)
    assert told == []
    assert again.secrecy.equals(both.secrecy)
    assert both.secrecy.equals(published([*FIRST, *SECOND])[0].secrecy)


@pytest.mark.parametrize(
    "changed", [{"establishments": 9.0}, {"posts": 99.0}, {"largest": 21.0}, {"sector": "culture"}]
)
def test_other_posts_are_worked_out_with_the_years_after_them(changed: dict[str, object]) -> None:
    both, _ = published([*FIRST, *SECOND])
    assert published([{**FIRST[0], **changed}, *FIRST[1:], *SECOND], both)[1] == [2021, 2022]
    assert published([*FIRST, {**SECOND[0], **changed}, *SECOND[1:]], both)[1] == [2022]


def test_other_rules_and_records_without_a_stamp_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    both, _ = published([*FIRST, *SECOND])
    unstamped = replace(both, secrecy=both.secrecy.assign(file_sha256=""))
    assert published([*FIRST, *SECOND], unstamped)[1] == [2021, 2022]
    monkeypatch.setattr(recording, "RULES", "others")
    assert published([*FIRST, *SECOND], both)[1] == [2021, 2022]
