"""``/acteurs``: the directory of the structures, its facets, its map, from one address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import geometry, locale, program, provenance
from dashboard.directory import labels, points
from dashboard.directory.listing import PER_PAGE, Listing
from dashboard.directory.state import ORDERS, PATH, DirectoryState, address, parse
from dashboard.i18n import _, plural
from geodata.perimeter import CURRENT, PERIMETERS
from layers import directory
from layers.dimensions import DIMENSIONS, SIZES

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.services import View

WIDEST = 0.05
"""Radius of the largest circle drawn without script, as a part of the width of the map."""
SIZE_LABELS = {code: label for label, codes in SIZES.values() for code in codes}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list: its heading, its order now (`aria-sort`), the address that orders by it."""

    key: str
    label: str
    sorted: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One structure of the list."""

    key: str
    at: int
    name: str
    href: str
    cells: tuple[tuple[str, str], ...]


def context(view: View) -> dict[str, Any]:
    """All that the template ``acteurs.html`` prints."""
    state, ignored = parse(view.query, view.release)
    listing = Listing(view.release, state)
    drawn = geometry.drawing(view.release, CURRENT)
    put = points.places(view.release, listing.year, state.ess)
    exact, communal, nowhere = put.tally(listing.mask)
    page = min(state.page, listing.pages)
    columns = _columns(state)
    return {
        "view": listing,
        "directory": state,
        "ignored": ignored,
        "headline": headline(listing),
        "facets": listing.facets(),
        "chips": listing.chips(),
        "clear_url": state.cleared().href,
        "columns": columns,
        "rows": [_row(view, state, row, columns) for _index, row in listing.rows.iterrows()],
        "caption": _caption(listing, page),
        "page_number": page,
        "pages_count": listing.pages,
        "previous": replace(state, page=page - 1).href if page > 1 else "",
        "following": replace(state, page=page + 1).href if page < listing.pages else "",
        "first": replace(state, page=1).href,
        "last": replace(state, page=listing.pages).href,
        "unnamed": unnamed(listing.unnamed),
        "years": directory.years(view.release, state.ess),
        "first_year": directory.default_year(view.release, state.ess) or "",
        "perimeters": PERIMETERS,
        "part": locale.tight(provenance.part(listing.kinds)),
        "export_url": address(f"{PATH}.csv", replace(state, release=view.release.id, page=1, actor=None).to_query()),
        "map_url": address("/carte", _map_query(state)),
        "geometry": drawn,
        "unit": geometry.unit(drawn.view),
        "box": _box(drawn, state),
        "circles": _circles(drawn, put.by_commune(listing.mask)),
        "tally": {"exact": exact, "communal": communal, "nowhere": nowhere},
        "tally_text": _tally(exact, communal, nowhere),
        "points_url": points_url(view, listing),
        "shown": points.bits(listing.mask),
        "picked": _picked(view, listing),
        "hidden_fields": hidden_fields(state),
        "number": locale.number,
        "texts": texts(),
    }


def points_url(view: View, listing: Listing) -> str:
    """Address of the points of a directory, for ever the same content."""
    return f"{PATH}/points/{view.release.id}/{listing.year or 0}-{listing.state.ess}.json?v={program.mark()}"


def headline(listing: Listing) -> str:
    """How many structures, where, of what, when: « 1 033 structures ESS dans le Roubaisien, 2023 »."""
    noun = plural("{n} structure ESS", "{n} structures ESS", listing.count)
    if listing.state.ess != DirectoryState().ess:
        noun = plural("{n} fiche à vérifier", "{n} fiches à vérifier", listing.count)
    told = [noun.format(n=locale.number(listing.count))]
    told += [
        " + ".join(labels.value_label(listing.release, key, value) for value in values)
        for key, values in listing.state.chosen.items()
    ]
    if listing.state.q:
        told.append(_("« {text} »").format(text=listing.state.q))
    told += [str(listing.year)] if listing.year else []
    return locale.tight(", ".join(told))


def unnamed(count: int) -> str:
    """Structures in partial diffusion: counted, and why they are not named."""
    if not count:
        return ""
    told = plural(
        "{n} autre structure, qui a demandé à n’être pas diffusée : comptée, jamais nommée.",
        "{n} autres structures, qui ont demandé à n’être pas diffusées : comptées, jamais nommées.",
        count,
    )
    return locale.tight(told.format(n=locale.number(count)))


def size_label(size_class: object) -> str:
    """Label of a size class of Sirene, as a class; a dash where none is told."""
    return _(SIZE_LABELS[size_class]) if isinstance(size_class, str) and size_class in SIZE_LABELS else labels.DASH


def hidden_fields(state: DirectoryState) -> list[tuple[str, str]]:
    """What the form of the filters keeps without showing it."""
    kept = [("sort", state.sort)] if state.sort != DirectoryState().sort else []
    kept += [("release", state.release)] if state.release else []
    kept += [("lang", state.lang)] if state.lang != DirectoryState().lang else []
    return [*kept, *state.kept]


def texts() -> dict[str, str]:
    """What the scripts of the page say."""
    return {
        "cluster": _("{n} structures : cliquez pour agrandir"),
        "communal": _("{name} : {n} dont seule la commune est connue"),
        "here": _("{n} structures au même endroit"),
        "more": _("et {n} autres : agrandissez, ou filtrez"),
        "failed": _(
            "Cette page n’a pas pu être lue : réseau ou serveur absent. La liste montre encore le choix précédent."
        ),
        "unplaced": _("Les points n’ont pas pu être lus : réseau ou serveur absent. Les cercles comptent par commune."),
    }


def _columns(state: DirectoryState) -> list[Column]:
    titles = {
        "name": _("Nom"),
        "commune": _("Commune"),
        "sector": _("Secteur"),
        "family": _("Famille"),
        "size": _("Effectif"),
    }
    return [_column(state, key, titles[key]) for key in ORDERS]


def _column(state: DirectoryState, key: str, label: str) -> Column:
    now = {key: "ascending", f"-{key}": "descending"}.get(state.sort, "")
    first = f"-{key}" if key == "size" else key
    other = key if key == "size" else f"-{key}"
    return Column(key, label, now, replace(state, sort=other if state.sort == first else first, page=1).href)


def _row(view: View, state: DirectoryState, row: pd.Series, columns: list[Column]) -> Row:
    told = {
        "commune": labels.told(view.release, "commune", row["commune"]),
        "sector": labels.told(view.release, "sector", row["sector"]),
        "family": labels.kind_label(row["family"]),
        "size": size_label(row["size_class"]),
    }
    cells = tuple((column.label, told[column.key]) for column in columns[1:])
    return Row(str(row["key"]), int(row["at"]), str(row["name"]), state.sheet(str(row["key"])), cells)


def _caption(listing: Listing, page: int) -> str:
    first = (page - 1) * PER_PAGE + 1
    last = min(listing.count, page * PER_PAGE)
    told = _("Structures {first} à {last} sur {count}")
    numbers = {name: locale.number(n) for name, n in (("first", first), ("last", last), ("count", listing.count))}
    return locale.tight(told.format(**numbers)) if listing.count else ""


def _map_query(state: DirectoryState) -> str:
    """The same place and choice on the map: it takes one place."""
    kept = dict(state.kept)
    for key, values in state.chosen.items():
        if key in DIMENSIONS or (key in ("territory", "commune") and len(values) == 1):
            kept[key] = ",".join(values)
    if "territory" in kept and "commune" not in kept:
        kept["level"] = "commune"
    return replace(
        state, chosen={}, q="", page=1, sort="name", actor=None, ess="yes", kept=tuple(kept.items())
    ).to_query()


def _circles(drawn: geometry.Drawing, counts: dict[str, int]) -> list[tuple[int, int, int]]:
    """Circles of the map before its scripts: one a commune, area as the count."""
    most = max(counts.values(), default=1)
    shapes = drawn.paths.communes
    return [
        (shapes[code].x, shapes[code].y, round(WIDEST * drawn.view[2] * (count / most) ** 0.5))
        for code, count in counts.items()
    ]


def _box(drawn: geometry.Drawing, state: DirectoryState) -> tuple[int, ...]:
    """Box of the areas chosen: communes, else territories; empty for all."""
    paths = drawn.paths
    shapes = [paths.communes[code] for code in state.chosen.get("commune", ()) if code in paths.communes]
    if not shapes:
        shapes = [paths.territories[code] for code in state.chosen.get("territory", ()) if code in paths.territories]
    if not shapes:
        return ()
    west, north, east, south = zip(*(shape.box for shape in shapes), strict=True)
    return min(west), min(north), max(east), max(south)


def _tally(exact: int, communal: int, nowhere: int) -> dict[str, str]:
    return {
        "exact": locale.tight(
            plural("{n} structure à son adresse", "{n} structures à leur adresse", exact).format(n=locale.number(exact))
        ),
        "communal": locale.tight(
            plural(
                "{n} structure dont seule la commune est connue : comptée au milieu de la commune",
                "{n} structures dont seule la commune est connue : comptées au milieu de la commune",
                communal,
            ).format(n=locale.number(communal))
        ),
        "nowhere": locale.tight(
            plural("{n} structure sans position", "{n} structures sans position", nowhere).format(
                n=locale.number(nowhere)
            )
        ),
    }


def _picked(view: View, listing: Listing) -> dict[str, Any] | None:
    """The structure picked out on the map, where the address names one that is listed."""
    key = listing.state.actor
    found = listing.held.frame[listing.held.frame["key"].eq(key)] if key else listing.held.frame.iloc[:0]
    if found.empty:
        return None
    row = found.iloc[0].copy()
    row["at"] = int(found.index[0])
    made = _row(view, listing.state, row, _columns(listing.state))
    exact = bool(points.places(view.release, listing.year, listing.state.ess).exact[row["at"]])
    vague = _("point à l’adresse") if exact else _("seule la commune est connue")
    return {
        "row": made,
        "vague": vague,
        "close": replace(listing.state, actor=None).href,
        "shown": bool(listing.mask[row["at"]]),
    }
