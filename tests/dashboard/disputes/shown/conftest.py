"""A data folder and a client for a module of tests, each of which leaves no dispute open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.settings import Settings
from layers.written import disputes
from layers.written.database import Database
from tests.dashboard import serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("disputes")


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return serving.client(folder)


@pytest.fixture(autouse=True)
def none_open(folder: Path) -> Iterator[None]:
    """After the test, that is."""
    yield
    database = Database(Settings(ESS_DATA_DIR=folder).database)
    for one in disputes.listed(database, disputes.OPEN):
        disputes.withdraw(database, one.id, one.version, "essai")
