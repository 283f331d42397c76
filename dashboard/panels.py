"""The charts below the map, each with a sentence and a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard import charts as drawn
from dashboard import charts_drawn, locale
from dashboard.captions import PERIMETER
from dashboard.disputes import noted
from dashboard.disputes.shown import of_map
from dashboard.exports.answers import DRAWING
from dashboard.i18n import _
from layers.panel import METROPOLE

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.services import View

CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": True, "scrollZoom": False}


def charts(view: View) -> Any:
    """The charts that the release allows for the area of the view."""
    found = drawn.charts(view)
    if not found:
        told = _("Cette publication n’a ni structures ni subventions : pas de graphique.")
        return html.P(locale.tight(told), className="note")
    return [
        html.H2(locale.tight(_("Détail : {place}").format(place=drawn.place(view)))),
        html.P(_(PERIMETER[view.state.perimeter]), className="note"),
        *_contested(view),
        html.Div([_chart(chart, view) for chart in found], className="charts"),
    ]


def _contested(view: View) -> list[Any]:
    """What is disputed of the place that the charts are of, in any of their years."""
    state = view.state
    code = state.commune or state.territory or METROPOLE
    said = noted.remarks(view.release, [one for one in of_map(view, through=True) if one.place == code])
    return [
        html.P(
            [html.Span("⚑ ", **{"aria-hidden": "true"}), html.A(one.text, href=one.href)],
            className="note contested-here",
        )
        for one in said
    ]


def _plot(chart: Chart) -> Any:
    return html.Div(
        dcc.Graph(id=f"chart-{chart.key}", figure=chart.figure, config=CONFIG, className="plot"),
        role="img",
        **{"aria-labelledby": f"title-{chart.key}"},
    )


def _chart(chart: Chart, view: View) -> Any:
    return html.Section(
        [
            html.H3(chart.title, id=f"title-{chart.key}"),
            html.P(chart.summary),
            *([_plot(chart)] if chart.figure is not None else []),
            html.Details(
                [
                    html.Summary(_("Voir en tableau")),
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
            *([_pictures(chart, view)] if charts_drawn.drawn(chart) is not None else []),
            *(html.P(note, className="note") for note in chart.notes),
            html.P(chart.source, className="note"),
        ],
        className="chart",
    )


def _pictures(chart: Chart, view: View) -> Any:
    """The chart as files, on the release shown."""
    query = replace(view.state, release=view.release.id, mode=None).to_query()
    return html.P(
        [
            html.A(
                [_("Image SVG"), html.Span(f" {chart.title}", className="hidden-text")],
                href=f"/export/svg?{query}&{DRAWING}={chart.key}",
                download="",
            ),
            html.A(
                [_("Image PNG"), html.Span(f" {chart.title}", className="hidden-text")],
                href=f"/export/png?{query}&{DRAWING}={chart.key}",
                download="",
                **{"data-heavy": "", "data-name": f"{chart.title} (PNG)"},
            ),
        ],
        className="pictures",
    )
