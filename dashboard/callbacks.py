"""Dash's part of ``/carte``: the table and the charts below the map, asked for once the map is there.

The browser owns the view (its address); it hands the query string to the store ``view``, and one thin callback
brings the panels of that view.
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
    """Stores and empty panels. ``view`` holds a query string, ``near`` says that the charts are about to be seen."""
    return html.Div(
        [
            dcc.Store(id="started", data=0),
            dcc.Store(id="view"),
            dcc.Store(id="near", data=False),
            html.Div(id="charts"),
            html.Div(id="table"),
        ],
        id="detail",
    )


def register(app: Dash, services: Services) -> None:
    """Add the callbacks to one application."""
    app.clientside_callback(ClientsideFunction("ess", "current"), Output("view", "data"), Input("started", "data"))

    @app.callback(Output("table", "children"), Input("view", "data"))  # type: ignore[untyped-decorator]
    def show_table(query: object) -> Any:
        return _told(panels.table, query, services) if isinstance(query, str) else no_update

    @app.callback(  # type: ignore[untyped-decorator]
        Output("charts", "children"), Input("view", "data"), Input("near", "data")
    )
    def show_charts(query: object, near: object) -> Any:
        return _told(panels.charts, query, services) if isinstance(query, str) and near is True else no_update


def _told(panel: Callable[[View], Any], query: str, services: Services) -> Any:
    """A panel in the language of its view: the address that Dash asks has none."""
    view = services.view(query)
    with speaking(view.state.lang):
        return panel(view)
