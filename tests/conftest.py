"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import address, postgresql_server, written_elsewhere

EXAMPLES = int(os.environ.get("ESS_EXAMPLES", "50"))
"""Examples of a property whose test does not say how many; others are drawn each time."""
settings.register_profile("project", deadline=None, max_examples=EXAMPLES)  # machines are noisy: slow is not false
settings.load_profile("project")

__all__ = ["address", "postgresql_server", "written_elsewhere"]
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real official files; the test is skipped where it is absent."""
    folder = Path(os.environ.get("ESS_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real files absent: {folder} (set ESS_SHARED_DATA)")
    return folder
