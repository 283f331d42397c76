"""Amounts year by year, by funder, sector, family and department, and from where nothing was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import captions, locale
from dashboard.areas import territory
from dashboard.content import Section, Sheet
from dashboard.drawing.bars import Bar, bars
from dashboard.funding import words
from dashboard.funding.choice import INDICATOR, asked
from dashboard.funding.spread import CENTS, Spread
from dashboard.i18n import _, plural
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import awards, measure, prices, programme
from layers.dimensions import DIMENSIONS

if TYPE_CHECKING:
    from dashboard.funding.choice import Choice
    from dashboard.services import View

CUTS = ("grantor", "sector", "family")


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
    among = [one.cents for one in by.values()]
    return Sheet(
        f"by-{key}",
        locale.tight(
            _("{noun} par {cut}, {year}").format(noun=words.noun(stage), cut=locale.inside(head), year=found.year)
        ),
        (head, words.label(stage), _("Part"), _("Nombre")),
        tuple(
            (
                words.data_entry(names.get(slug, slug)),
                words.entry(one.cents),
                words.part_entry(one.cents, among),
                words.number_entry(one.number),
            )
            for slug, one in by.items()
        ),
        words.why(among),
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
            words.data_entry(str(name)) if name else words.text_entry(_("Pôle non renseigné")),
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
    if found.buckets:
        said += " " + _("Ce qui n’a pas de commune connue pourrait en venir.")
    head = _("Sans demande") if kind == "asked" else _("Sans subvention")
    sheet = Sheet(
        "without",
        head,
        (_("Territoire"), head, _("Communes"), _("Lesquelles")),
        tuple(rows),
    )
    return Section("without", _("D’où rien ne vient"), (locale.tight(said),), sheets=(sheet,), reference=True)


def filters(view: View) -> str:
    """What is filtered, in words; empty where nothing is."""
    state = replace(view.state, indicator=INDICATOR, level="territory")
    return captions.choice(measure.series(view.release, state.series_query())) if state.series_query().chosen else ""
