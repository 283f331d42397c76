"""The application, shared by the tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.administration import blueprint
from dashboard.settings import Settings
from layers.written.database import Database
from tests.dashboard import serving
from tests.dashboard.desk import Desk, inline
from tests.dashboard.opened import administrator
from tests.factories import LILLE, PROVIN, ROUBAIX
from tests.layers.invented import actor, grant


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The application with nothing imported: the demonstration."""
    return serving.client(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The application on an imported release of invented rows; sources tell no sector of the grants."""
    return serving.client(
        tmp_path_factory.mktemp("imported"),
        actors=[actor(1, LILLE), actor(2, ROUBAIX, name="<b>Essai</b>"), actor(3, PROVIN, sector="commerce")],
        grants=[grant(1, 150_000, LILLE, sector=None), grant(2, 5_000, None, sector=None)],
    )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(blueprint.create, "__defaults__", (inline,))
    return Desk(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not made yet."""
    return tmp_path / "data"


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    """The application on a data folder of its own, to be written in by its local administrator."""
    return administrator(Settings(ESS_DATA_DIR=folder))


@pytest.fixture
def database(folder: Path) -> Database:
    """Where that application writes."""
    return Database(Settings(ESS_DATA_DIR=folder).database)
