"""Services: the release that an address names, and the view that it allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.services import Services
from dashboard.viewstate import Ignored, ViewState
from geodata.folders import EMBEDDED
from layers.current import CurrentRelease
from layers.store import Store
from tests.layers.invented import actor, source, tables


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    for year in (2019, 2020):
        store.publish(tables(actors=[actor(year=year)]), [source()], EMBEDDED)
    return store


@pytest.fixture
def services(store: Store) -> Services:
    return Services(store, CurrentRelease(store))


def test_a_view_is_on_the_current_release(services: Services, store: Store) -> None:
    shown = services.view("indicator=actors")
    assert (shown.release.id, shown.state, shown.ignored) == (store.current(), ViewState(indicator="actors"), ())


def test_a_view_is_on_the_release_that_the_address_names(services: Services, store: Store) -> None:
    older = next(m["id"] for m in store.manifests() if m["id"] != store.current())
    shown = services.view(f"release={older}&year=2019")
    assert (shown.release.id, shown.state.release, shown.state.year, shown.ignored) == (older, older, 2019, ())
    assert services.view("year=2019").ignored == (Ignored("year", "2019"),)


@pytest.mark.parametrize("name", ["0123456789ab", "../../etc/passwd", "x" * 5000, "\x00"])
def test_a_release_that_is_not_there_is_told_and_the_current_one_shown(
    services: Services, store: Store, name: str
) -> None:
    shown = services.view(f"release={name}")
    assert shown.release.id == store.current()
    assert shown.ignored == (Ignored("release", name),)


def test_choices_are_those_of_the_release(services: Services) -> None:
    assert services.view("indicator=actors&sector=divers").state.sector == "divers"
    assert services.view("indicator=population&sector=divers").ignored == (Ignored("sector", "divers"),)
