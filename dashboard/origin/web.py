"""The page ``/origine``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Response, request

from dashboard import captions, changes, locale
from dashboard.api.origins import address as api_address
from dashboard.disputes.marks import name as place_name
from dashboard.grants.state import address_in
from dashboard.i18n import _, msg
from dashboard.navigation import carried, href
from dashboard.origin import words
from dashboard.origin.address import AREA, CARRIES, PATH, Asked, of_view, read
from dashboard.pages import PAGES, PINNED, Page
from dashboard.wording import told, worded
from layers import change, measure, support
from layers.dimensions import DIMENSIONS
from layers.indicators.declaration import RATIO
from layers.panel import METROPOLE
from layers.series import MISSING, SUPPRESSED
from layers.trace import COMPUTED, Tracer, level_of

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services, View
    from layers.indicators import Indicator
    from layers.series import Series
    from layers.trace import Part, Traced

PAGE = Page(
    "origine",
    PATH,
    msg("D’où vient ce chiffre ?"),
    msg("De quoi un chiffre est fait, jusqu’à la ligne des fichiers."),
    ("content.css", "origine.css"),
)
NOTHING = {
    SUPPRESSED: msg("Ce chiffre est sous secret statistique : il ne mène à aucune ligne."),
    MISSING: msg("Ce chiffre n’est pas disponible : il n’est fait d’aucune ligne de la publication."),
}
ESTIMATED = msg("Postes de la zone × postes de l’ESS de la métropole / postes de la métropole : les trois qui suivent.")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a figure as the page shows it."""

    key: str
    title: str
    total: str
    counted: str
    remarks: tuple[str, ...]
    files: tuple[tuple[str, str, str, bool], ...]
    heads: tuple[str, ...]
    rows: tuple[words.Row, ...]
    page: int
    pages: int
    previous: str
    following: str


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the route to a server."""

    @server.get(PATH)
    def origin() -> Response:
        view, asked, ignored = read(services.view(request.query_string.decode("utf-8", "replace")))
        page = shell.put(PAGE, lambda view, _services: context(view, asked) | {"ignored": ignored}, view)
        return Response(page, mimetype="text/html", headers={"Cache-Control": "no-cache"})


def context(view: View, asked: Asked) -> dict[str, Any]:
    """All that the template ``origine.html`` prints."""
    release, state = view.release, view.state
    query = replace(state.series_query(), level=level_of(asked.area))
    series = measure.series(release, query)
    traced = Tracer(release, series.query).figure(asked.area)
    indicator = worded(release, state.indicator)
    place = place_name(release, asked.area)
    filters = [label for _key, labels in series.filters for label in labels]
    where = ", ".join(str(part) for part in (place, *map(_, filters), series.query.year) if part)
    return {
        "headline": locale.tight(f"{indicator.label}, {where}"),
        "figure": locale.cell(indicator, traced.cell),
        "unit": indicator.unit,
        "definition": indicator.definition,
        "formula": indicator.formula,
        "sum": _sum(indicator, traced),
        "moved": _moved(view, asked, series),
        "why": "" if traced.parts else locale.tight(_(NOTHING.get(traced.cell.state, NOTHING[MISSING]))),
        "notes": [captions.note(note) for note in series.notes],
        "caveat": indicator.caveat,
        "blocks": [_block(view, traced, part, place_, asked) for place_, part in enumerate(traced.parts, 1)],
        "map_url": href(PAGES["carte"], state),
        "list_url": _list(view, traced),
        "api_url": _api(view, asked),
        "years": _years(view),
        "places": _places(view, asked),
        "hidden_fields": _hidden(view),
        "area": asked.area,
        "shown_year": series.query.year,
        "path": PATH,
    }


def _sum(indicator: Indicator, traced: Traced) -> str:
    """« 113 600 € / 229 894 = 0,49 € par habitant »; empty where nothing is divided."""
    cell = traced.cell
    if indicator.kind != RATIO or cell.value is None or cell.numerator is None or cell.denominator is None:
        return ""
    above = words.amount(indicator, indicator.numerator, cell.numerator)
    below = words.amount(indicator, indicator.denominator or "", cell.denominator)
    scale = f"{locale.number(indicator.scale)} × " if indicator.scale != 1 else ""
    return locale.tight(f"{scale}{above} / {below} = {locale.cell(indicator, cell)}")


def _moved(view: View, asked: Asked, series: Series) -> tuple[str, int, str] | None:
    """What changed since the year that the view compares with, that year, and the address of its own figure."""
    since, year = view.state.compare, series.query.year
    if (
        since is None
        or year is None
        or since == year
        or since not in measure.years(view.release, series.query.indicator)
    ):
        return None
    found = change.between(view.release, series.query, since, year)
    one = next(one for one in (*found.areas, found.total) if one.now.code == asked.area)
    indicator = worded(view.release, series.query.indicator)
    reason = support.change(view.release, replace(series.query, year=found.last), found.first)[asked.area]
    told_ = _("De {before} en {first} à {after} en {last} : {change}.").format(
        before=locale.cell(indicator, one.then), first=found.first, after=locale.cell(indicator, one.now),
        last=found.last, change=_("évolution non établie") if reason else changes.amount(indicator, one),
    )  # fmt: skip
    other = replace(view, state=replace(view.state, year=since, compare=year))
    return locale.tight(told_), since, of_view(other)


def _block(view: View, traced: Traced, part: Part, at: int, asked: Asked) -> Block:
    indicator = told(traced.indicator)
    page = min(asked.page, part.pages) if at == asked.part else 1

    def turned(number: int) -> str:
        return f"{of_view(view, Asked(asked.area, at, number))}#part-{at}"

    title = words.titled(indicator, part)
    if part.area != asked.area:
        title = f"{title}, {place_name(view.release, part.area)}"
    return Block(
        key=f"part-{at}",
        title=title,
        total=words.amount(indicator, part.fact, part.total),
        counted=words.counted(part) if part.kind != COMPUTED else "",
        remarks=(locale.tight(_(ESTIMATED)),) if part.kind == COMPUTED else tuple(words.remarks(part)),
        files=tuple(
            (words.file_title(file), _named(file.name, file.vintage), file.sha256, file.keyed) for file in part.files
        ),
        heads=(words.first_head(part), *words.heads(part)),
        rows=words.rows(view.release, indicator, part, page),
        page=page,
        pages=part.pages,
        previous=turned(page - 1) if page > 1 else "",
        following=turned(page + 1) if page < part.pages else "",
    )


def _named(name: str, vintage: str) -> str:
    return ", ".join(filter(None, (vintage, name)))


def _list(view: View, traced: Traced) -> str:
    """Address of the list of the grants that a figure is made of; empty where it is made of none."""
    if not any(words.is_of_grants(part) for part in traced.parts):
        return ""
    return address_in(view, traced.cell.code, traced.query.year)


def _api(view: View, asked: Asked) -> str:
    query = carried(view.state, (*DIMENSIONS, "year", "perimeter", *PINNED))
    told_ = f"{api_address(view.state.indicator)}?{AREA}={asked.area}"
    return f"{told_}&{query}" if query else told_


def _years(view: View) -> list[int]:
    return sorted(measure.years(view.release, view.state.indicator), reverse=True)


def _places(view: View, asked: Asked) -> list[tuple[str, str]]:
    """The places of which the page may be asked: the metropole, the territories, and the one that is shown."""
    levels = view.release.indicators[view.state.indicator].levels
    codes = [METROPOLE, *map(str, range(1, 9))] if "territory" in levels else []
    codes += [asked.area] if asked.area not in codes else []
    return [(code, place_name(view.release, code)) for code in codes]


def _hidden(view: View) -> list[tuple[str, str]]:
    """What the form keeps without showing it."""
    kept = carried(view.state, [key for key in CARRIES if key not in ("year", "territory", "commune")])
    return parse_qsl(kept)
