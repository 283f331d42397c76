"""Two servers, one browser, and a guard around every page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import chromium
from tests.browser.carte import Carte
from tests.browser.guard import Guard
from tests.browser.serving import ROOT, Server, environment, serving

HERE = Path(__file__).parent
FILES = (
    "actors/siae_les-emplois_2020-12_nord_geocoded.csv",
    "funding/jaune_plf2012_associations_subventionnees_2010_dep59.csv",
    "aggregates/populations_municipales_2013-2021_communes_dep59.csv",
    "aggregates/filosofi_2021_communes_dep59.csv",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: addresses are whole here, and the plugin's own fixture is a method, which pytest 9 warns of."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = chromium.binary()
    if executable is None:
        pytest.fail(chromium.ABSENT, pytrace=False)
    return {**browser_type_launch_args, **chromium.launch(executable)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk; without motion, so that a view is either the former or the new one."""
    desk = {"viewport": {"width": 1440, "height": 900}, "locale": "fr-FR", "reduced_motion": "reduce"}
    return {**browser_context_args, **desk}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``python app.py`` with nothing imported."""
    with serving(["app.py"], tmp_path_factory.mktemp("demonstration")) as server:
        yield server


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Server]:
    """``ess serve`` on the release that ``ess import`` makes of four official files."""
    data_dir = tmp_path_factory.mktemp("imported")
    files = [str(shared_data / name) for name in FILES]
    subprocess.run(
        [sys.executable, "-m", "dashboard", "import", *files, "--data-dir", str(data_dir)],
        cwd=ROOT,
        env=environment(data_dir, 0),
        check=True,
        capture_output=True,
    )
    with serving(["-m", "dashboard", "serve"], data_dir) as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """The server of the test: the imported one where it is marked ``real``."""
    real = request.node.get_closest_marker("real") is not None
    found: Server = request.getfixturevalue("imported" if real else "demonstration")
    return found


@pytest.fixture(autouse=True)
def guard(server: Server, context: BrowserContext) -> Iterator[Guard]:
    """Fails the test where its page leaves the server, logs an error or is answered with one."""
    watching = Guard(server.address)
    watching.watch(context)
    yield watching
    assert watching.faults == []


@pytest.fixture
def administrator(server: Server, guard: Guard, context: BrowserContext) -> None:
    """The browser of the test is that of the local administrator."""
    server.administer(context)


@pytest.fixture
def carte(server: Server, guard: Guard, page: Page) -> Carte:
    """The page of the map, not opened yet."""
    return Carte(page, server.address)
