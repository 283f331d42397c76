"""The whole application on a store of its own, asked without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from app import create_server
from dashboard.settings import Settings
from geodata.folders import EMBEDDED
from layers.store import Store
from tests.layers.invented import source, tables


def client(folder: Path, **rows: list[dict[str, Any]]) -> FlaskClient:
    """A client of the application; ``actors`` and ``grants`` publish a release first, else the demonstration shows."""
    if rows:
        Store(folder).publish(tables(**rows), [source(), source("jaune", "2010")], EMBEDDED)
    return create_server(Settings(ESS_DATA_DIR=folder)).test_client()
