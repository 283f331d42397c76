"""The controls of ``/carte``: native selects, filled from the registries and from what the release holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard import filters, locale, packs, slices, trends
from dashboard.captions import family_label, sector_label
from dashboard.i18n import _, msg
from dashboard.services import View
from dashboard.viewstate import PAIRED, ViewState
from dashboard.wording import told
from layers import measure, series_breaks
from layers.choices import offer, offered, reason
from layers.classing import CLASSINGS, FEWEST, MANUAL, MOST
from layers.cube import FAMILY_AXIS, SECTOR_AXIS
from layers.dimensions import DIMENSIONS, PARTED, split
from layers.indicators import can_cross
from layers.series import READY, Query

if TYPE_CHECKING:
    from layers.release import Release

LEVELS = {"territory": msg("Territoires"), "commune": msg("Communes")}
METHOD_LABELS = {
    "jenks": msg("Seuils naturels (Jenks)"),
    "quantile": msg("Effectifs égaux (quantiles)"),
    "equal": msg("Amplitudes égales"),
    "rounded": msg("Seuils ronds"),
    MANUAL: msg("Seuils choisis"),
}
SCALE_LABELS = {
    "": msg("La même pour toutes les années"),
    "free": msg("Propre à chaque année"),
    "mean": msg("Autour de la valeur de la métropole"),
}
CHANGE_SCALES = {"": msg("Autour de zéro"), "mean": msg("Autour de l’évolution de la métropole")}
"""Scales of a change: its classes are those of its two years."""
COUNTS = [("", msg("Selon le niveau")), *((str(k), str(k)) for k in range(FEWEST, MOST + 1))]
CIRCLES = [("", msg("Aucun sur un rapport")), ("1", msg("Nombre compté, en cercles"))]
YEARLY = [("", msg("Constant, celui de la vue")), ("1", msg("Celui de chaque année"))]
PERIMETER_LABELS = {
    "95": msg("95 communes (depuis 2020)"),
    "90": msg("90 communes (2017-2020)"),
    "85": msg("85 communes (avant 2017)"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a control."""

    value: str
    label: str
    selected: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """One labelled select; ``groups`` are (title or "", options).

    A ``filter`` can have several values; ``why`` says why it has none to choose.
    """

    id: str
    label: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    idle: bool = False
    filter: bool = False
    why: str = ""

    @property
    def disabled(self) -> bool:
        """Whether there is nothing to choose, or the choice would change nothing beside the others."""
        return self.idle or sum(not option.disabled for _title, options in self.groups for option in options) < 2  # noqa: PLR2004


def controls(view: View) -> list[Control]:
    """The controls of a view, in the order of the rail."""
    state, release = view.state, view.release
    crossed = state.paired is not None
    by_hand, uncounted = state.method == MANUAL, slices.counted(release, release.indicators[state.indicator]) is None
    year = state.year if state.year is not None else measure.default_year(release, state.indicator)
    held = measure.years(release, state.indicator)
    return [
        Control("indicator", _("Indicateur"), _indicators(release, state.indicator)),
        *(_filter(view, key) for key in DIMENSIONS),
        _plain("year", _("Année"), [(str(y), str(y)) for y in held], str(year or "")),
        _plain("level", _("Niveau"), _told(LEVELS.items()), state.level),
        _plain(
            "method",
            _("Méthode des classes"),
            methods()["usual" if state.compare is None else "changed"],
            state.method,
            idle=crossed,
        ),
        _plain(
            "classes",
            _("Nombre de classes"),
            _told(COUNTS),
            "" if state.classes is None else str(state.classes),
            idle=by_hand or crossed,
        ),
        _scale(state, idle=by_hand or crossed),
        _plain("circles", _("Cercles sur la carte"), _told(CIRCLES), state.circles, idle=uncounted or crossed),
        _crossing(view),
        _plain(
            "index",
            _("Courbe par année"),
            [
                ("", _("Valeurs")),
                *((str(y), _("Indice, base 100 en {year}").format(year=y)) for y in bases(release, state.indicator)),
            ],
            "" if state.index is None else str(state.index),
        ),
        _plain("yearly", _("Périmètre de la courbe"), _told(YEARLY), state.yearly),
        _plain(
            "compare",
            _("Évolution depuis"),
            [("", _("Aucune comparaison")), *_compared(view, year)],
            "" if state.compare is None else str(state.compare),
            idle=crossed,
        ),
        _plain("perimeter", _("Périmètre"), _told(PERIMETER_LABELS.items()), str(state.perimeter)),
    ]


def _scale(state: ViewState, *, idle: bool) -> Control:
    """What the colours go from; beside a change, it says why some scales and bounds by hand are not there."""
    changed = state.compare is not None
    pairs = scales()["changed" if changed else "usual"]
    made = _plain("scale", _("Échelle des couleurs"), pairs, state.scale, idle=idle)
    return replace(made, why=reasons()["changed"] if changed else "")


def scales() -> dict[str, list[tuple[str, str]]]:
    """Scales of values and of changes, with their labels."""
    return {"usual": _told(SCALE_LABELS.items()), "changed": _told(CHANGE_SCALES.items())}


