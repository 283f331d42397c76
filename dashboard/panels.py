"""The panels below the map: the table of the view, and its charts, each with a sentence and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard import charts as drawn
from dashboard import french, slices
from dashboard.captions import PERIMETER
from dashboard.pages.carte import scope_of
from dashboard.wording import worded
from layers import measure

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.services import View
    from layers.indicators import Indicator
    from layers.series import Cell

STATES = {"value": "valeur", "zero": "zéro", "suppressed": "secret statistique", "missing": "non disponible"}
CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": True, "scrollZoom": False}


def table(view: View) -> Any:
    """The areas of the view, highest first, with state, numerator and denominator; the metropole last."""
    state = view.state
    indicator = worded(view.release, state.indicator)
    made = slices.make(view.release, state.series_query(), scope_of(state), state.classing)
    ranks = dict(zip((cell.code for cell in made.cells), made.ranks, strict=True))
    ordered = sorted(made.cells, key=lambda cell: (ranks[cell.code] == 0, ranks[cell.code], cell.code))
    ratio = indicator.denominator is not None
    heads = ["Rang", "Zone", indicator.label, "État", *(["Numérateur", "Dénominateur"] if ratio else [])]
    apart = None if state.level == "commune" and state.territory else measure.nowhere(view.release, made.series.query)
    rows = (*ordered, *([apart] if apart else []), made.series.total)
    body = [_row(indicator, cell, ranks.get(cell.code, 0), ratio=ratio) for cell in rows]
    caption = made.subtitle + (". Données de démonstration, fictives." if view.release.demonstration else "")
    return html.Section(
        [
            html.H2("Tableau des valeurs"),
            html.Div(
                html.Table(
                    [
                        html.Caption(html.Span(caption)),
                        html.Thead(
                            html.Tr([html.Th(head, scope="col", className=_class(i)) for i, head in enumerate(heads)])
                        ),
                        html.Tbody(body),
                    ],
                    id="values",
                ),
                className="scroll",
                tabIndex="0",
                role="region",
                **{"aria-label": "Tableau des valeurs"},
            ),
        ],
        className="values",
    )


def _class(column: int) -> str:
    return "" if column in (1, 3) else "num"


def _row(indicator: Indicator, cell: Cell, rank: int, *, ratio: bool) -> Any:
    parts = [
        html.Td(str(rank or ""), className="num"),
        html.Th(cell.name, scope="row"),
        html.Td(french.cell(indicator, cell), className="num"),
        html.Td(STATES[cell.state]),
    ]
    if ratio:
        parts += [html.Td(_part(part), className="num") for part in (cell.numerator, cell.denominator)]
    return html.Tr(parts, **{"data-code": cell.code})


def _part(amount: float | None) -> str:
    if amount is None:
        return ""
    return french.number(amount, 0 if amount == int(amount) else 2)


def charts(view: View) -> Any:
    """The charts that the release allows for the area of the view."""
    found = drawn.charts(view)
    if not found:
        told = "Cette publication n’a ni structures ni subventions : pas de graphique."
        return html.P(french.tight(told), className="note")
    return [
        html.H2(french.tight(f"Détail : {drawn.place(view)}")),
        html.P(PERIMETER[view.state.perimeter], className="note"),
        html.Div([_chart(chart) for chart in found], className="charts"),
    ]


def _chart(chart: Chart) -> Any:
    return html.Section(
        [
            html.H3(chart.title, id=f"title-{chart.key}"),
            html.P(chart.summary),
            html.Div(
                dcc.Graph(id=f"chart-{chart.key}", figure=chart.figure, config=CONFIG, className="plot"),
                role="img",
                **{"aria-labelledby": f"title-{chart.key}"},
            ),
            html.Details(
                [
                    html.Summary("Voir en tableau"),
                    html.Table(
                        [
                            html.Caption(html.Span(chart.title)),
                            html.Thead(
                                html.Tr(
                                    [
                                        html.Th(h, scope="col", className="num" if i else "")
                                        for i, h in enumerate(chart.heads)
                                    ]
                                )
                            ),
                            html.Tbody(
                                [
                                    html.Tr(
                                        [html.Th(row[0], scope="row"), *(html.Td(t, className="num") for t in row[1:])]
                                    )
                                    for row in chart.rows
                                ]
                            ),
                        ]
                    ),
                ]
            ),
            html.P(chart.source, className="note"),
        ],
        className="chart",
    )
