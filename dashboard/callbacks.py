"""Dash's part of ``/carte``: the charts below the map, asked for where they are in view.

The browser owns the view (its address); it hands the query string to the store ``view`` once the panels are seen, and
one thin callback brings the charts of that view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Input, Output, dcc, html, no_update

from dashboard import panels
from dashboard.i18n import speaking

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.services import Services, View


def layout() -> Any:
    """Stores, and the place of the charts. ``view`` holds the query string of the view that they are of."""
    return html.Div(
        [
            dcc.Store(id="started", data=0),
            dcc.Store(id="view"),
            dcc.Store(id="drawn"),
            html.Div(id="charts"),
        ],
        id="detail",
    )


def register(app: Dash, services: Services) -> None:
    """Add the callbacks to one application."""
    app.clientside_callback(ClientsideFunction("ess", "current"), Output("view", "data"), Input("started", "data"))

    app.clientside_callback(ClientsideFunction("ess", "drawn"), Output("drawn", "data"), Input("charts", "children"))

    @app.callback(Output("charts", "children"), Input("view", "data"))  # type: ignore[untyped-decorator]
    def show_charts(query: object) -> Any:
        return _told(panels.charts, query, services) if isinstance(query, str) else no_update


def _told(panel: Callable[[View], Any], query: str, services: Services) -> Any:
    """A panel in the language of its view: the address that Dash asks has none."""
    view = services.view(query)
    with speaking(view.state.lang):
        return panel(view)
