"""The workshop of twenty telephones, through a cut and a kill, on both kinds of database with two workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.databases import KINDS, POSTGRESQL, made
from tests.rehearsal import counts
from tests.rehearsal.rehearse import rehearse


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_and_nothing_is_there_twice(
    kind: str, request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> None:
    url = made(request.getfixturevalue("postgresql_server")) if kind == POSTGRESQL else ""
    found = rehearse(browser, tmp_path, url)
    print("\n".join(counts.table(found.seen)))
    assert found.wrong == []
