"""The application is whole before its first request: those that come together do not find it half made."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.application import build
from dashboard.settings import Settings


def test_the_scripts_of_dash_are_known_before_any_page_was_asked_for(tmp_path: Path) -> None:
    app = build(Settings(data_dir=tmp_path))
    known = {f"{package}/{path}" for package, paths in app.registered_paths.items() for path in paths}
    page = app.server.test_client().get("/carte").get_data(as_text=True)
    asked = re.findall(r"/_dash-component-suites/([^\" ]+)", page)
    assert asked
    assert {re.sub(r"\.v\d\w*?m\d+", "", path) for path in asked} <= known
