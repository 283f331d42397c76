"""Who receives how much: the eight territories beside one another, and the instruments that lead to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import geometry, legend, locale, sentences, smallmaps
from dashboard.areas import territory
from dashboard.content import Entry, Map, Section, Sheet
from dashboard.drawing.bars import Bar, bars
from dashboard.drawing.sankey import Node, sankey
from dashboard.funding import words
from dashboard.funding.spread import CENTS, PER, Line, Spread, supported
from dashboard.i18n import FRENCH, _, known, plural
from dashboard.navigation import portrait
from dashboard.wording import worded
from geodata.territories import TERRITORIES
from layers import awards
from layers.awards import MULTI, NOWHERE
from layers.classing import Classing
from layers.intervals import LEAST_RANKING, LEAST_RATE
from layers.series import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.drawing import Drawing
    from dashboard.funding.choice import Choice
    from dashboard.services import View

PIXELS, HIGH = 560, 420
RATIO = "grants_per_inhabitant"
MOST_FLOWS, REST = 8, "\0"
"""Instruments that are drawn, the last of which stands for all the others; the table has them all."""


def territories(view: View, choice: Choice, found: Spread) -> Section:
    """The eight beside one another: map, ranked bars with the mean of the metropole, table."""
    stage = choice.stage or "voted"
    drawings = (_ranking(choice, found, stage),) if _told(choice, found) else ()
    return Section(
        "territories",
        _("Qui reçoit combien"),
        (
            locale.tight(
                _(
                    "Ce qui est pour plusieurs territoires, ou sans commune connue, reste à part et n’est réparti "
                    "nulle part. Demandé, accordé, conventionné et versé ne s’additionnent jamais."
                )
            ),
        ),
        maps=(_map(view, choice, found),),
        drawings=drawings,
        sheets=(_by_territory(choice, found, stage),),
    )


def _told(choice: Choice, found: Spread) -> list[Line]:
    """Territories that have a ratio to the chosen need, the highest first."""
    shown = [one for one in found.lines if choice.need in one.ratios and one.ratios[choice.need].value is not None]
    return sorted(shown, key=lambda one: (-(one.ratios[choice.need].value or 0.0), one.code))


def _ranking(choice: Choice, found: Spread, stage: str) -> Drawing:
    rows = [
        Bar(one.named.short, one.ratios[choice.need].value or 0.0, words.euros(one.ratios[choice.need].value or 0.0))
        for one in _told(choice, found)
    ]
    title = _("{noun} par {unit}, {year}").format(noun=words.noun(stage), unit=words.per(choice.need), year=found.year)
    told, ends = "", supported(found, choice.need)
    if ends:
        low, high = (
            (words.euros(one.ratios[choice.need].value or 0.0), one.named.short) for one in (ends[0], ends[-1])
        )
        told = sentences.extent(low, high) + words.unlocated(len(found.lines) - len(ends)) + "."
    mean = found.whole.ratios[choice.need].value
    mark = Bar(_("Part égale :"), mean, words.euros(mean)) if mean is not None else None
    columns = (_("Territoire"), words.head(found, choice.need))
    return bars("per-need", locale.tight(title), locale.tight(told), rows, columns, mark=mark)


def _by_territory(choice: Choice, found: Spread, stage: str) -> Sheet:
    keys = tuple(dict.fromkeys((*PER, choice.need)))
    heads = (
        _("Territoire"),
        words.label(stage),
        _("Part"),
        _("Nombre"),
        _("Bénéficiaires"),
        *(words.head(found, key) for key in keys),
        _("Moyenne"),
        _("Médiane"),
    )
    among = [one.amount.cents for one in (*found.lines, *found.buckets)]

    def row(name: str, line: Line) -> tuple[Entry, ...]:
        one = line.amount
        return (
            words.text_entry(name),
            words.entry(one.cents),
            words.part_entry(one.cents, among),
            words.number_entry(one.number),
            words.number_entry(one.beneficiaries),
            *(words.ratio_entry(line.ratios[key]) if key in line.ratios else words.text_entry("") for key in keys),
            words.entry(one.mean),
            words.entry(one.median),
        )

    total = Line("total", found.whole.named, found.total, {})
    rows = [row(one.named.short, one) for one in (*found.lines, *found.buckets)]
    rows.append(row(_("Huit territoires ensemble"), found.whole))
    rows.append(row(_("Total"), total))
    title = _("{noun} par territoire, {year}").format(noun=words.noun(stage), year=found.year)
    return Sheet(
        "by-territory",
        locale.tight(title),
        heads,
        tuple(rows),
        " ".join(
            one
            for one in (
                _("Moyenne et médiane à partir de {least} subventions.").format(least=LEAST_RATE),
                words.why(among),
            )
            if one
        ),
    )


def _map(view: View, choice: Choice, found: Spread) -> Map:
    """The eight, painted by euros a unit of the need."""
    indicator = worded(view.release, RATIO)
    ratios = [one.ratios[choice.need].value or 0.0 for one in found.lines if choice.need in one.ratios]
    indicator = replace(indicator, digits=0 if max(ratios, default=0.0) >= words.SMALL else indicator.digits)
    cells = [
        Cell(one.code, TERRITORIES[one.code].name, ratio.value, ratio.state, None, None)
        for one in found.lines
        if (ratio := one.ratios.get(choice.need)) is not None
    ]
    values = [cell.value for cell in cells if cell.value is not None]
    made = legend.scale(values, "territory", Classing())
    drawn = geometry.drawing(view.release, view.state.perimeter)
    title = _("{noun} par {unit}, {year}").format(
        noun=words.noun(choice.stage or "voted"), unit=words.per(choice.need), year=found.year
    )
    painter = smallmaps.Painter(
        indicator, "territory", made, lambda code: portrait(view.state, code), PIXELS, HIGH, names=True
    )
    painted = painter.draw("funding-map", locale.tight(title), cells, drawn)
    texts = legend.labels(indicator, made)
    return Map(painted, locale.tight(title), tuple(smallmaps.blocks(texts, made, painted.states)), classes=len(texts))


def instruments(view: View, choice: Choice, found: Spread) -> Section:
    """What goes through which instrument to which territory."""
    stage = choice.stage or "voted"
    by = awards.by(found.now, "instrument")
    among = [one.cents for one in by.values()]
    sheet = Sheet(
        "by-instrument",
        locale.tight(_("{noun} par dispositif, {year}").format(noun=words.noun(stage), year=found.year)),
        (_("Dispositif"), words.label(stage), _("Part"), _("Nombre"), _("Moyenne"), _("Médiane")),
        tuple(
            (
                words.data_entry(name),
                words.entry(one.cents),
                words.part_entry(one.cents, among),
                words.number_entry(one.number),
                words.entry(one.mean),
                words.entry(one.median),
            )
            for name, one in by.items()
        ),
        words.why(among),
    )
    flows = _flows(found, tuple(by))
    drawings = (flows,) if flows else ()
    return Section("instruments", _("Par quels dispositifs"), drawings=drawings, sheets=(sheet,))


def _flows(found: Spread, names: tuple[str, ...]) -> Drawing | None:
    """What goes where, of what is above zero; what was taken back is told and in the table. None where nothing goes."""
    kept = names if len(names) <= MOST_FLOWS else names[: MOST_FLOWS - 1]
    told_of = found.now["instrument"].where(found.now["instrument"].isin(kept), REST)
    pairs = found.now.assign(instrument=told_of).groupby(["instrument", "place"])["cents"].sum()
    flows = {(str(key[0]), str(key[1])): float(value) / CENTS for key, value in pairs.items()}  # type: ignore[index]
    texts = {key: words.cents(value * CENTS) for key, value in flows.items()}
    rest = plural("{n} autre dispositif", "{n} autres dispositifs", len(names) - len(kept))
    labels = {name: name for name in kept} | {REST: rest.format(n=locale.number(len(names) - len(kept)))}
    left = [
        Node(name, label, value, words.cents(value * CENTS), "" if name == REST or known(name) else FRENCH)
        for name, label in labels.items()
        if (value := _given(flows, 0, name)) is not None
    ]
    places = [(code, territory(code).short) for code in TERRITORIES]
    places += [(MULTI, _("Plusieurs territoires")), (NOWHERE, _("Sans commune connue"))]
    right = [
        Node(code, name, value, words.cents(value * CENTS))
        for code, name in places
        if (value := _given(flows, 1, code)) is not None
    ]
    given = sum(one.value for one in left)
    if given <= 0:
        return None
    first = max((one for one in left if one.key != REST), key=lambda one: one.value, default=left[-1])
    told = _("{name} : {amount} sur {total}, le premier dispositif.")
    counts = found.now["instrument"].value_counts()
    if len(found.now) < LEAST_RANKING or counts.get(first.key, 0) < LEAST_RATE:
        told = _("{total} en tout : trop peu de subventions pour comparer les dispositifs.")
    told = told.format(name=first.name, amount=first.text, total=words.cents(given * CENTS))
    if back := sum(amount for amount in flows.values() if amount < 0):
        told += " " + _("Les sommes reprises ({amount}) ne sont pas dessinées ; le tableau les a.").format(
            amount=words.cents(-back * CENTS)
        )
    title = _("Du dispositif au territoire, {year}").format(year=found.year)
    return sankey(
        "flows",
        locale.tight(title),
        locale.tight(told),
        left=left,
        right=right,
        flows=flows,
        texts=texts,
        corner=_("Dispositif"),
    )


def _given(flows: Mapping[tuple[str, str], float], side: int, key: str) -> float | None:
    """What is above zero from a name at the left (0) or to one at the right (1); None where it has no flow."""
    amounts = [amount for ends, amount in flows.items() if ends[side] == key and amount]
    return sum(amount for amount in amounts if amount > 0) if amounts else None