def methods() -> dict[str, list[tuple[str, str]]]:
    """Methods of classes of values, bounds by hand among them, and of changes."""
    usual = _told((key, METHOD_LABELS[key]) for key in CLASSINGS)
    return {"usual": usual, "changed": [pair for pair in usual if pair[0] != MANUAL]}


def _crossing(view: View) -> Control:
    """The second ratio that the map crosses with the first; a count has none, and says why."""
    state, release = view.state, view.release
    fill = release.indicators[state.indicator].fill and measure.available(release, state.indicator)
    pairs = [("", _("Aucun croisement"))]
    pairs += [
        (key, told(release.indicators[key]).label)
        for key in release.indicators
        if fill and measure.available(release, key) and can_cross(state.indicator, key, release.indicators)
    ]
    made = _plain(PAIRED, _("Croiser avec…"), pairs, state.paired, idle=not fill)
    return replace(made, why="" if fill and not state.paired else reasons()["crossed" if fill else "count"])


def reasons() -> dict[str, str]:
    """Why a count cannot be crossed, and what a change or a crossing leaves without object."""
    return {
        "count": locale.tight(_("Seuls des rapports se croisent : cet indicateur est un nombre, dit par des cercles.")),
        "changed": locale.tight(
            _(
                "Les classes d’une évolution sont celles de ses deux années, de part et d’autre d’un pivot : "
                "ni seuils choisis, ni échelle de toutes les années."
            )
        ),
        "crossed": _("Classes, échelle, cercles et évolution sont sans objet à côté d’un croisement."),
    }


def _compared(view: View, year: int | None) -> list[tuple[str, str]]:
    """Years to compare with; those on the other side of a break say so."""
    release, indicator = view.release, view.state.indicator
    run = series_breaks.run_of(release, Query(indicator), year)
    years, broken = measure.years(release, indicator), _("{year} (série rompue)")
    return [(str(y), str(y) if y in run else broken.format(year=y)) for y in years if len(years) > 1]


def bases(release: Release, indicator: str) -> tuple[int, ...]:
    """Years that an index can depart from: those that others can be compared with."""
    return tuple(y for run in series_breaks.runs(release, Query(indicator)) if len(run) > 1 for y in run)


def _told(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Values with their labels in the language in force."""
    return [(value, _(label)) for value, label in pairs]


def options_by_indicator(release: Release) -> dict[str, Any]:
    """Years, sectors and families each indicator allows, and the labels of all of them, for the browser."""
    return {
        key: {
            "years": measure.years(release, key),
            "year": measure.default_year(release, key),
            "sectors": packs.sectors(release, key),
            "families": packs.families(release, key),
            "offer": offer(key),
            "fill": indicator.fill,
            "circles": slices.counted(release, indicator) is not None,
            "bases": bases(release, key),
            "breaks": [[b.before, b.after, trends.told(b)] for b in series_breaks.found(release, Query(key))],
            "label": told(indicator).label,
            "communes_only": indicator.levels == ("commune",),
        }
        for key, indicator in release.indicators.items()
        if measure.available(release, key)
    }


def labels() -> dict[str, dict[str, str]]:
    """Labels of the sectors and of the families, for the browser."""
    return {
        "sector": {slug: sector_label(slug) for slug in SECTOR_AXIS},
        "family": {slug: family_label(slug) for slug in FAMILY_AXIS},
    }


def _indicators(release: Release, chosen: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """By group; what the release cannot give is shown, and cannot be chosen."""
    options = [
        (
            _(i.group),
            Option(
                key,
                told(i).label
                if measure.available(release, key)
                else _("{label} (pas de données)").format(label=told(i).label),
                key == chosen,
                not measure.available(release, key) and key != chosen,
            ),
        )
        for key, i in release.indicators.items()
    ]
    return tuple(
        (group, tuple(option for _title, option in pairs))
        for group, pairs in groupby(options, key=lambda pair: pair[0])
    )


def _filter(view: View, key: str) -> Control:
    """The select of a dimension: all, each value, and the several values that are chosen where they are."""
    dimension, chosen = DIMENSIONS[key], split(getattr(view.state, key))
    names = offered(view.release, view.state.indicator).get(key, {})
    pairs = [("", _(dimension.every)), *((slug, _(label)) for slug, label in names.items())]
    if len(chosen) > 1:
        pairs.append((PARTED.join(chosen), filters.several(len(chosen))))
    made = _plain(key, _(dimension.label), pairs, getattr(view.state, key))
    why = "" if key in READY else _(reason(view.release, view.state.indicator, key))
    return replace(made, filter=True, why=why)


def _plain(
    id_: str, label: str, pairs: Sequence[tuple[str, str]], chosen: str | None, *, idle: bool = False
) -> Control:
    options = [Option(value, text, value == (chosen or "")) for value, text in pairs]
    if chosen and all(option.value != chosen for option in options):
        options.append(Option(chosen, chosen, selected=True))
    return Control(id_, label, (("", tuple(options)),), idle)
