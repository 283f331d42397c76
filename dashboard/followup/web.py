"""``/suivi`` and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Response, redirect, request

from dashboard.areas import territory
from dashboard.exports.answers import DRAWING, FORM_RULE, answer, listed
from dashboard.followup.choice import PATH, SENT, UNTIL, Choice, address, read
from dashboard.followup.content import content
from dashboard.i18n import _
from dashboard.navigation import carried
from dashboard.pages import PAGES
from dashboard.pages.controls import Option
from geodata.territories import TERRITORIES
from layers.targets import YEARS

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services, View


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    @server.get(PATH)
    def followup() -> Any:
        """The page; a form is answered by the address it makes."""
        asked = view()
        choice = read(asked)
        if SENT in request.args:
            return redirect(address(asked, choice), 302)
        return shell.answer(PAGES["suivi"], lambda view, _services: context(view, choice), asked)

    @server.get(f"{PATH}.{FORM_RULE}")
    def followup_file(form: str) -> Response:
        asked = view()
        return answer(asked, form, lambda: content(asked, read(asked)), ("suivi",))


def context(view: View, choice: Choice) -> dict[str, Any]:
    """All that the template ``suivi.html`` prints."""
    made = content(view, choice)
    years = [
        Option(str(year), f"{year - YEARS + 1}–{year}", selected=year == choice.until)
        for year in reversed(choice.years)
    ]
    places = [Option("", _("Toute la métropole"), selected=choice.territory is None)]
    places += [Option(code, territory(code).short, selected=code == choice.territory) for code in TERRITORIES]
    return {
        "title": made.title,
        "made": made,
        "ignored": choice.ignored,
        "fields": [(UNTIL, _("Trois ans comptés"), years), ("territory", _("Territoire"), places)],
        "hidden": parse_qsl(carried(view.state, ("lang", "release"))),
        "sent": SENT,
        "path": PATH,
        "files": listed(made, lambda form: address(view, choice, path=f"{PATH}.{form}", pinned=True)),
        "chart": lambda key, form: f"{address(view, choice, path=f'{PATH}.{form}', pinned=True)}&{DRAWING}={key}",
    }
