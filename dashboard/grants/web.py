"""The page of the list of grants, and its files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, request

from dashboard import locale, provenance
from dashboard.exports import answers
from dashboard.exports.contents import FORMS
from dashboard.exports.workbook import workbook
from dashboard.grants.files import to_csv
from dashboard.grants.listing import ALL_STAGES, PER_PAGE, Listing
from dashboard.grants.state import FALLING, PATH, GrantsState, named, parse, years
from dashboard.i18n import _, msg
from dashboard.pages import Page
from dashboard.pages.acteur import STAGES
from dashboard.pages.acteurs import Column
from dashboard.services import View
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers.measure import NOWHERE

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services

PAGE = Page(
    "subventions",
    PATH,
    msg("Liste des subventions"),
    msg("Les subventions une à une, par lieu, financeur et année, jusqu’à la ligne du fichier."),
    ("content.css", "origine.css"),
)
HEADS = {
    "name": msg("Bénéficiaire"),
    "commune": msg("Commune"),
    "grantor": msg("Attribuée par"),
    "instrument": msg("Dispositif"),
    "amount": msg("Montant"),
}


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    def listing() -> tuple[View, Listing, Any]:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        state, ignored = parse(view.query, view.release)
        return view, Listing(view.release, state), ignored

    @server.get(PATH)
    def grants_list() -> Response:
        view, found, ignored = listing()
        page = shell.put(PAGE, lambda _view, _services: context(found) | {"ignored": ignored}, view)
        return Response(page, mimetype="text/html", headers={"Cache-Control": "no-cache"})

    @server.get(f"{PATH}.xlsx")
    def grants_workbook() -> Response:
        _view, found, _ignored = listing()
        return answers.given(workbook(found.content(), answers.origin()), FORMS["xlsx"], file_name(found))

    @server.get(f"{PATH}.csv")
    def grants_csv() -> Response:
        _view, found, _ignored = listing()
        name = f'attachment; filename="{file_name(found)}.csv"'
        return Response(to_csv(found), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def file_name(listing: Listing) -> str:
    """``ess_subventions_2023_925b8a03545c_demonstration``."""
    parts = ["ess", "subventions", str(listing.year or ""), listing.release.id]
    return "_".join(filter(None, [*parts, "demonstration" if listing.release.demonstration else ""]))


def context(listing: Listing) -> dict[str, Any]:
    """All that the template ``subventions.html`` prints."""
    release, state = listing.release, listing.state
    kinds = tuple(dict.fromkeys(str(kind) for kind in listing.frame["source"]))
    vintages = tuple(dict.fromkeys(str(one) for one in listing.frame["vintage"]))
    pinned = replace(state, release=release.id, page=1)
    return {
        "listing": listing,
        "headline": listing.headline(),
        "unnamed": listing.unnamed_told(),
        "columns": [_column(state, key) for key in HEADS],
        "rows": listing.rows(),
        "caption": _caption(listing),
        "page_number": listing.page,
        "pages_count": listing.pages,
        "previous": replace(state, page=listing.page - 1).href if listing.page > 1 else "",
        "following": replace(state, page=listing.page + 1).href if listing.page < listing.pages else "",
        "fields": _fields(listing),
        "hidden_fields": _hidden(state),
        "query": state.q,
        "clear_url": GrantsState(release=state.release, lang=state.lang).href,
        "csv_url": pinned.at(f"{PATH}.csv"),
        "xlsx_url": pinned.at(f"{PATH}.xlsx"),
        "sources": provenance.line(release, kinds, vintages),
        "path": PATH,
    }


def _column(state: GrantsState, key: str) -> Column:
    now = {key: "ascending", f"-{key}": "descending"}.get(state.sort, "")
    first, other = (f"-{key}", key) if key == "amount" else (key, f"-{key}")
    return Column(key, _(HEADS[key]), now, replace(state, sort=other if state.sort == first else first, page=1).href)


def _caption(listing: Listing) -> str:
    first = (listing.page - 1) * PER_PAGE + 1
    last = min(listing.count, listing.page * PER_PAGE)
    told = _("Subventions {first} à {last} sur {count}")
    numbers = {name: locale.number(n) for name, n in (("first", first), ("last", last), ("count", listing.count))}
    names = [file.name for file in listing.files if file.name]
    of = [told.format(**numbers), *(names if len(listing.files) == 1 else [])]
    return locale.tight(", ".join(of)) if listing.count else ""


def _fields(listing: Listing) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Name, label and options (value, label, chosen) of the choices of the form."""
    release, state = listing.release, listing.state
    communes = sorted((str(release.geography.communes["name"].get(code, code)), code) for code in members())
    choices: list[tuple[str, str, list[tuple[str, str]], str | None]] = [
        (
            "territory",
            _("Territoire"),
            [
                ("", _("Toute la métropole")),
                *((code, one.short_name) for code, one in TERRITORIES.items()),
                (NOWHERE, _("Sans commune ou multi-territoires")),
            ],
            None if state.commune else state.territory,
        ),
        (
            "commune",
            _("Commune"),
            [("", _("Toutes les communes")), *((code, name) for name, code in communes)],
            state.commune,
        ),
        ("grantor", _("Financeur"), [("", _("Tous")), *named(release, "grantor").items()], state.grantor),
        ("instrument", _("Dispositif"), [("", _("Tous")), *named(release, "instrument").items()], state.instrument),
        ("stage", _("Stade"), [(one, _(STAGES[one])) for one in ALL_STAGES], listing.stage),
        ("year", _("Année"), [(str(one), str(one)) for one in reversed(years(release))], str(listing.year or "")),
    ]
    return [
        (name, label, [(value, told, value == (chosen or "")) for value, told in options])
        for name, label, options, chosen in choices
    ]


def _hidden(state: GrantsState) -> list[tuple[str, str]]:
    """What the form keeps without showing it."""
    kept = [("sort", state.sort)] if state.sort != FALLING else []
    kept += [("release", state.release)] if state.release else []
    return kept + ([("lang", state.lang)] if state.lang != GrantsState().lang else [])
