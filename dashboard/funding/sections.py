"""Who receives how much: by territory, instrument, year, funder, sector, family and department."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import captions, geometry, legend, locale, smallmaps
from dashboard.areas import territory
from dashboard.content import Entry, Map, Section, Sheet
from dashboard.drawing.bars import Bar, bars
from dashboard.drawing.sankey import Node, sankey
from dashboard.funding import words
from dashboard.funding.choice import INDICATOR, asked
from dashboard.funding.spread import CENTS, PER, Line, Spread
from dashboard.i18n import _, plural
from dashboard.portrait.content import address as portrait
from dashboard.wording import worded
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import awards, measure, prices, programme
from layers.awards import MULTI, NOWHERE
from layers.classing import Classing
from layers.dimensions import DIMENSIONS
from layers.series import Cell

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.funding.choice import Choice
    from dashboard.services import View

PIXELS, HIGH = 560, 420
RATIO = "grants_per_inhabitant"
CUTS = ("grantor", "sector", "family")


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
    told = _("De {low} ({under}) à {high} ({over}).").format(
        low=rows[-1].text, under=rows[-1].name, high=rows[0].text, over=rows[0].name
    )
    mean = found.whole.ratios[choice.need].value
    mark = Bar(_("Part égale :"), mean, words.euros(mean)) if mean is not None else None
    columns = (_("Territoire"), _("€ par {unit}").format(unit=words.per(choice.need)))
    return bars("per-need", locale.tight(title), locale.tight(told), rows, columns, mark=mark)


def _by_territory(choice: Choice, found: Spread, stage: str) -> Sheet:
    keys = tuple(dict.fromkeys((*PER, choice.need)))
    heads = (
        _("Territoire"),
        words.label(stage),
        _("Part"),
        _("Nombre"),
        _("Bénéficiaires"),
        *(locale.capital(_("€ par {unit}").format(unit=words.per(key))) for key in keys),
        _("Moyenne"),
        _("Médiane"),
    )
    whole = found.total.cents

    def row(name: str, line: Line) -> tuple[Entry, ...]:
        one = line.amount
        return (
            words.text_entry(name),
            words.entry(one.cents),
            words.share_entry(one.cents / whole if whole else None),
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
        _("Moyenne et médiane à partir de {least} subventions.").format(least=awards.LEAST_AVERAGE),
    )


def _map(view: View, choice: Choice, found: Spread) -> Map:
    """The eight, painted by euros a unit of the need."""
    indicator = worded(view.release, RATIO)
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
        indicator, "territory", made, lambda code: portrait(view, code), PIXELS, HIGH, names=True
    )
    painted = painter.draw("funding-map", locale.tight(title), cells, drawn)
    texts = legend.labels(indicator, made)
    return Map(painted, locale.tight(title), tuple(smallmaps.blocks(texts, made, painted.states)), classes=len(texts))


def instruments(view: View, choice: Choice, found: Spread) -> Section:
    """What goes through which instrument to which territory."""
    stage = choice.stage or "voted"
    by = awards.by(found.now, "instrument")
    sheet = Sheet(
        "by-instrument",
        locale.tight(_("{noun} par dispositif, {year}").format(noun=words.noun(stage), year=found.year)),
        (_("Dispositif"), words.label(stage), _("Part"), _("Nombre"), _("Moyenne"), _("Médiane")),
        tuple(
            (
                words.text_entry(_(name)),
                words.entry(one.cents),
                words.share_entry(one.cents / found.total.cents if found.total.cents else None),
                words.number_entry(one.number),
                words.entry(one.mean),
                words.entry(one.median),
            )
            for name, one in by.items()
        ),
    )
    drawings = (_flows(found, stage, tuple(by)),) if found.total.cents else ()
    return Section("instruments", _("Par quels dispositifs"), drawings=drawings, sheets=(sheet,))


def _flows(found: Spread, stage: str, names: tuple[str, ...]) -> Drawing:
    pairs = found.now.groupby(["instrument", "place"])["cents"].sum()
    flows = {(str(key[0]), str(key[1])): float(value) / CENTS for key, value in pairs.items()}  # type: ignore[index]
    texts = {key: words.cents(value * CENTS) for key, value in flows.items()}
    left = [
        Node(name, name, value, words.cents(value * CENTS))
        for name in names
        if (value := sum(amount for key, amount in flows.items() if key[0] == name)) > 0
    ]
    places = [(code, territory(code).short) for code in TERRITORIES]
    places += [(MULTI, _("Plusieurs territoires")), (NOWHERE, _("Sans commune connue"))]
    right = [
        Node(code, name, value, words.cents(value * CENTS))
        for code, name in places
        if (value := sum(amount for key, amount in flows.items() if key[1] == code)) > 0
    ]
    first = max(left, key=lambda one: one.value)
    told = _("{name} : {amount} sur {total}, le premier dispositif.").format(
        name=first.name, amount=first.text, total=words.cents(found.total.cents)
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


def by_year(view: View, choice: Choice, found: Spread) -> Section:
    """Every year: what was asked for, granted, contracted, paid; number, mean and median of the stage shown."""
    stage = choice.stage or "voted"
    held = awards.held(view.release)
    made = asked(view, choice)
    frames = {
        kind: found.frame if kind == stage else awards.awards(view.release, _of_stage(made, kind)) for kind in held
    }
    years = sorted({year for frame in frames.values() for year in awards.years(frame)})
    rows = []
    for year in years:
        one = awards.amount(found.frame[found.frame["year"].eq(year)])
        sums = {kind: frame[frame["year"].eq(year)] for kind, frame in frames.items()}
        rows.append(
            (
                words.text_entry(str(year)),
                *(
                    words.entry(int(sums[kind]["cents"].sum())) if len(sums[kind]) else words.state_entry("missing")
                    for kind in held
                ),
                words.number_entry(one.number),
                words.number_entry(one.beneficiaries),
                words.entry(one.mean),
                words.entry(one.median),
            )
        )
    heads = (
        _("Année"),
        *(words.label(kind) for kind in held),
        _("Nombre ({stage})").format(stage=words.label(stage).lower()),
        _("Bénéficiaires"),
        _("Moyenne"),
        _("Médiane"),
    )
    sheet = Sheet("by-year", _("Année par année"), heads, tuple(rows))
    shown = [
        Bar(str(year), cents / CENTS, words.cents(cents))
        for year in found.years
        if (cents := int(found.frame.loc[found.frame["year"].eq(year), "cents"].sum()))
    ]
    drawings = (
        (
            bars(
                "years",
                locale.tight(_("{noun}, par année").format(noun=words.noun(stage))),
                locale.tight(
                    _("De {first} en {since} à {last} en {until}.").format(
                        first=shown[0].text, since=shown[0].name, last=shown[-1].text, until=shown[-1].name
                    )
                ),
                shown,
                (_("Année"), words.label(stage)),
            ),
        )
        if len(shown) > 1
        else ()
    )
    return Section("years", _("Année par année"), (money(view, choice),), drawings=drawings, sheets=(sheet,))


def _of_stage(made: awards.Asked, stage: str) -> awards.Asked:
    return awards.Asked(stage, made.chosen, made.perimeter, made.constant)


def money(view: View, choice: Choice) -> str:
    """Whether euros are current or constant, and what the latter would need."""
    at = prices.reference(view.release, awards.years(view.release.grants))
    if choice.constant and at is not None:
        return locale.tight(_("Euros constants de {year}, par l’indice des prix importé.").format(year=at))
    if at is not None:
        return locale.tight(_("Euros courants. Les euros constants de {year} sont au choix.").format(year=at))
    return locale.tight(
        _(
            "Euros courants. Pour des euros constants, importer un indice des prix de chaque année "
            "(modèle « indice-des-prix »)."
        )
    )


def cuts(view: View, choice: Choice, found: Spread) -> Section:
    """By funder, sector, family, and by department where the follow-up of the metropole tells it."""
    stage = choice.stage or "voted"
    sheets = [_cut(found, stage, key) for key in CUTS]
    sheets.append(_departments(view, found))
    return Section("cuts", _("Par qui, pour quoi"), (), sheets=tuple(sheet for sheet in sheets if sheet is not None))


def _cut(found: Spread, stage: str, key: str) -> Sheet | None:
    """Amounts by the values of a column; what is not told is a row of its own."""
    if key in DIMENSIONS:
        frame = found.now.assign(cut=DIMENSIONS[key].of(found.now))
        names = {**DIMENSIONS[key].names, **DIMENSIONS[key].apart}
        head = _(DIMENSIONS[key].label)
    else:
        frame, names, head = found.now.assign(cut=found.now[key]), {}, _("Financeur")
    by = awards.by(frame, "cut")
    if not by:
        return None
    return Sheet(
        f"by-{key}",
        locale.tight(
            _("{noun} par {cut}, {year}").format(noun=words.noun(stage), cut=locale.inside(head), year=found.year)
        ),
        (head, words.label(stage), _("Part"), _("Nombre")),
        tuple(
            (
                words.text_entry(_(names.get(slug, slug))),
                words.entry(one.cents),
                words.share_entry(one.cents / found.total.cents if found.total.cents else None),
                words.number_entry(one.number),
            )
            for slug, one in by.items()
        ),
    )


def _departments(view: View, found: Spread) -> Sheet | None:
    """What each department of the metropole granted, from the register of calls; None where it is not held."""
    calls = programme.entries(view.release, "call")
    if "granted" not in calls or found.year is None or not calls["department"].notna().any():
        return None
    now = calls[calls["year"].eq(found.year) & calls["granted"].notna()]
    sums = now.groupby(now["department"].fillna(""))["granted"].agg(["sum", "size"])
    rows = [
        (
            words.text_entry(str(name) or _("Pôle non renseigné")),
            words.entry(float(row["sum"]) * CENTS),
            words.number_entry(int(row["size"])),
        )
        for name, row in sums.sort_values("sum", ascending=False).iterrows()
    ]
    title = _("Accordé par pôle de la métropole, {year} (registre des demandes)").format(year=found.year)
    return Sheet("by-department", locale.tight(title), (_("Pôle"), _("Accordé"), _("Nombre")), tuple(rows))


def without(view: View, choice: Choice, found: Spread) -> Section:
    """Territories and communes from which nothing was asked for, or to which nothing went."""
    release = view.release
    kind = "asked" if "asked" in awards.held(release) else (choice.stage or "voted")
    made = asked(view, choice)
    frame = found.frame if kind == choice.stage else awards.awards(release, _of_stage(made, kind))
    there = set(frame[frame["year"].eq(found.year or 0)]["commune"].dropna())
    belongs = members(view.state.perimeter)
    names = release.geography.communes["name"]
    rows = []
    absent = 0
    for code in TERRITORIES:
        inside = sorted(str(names[one]) for one, of in belongs.items() if of == code and one not in there)
        number = sum(of == code for of in belongs.values())
        absent += len(inside)
        rows.append(
            (
                words.text_entry(territory(code).short),
                words.number_entry(len(inside)),
                words.number_entry(number),
                words.text_entry(", ".join(inside)),
            )
        )
    if kind == "asked":
        told = plural(
            "{number} commune sur {all} n’a fait aucune demande en {year}.",
            "{number} communes sur {all} n’ont fait aucune demande en {year}.",
            absent,
        )
    else:
        told = plural(
            "Cette publication ne dit pas les demandes : {number} commune sur {all} n’a rien en {year}.",
            "Cette publication ne dit pas les demandes : {number} communes sur {all} n’ont rien en {year}.",
            absent,
        )
    said = told.format(number=locale.number(absent), all=locale.number(len(belongs)), year=found.year)
    head = _("Sans demande") if kind == "asked" else _("Sans subvention")
    sheet = Sheet(
        "without",
        head,
        (_("Territoire"), head, _("Communes"), _("Lesquelles")),
        tuple(rows),
    )
    return Section("without", _("D’où rien ne vient"), (locale.tight(said),), sheets=(sheet,))


def filters(view: View) -> str:
    """What is filtered, in words; empty where nothing is."""
    state = replace(view.state, indicator=INDICATOR, level="territory")
    return captions.choice(measure.series(view.release, state.series_query())) if state.series_query().chosen else ""
