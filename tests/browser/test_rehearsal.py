"""The workshop of twenty telephones, through a cut and a kill, with two workers.

On the database of who installs nothing; on both with `ESS_EVERY_DATABASE`: what is written is tested on both elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.databases import KINDS, POSTGRESQL, SQLITE, made
from tests.rehearsal import counts
from tests.rehearsal.rehearse import rehearse


@pytest.mark.parametrize("kind", KINDS if os.environ.get("ESS_EVERY_DATABASE") else [SQLITE])
def test_nothing_is_lost_and_nothing_is_there_twice(
    kind: str, request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> None:
    url = made(request.getfixturevalue("postgresql_server")) if kind == POSTGRESQL else ""
    found = rehearse(browser, tmp_path, url)
    print("\n".join(counts.table(found.seen)))
    assert found.wrong == []
