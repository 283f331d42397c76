"""The embedded geography, read once for all the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from geodata.gazetteer import Gazetteer
from geodata.geography import Geography


@pytest.fixture(scope="session")
def geography() -> Geography:
    return geographies.load()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return gazetteers.load()


@pytest.fixture(scope="session")
def attacher(gazetteer: Gazetteer, geography: Geography) -> Attacher:
    return Attacher(gazetteer, geography)


@pytest.fixture(scope="session")
def packages() -> Path:
    """Folder of the registry packages; the test is skipped where `ESS_PACKAGES` does not name one."""
    folder = os.environ.get("ESS_PACKAGES")
    if not folder:
        pytest.skip("set ESS_PACKAGES to the folder given to `python -m geodata.build --packages`")
    return Path(folder)
