"""``/financements`` and its files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from flask import Response, redirect, request

from dashboard.exports.answers import DRAWING, FORM_RULE, answer, listed
from dashboard.funding.choice import INDICATOR, PATH, SCENARIO, SENT, Choice, address, read
from dashboard.funding.content import content
from dashboard.funding.form import fields, scenario_fields
from dashboard.grants.state import address_in
from dashboard.navigation import carried
from dashboard.pages import PAGES
from layers.dimensions import DIMENSIONS
from layers.indicators import DEFAULT

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services, View


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    def view() -> View:
        """The view of the request, its years and filters being those of the grants."""
        query = request.query_string.decode("utf-8", "replace")
        return services.view(f"indicator={INDICATOR}&{query}")

    @server.get(PATH)
    def funding() -> Any:
        """The page; a form is answered by the address it makes."""
        asked = view()
        choice = read(asked)
        if SENT in request.args:
            return redirect(address(asked, choice), 302)
        plain = replace(asked, state=replace(asked.state, indicator=DEFAULT))
        return shell.answer(PAGES["financements"], lambda _view, _services: context(asked, choice), plain)

    @server.get(f"{PATH}.{FORM_RULE}")
    def funding_file(form: str) -> Response:
        asked = view()
        return answer(asked, form, lambda: content(asked, read(asked)), ("financements",))


def _pairs(written: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(written).query)


def context(view: View, choice: Choice) -> dict[str, Any]:
    """All that the template ``financements.html`` prints."""
    made = content(view, choice)
    kept = carried(view.state, ("lang", "release"))
    return {
        "title": made.title,
        "made": made,
        "ignored": choice.ignored,
        "list_url": address_in(view),
        "fields": fields(view, choice),
        "scenario": choice.scenario,
        "scenario_fields": scenario_fields(view, choice),
        "hidden": parse_qsl(kept),
        "scenario_kept": [one for one in _pairs(address(view, choice)) if one[0] in SCENARIO],
        "shown_kept": [one for one in _pairs(address(view, choice)) if one[0] not in (*SCENARIO, "need")],
        "narrowed": bool(carried(view.state, (*DIMENSIONS, "perimeter"))),
        "without_scenario": address(view, Choice(choice.stage, choice.need, choice.constant, None)),
        "sent": SENT,
        "path": PATH,
        "files": listed(made, lambda form: address(view, choice, path=f"{PATH}.{form}", pinned=True)),
        "chart": lambda key, form: f"{address(view, choice, path=f'{PATH}.{form}', pinned=True)}&{DRAWING}={key}",
    }
