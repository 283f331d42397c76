"""The guide of the API says what the server answers."""

from __future__ import annotations

from pathlib import Path

from dashboard.api.problems import KINDS
from dashboard.api.route import BASE
from dashboard.api.routes import ROUTES


def test_the_guide_lists_every_route_with_its_parameters() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    for route in ROUTES.values():
        row = next(line for line in guide.splitlines() if line.startswith(f"| `{BASE}{route.path}` |"))
        told = row.split("|")[3]
        assert [name.strip(" `") for name in told.split(",")] == route.names


def test_the_guide_lists_every_problem() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    for kind in KINDS.values():
        assert f"| `{kind.uri}` | {kind.status} |" in guide
