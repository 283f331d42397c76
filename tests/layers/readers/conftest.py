"""The territory that readers attach rows to: the embedded one."""

from __future__ import annotations

import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher


@pytest.fixture(scope="session")
def attacher() -> Attacher:
    return Attacher(gazetteer.load(), geography.load())
