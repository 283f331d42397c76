"""The views of scenes: addresses of our own pages, frozen on a release, and what they measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard import locale
from dashboard.wording import worded
from layers import measure
from layers.series import VALUE, ZERO

if TYPE_CHECKING:
    from dashboard.services import Services, View
    from layers.series import Series

SHOWN = ("/", "/carte", "/comparer", "/acteurs", "/financements", "/suivi", "/methode")
"""Pages that a scene may show, beside those of a place."""
OF_A_PLACE = ("/territoire/", "/diagnostic/")
PROJECTED = ("/carte", "/comparer")
"""Pages that have a mode for a room."""


class NoView(ValueError):  # noqa: N818  (says what it is)
    """The address is of no page that a scene may show."""


def frozen(services: Services, address: str) -> str:
    """An address of ours, from a browser or typed, with the release that it shows now. Raises `NoView`."""
    parts = urlsplit(address.strip())
    path = parts.path or "/"
    if path not in SHOWN and not path.startswith(OF_A_PLACE):
        raise NoView(address)
    asked = [(key, text) for key, text in parse_qsl(parts.query) if key not in {"release", "mode", "lang"}]
    release = services.view(parts.query).release.id
    return f"{path}?{urlencode([*asked, ('release', release)])}"


def projected(address: str) -> str:
    """The address for a room."""
    path, _mark, query = address.partition("?")
    return f"{path}?{query}&mode=projection" if path in PROJECTED else address


def measured(services: Services, address: str) -> tuple[View, Series]:
    """What the map of an address measures, for the eight territories."""
    view = services.view(urlsplit(address).query)
    return view, measure.series(view.release, replace(view.state.series_query(), level="territory"))


def order(series: Series) -> dict[str, int | None]:
    """Ranks of the territories by value, the highest first; None where no value may be shown. Equals share a rank."""
    values = {cell.code: cell.value for cell in series.cells if cell.state in {VALUE, ZERO} and cell.value is not None}
    ranks: dict[str, int | None] = {cell.code: None for cell in series.cells}
    for code, value in values.items():
        ranks[code] = 1 + sum(other > value for other in values.values())
    return ranks


def told(services: Services, address: str, code: str) -> str:
    """The value of a territory as it is printed everywhere."""
    view, series = measured(services, address)
    return locale.cell(worded(view.release, view.state.indicator), series.cell(code))


def written(services: Services, address: str, amount: float) -> str:
    """A number as the values of a view are printed."""
    view = services.view(urlsplit(address).query)
    return locale.value(worded(view.release, view.state.indicator), amount)


def asked(services: Services, address: str) -> str:
    """What the indicator of a view is called, with its unit."""
    view = services.view(urlsplit(address).query)
    indicator = worded(view.release, view.state.indicator)
    told = not indicator.unit or indicator.label.endswith(indicator.unit)
    return indicator.label if told else f"{indicator.label} ({indicator.unit})"
