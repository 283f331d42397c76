"""Jobs, budget and laureates beside what the plan set out to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard import locale
from dashboard.areas import territory
from dashboard.content import Entry, Section, Sheet
from dashboard.drawing.bars import Bar, bars
from dashboard.drawing.stacks import Stack, Target, stacks
from dashboard.funding import words
from dashboard.i18n import _, msg, plural
from geodata.territories import TERRITORIES
from layers import programme, targets
from layers.intervals import LEAST_RATE, wilson

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.followup.choice import Choice
    from layers.release import Release

CENTS = 100
MOMENTS = (("planned", msg("Prévus")), ("12", msg("Constatés à 12 mois")), ("36", msg("Constatés à 36 mois")))
KINDS = (("created", msg("Créés")), ("maintained", msg("Maintenus")))
NAMED_CALL = "entreprendre autrement"


def without(template: str) -> str:
    """What is said where a release has no source of something."""
    return locale.tight(
        _("Aucune source dans cette publication : remplir le modèle « {template} », puis l’importer.").format(
            template=template
        )
    )


def jobs(release: Release, choice: Choice) -> Section:
    """Created and maintained, never added up; planned and observed, never added up either."""
    title = _("Emplois créés, emplois maintenus")
    frame = programme.entries(release, "jobs")
    if frame.empty:
        return Section("jobs", title, (without("emplois"),))
    now = choice.counted(frame)
    said = [
        _(
            "En équivalents temps plein, des projets décidés de {first} à {last}. Créés et maintenus ne s’additionnent "
            "pas ; ce qui est prévu et ce qui est constaté non plus. L’objectif de {target} compte les deux."
        ).format(first=choice.window[0], last=choice.window[-1], target=locale.number(targets.JOBS.value)),
        *_coverage(now),
    ]
    if choice.territory:
        said.append(_("L’objectif est celui de toute la métropole : il n’est pas rapporté à un territoire."))
    return Section(
        "jobs",
        title,
        tuple(map(locale.tight, said)),
        drawings=(_jobs_drawn(now, choice),),
        sheets=(_jobs_by_year(choice.inside(frame)), _jobs_by_territory(frame[frame["year"].isin(choice.window)])),
    )


def _coverage(now: pd.DataFrame) -> list[str]:
    """For how many projects what was planned has been observed, at each moment."""
    said = []
    for moment, told in MOMENTS[1:]:
        planned = _known(now, "planned")
        seen = int((planned & _known(now, moment)).sum())
        said.append(
            plural(
                "{moment} : connus pour {seen} projet sur {all}.",
                "{moment} : connus pour {seen} projets sur {all}.",
                seen,
            ).format(moment=_(told), seen=locale.number(seen), all=locale.number(int(planned.sum())))
        )
    return said


def _known(frame: pd.DataFrame, moment: str) -> pd.Series:
    columns = [f"jobs_{kind}_{moment}" for kind, _ in KINDS if f"jobs_{kind}_{moment}" in frame]
    known: pd.Series = frame[columns].notna().any(axis=1) if columns else pd.Series(data=False, index=frame.index)
    return known


def fte(value: float | None) -> tuple[float | None, str]:
    """Jobs in full-time equivalents and as they are printed, in sentences and tables alike."""
    if value is None:
        return None, words.state_entry("missing").text
    return value, locale.number(value, 0 if value.is_integer() else 1)


def _fte_entry(value: float | None) -> Entry:
    if value is None:
        return words.state_entry("missing")
    return Entry(value, fte(value)[1], "value" if value else "zero")


def _jobs_drawn(now: pd.DataFrame, choice: Choice) -> Drawing:
    rows = [
        Stack(_(told), tuple(fte(programme.total(now, f"jobs_{kind}_{moment}")) for kind, _told in KINDS))
        for moment, told in MOMENTS
    ]
    aim = _("objectif : {value}").format(value=locale.number(targets.JOBS.value))
    told = "; ".join(
        _("{moment} : {created} créés, {maintained} maintenus").format(
            moment=locale.inside(row.name), created=row.parts[0][1], maintained=row.parts[1][1]
        )
        for row in rows
    )
    return stacks(
        "jobs-target",
        locale.tight(
            _("Emplois des projets de {first} à {last}, en ETP").format(first=choice.window[0], last=choice.window[-1])
        ),
        locale.tight(locale.capital(told.replace("; ", locale.separator())) + "."),
        rows,
        columns=(_("Moment"), *(_(name) for _kind, name in KINDS)),
        target=None if choice.territory else Target(targets.JOBS.value, locale.tight(aim)),
    )


def _jobs_heads(first: str) -> tuple[str, ...]:
    names = [f"{_(kind)}, {_(moment).lower()}" for _key, kind in KINDS for _at, moment in MOMENTS]
    return (first, _("Projets"), *names)


def _jobs_row(name: str, frame: pd.DataFrame) -> tuple[Entry, ...]:
    numbers = (programme.total(frame, f"jobs_{kind}_{moment}") for kind, _k in KINDS for moment, _m in MOMENTS)
    return (words.text_entry(name), words.number_entry(len(frame)), *map(_fte_entry, numbers))


def _jobs_by_year(frame: pd.DataFrame) -> Sheet:
    rows = tuple(_jobs_row(str(year), rows) for year, rows in frame.groupby("year", sort=True))
    return Sheet("jobs-year", _("Emplois par année de décision, en ETP"), _jobs_heads(_("Année")), rows)


def _jobs_by_territory(frame: pd.DataFrame) -> Sheet:
    rows = tuple(_jobs_row(name, part) for name, part in places(frame))
    return Sheet(
        "jobs-territory", _("Emplois par territoire, en ETP, sur les trois ans"), _jobs_heads(_("Territoire")), rows
    )


def places(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Entries by territory, those of none or of several apart, then all of them."""
    parts = [(territory(code).short, frame[frame["territory"].eq(code).fillna(value=False)]) for code in TERRITORIES]
    nowhere = frame[frame["territory"].isna()]
    parts += [(_("Plusieurs ou non précisé"), nowhere)] if len(nowhere) else []
    return [*parts, (_("Total"), frame)]


def budget(release: Release) -> Section:
    """Voted and executed by year, beside the yearly amount of the plan."""
    title, frame = _("Budget de l’année"), programme.entries(release, "budget")
    if frame.empty:
        return Section("budget", title, (without("budget"),))
    aim = targets.BUDGET.value
    rows, drawn = [], []
    for year, part in frame.groupby("year", sort=True):
        voted, executed = (programme.total(part, f"budget_{name}") for name in ("voted", "executed"))
        share = executed / voted if voted and executed is not None else None
        rows.append(
            (
                words.text_entry(str(year)),
                _euros(voted),
                _euros(executed),
                words.share_entry(share),
                words.share_entry(executed / aim if executed is not None else None),
            )
        )
        if executed is not None:
            drawn.append(Bar(str(year), executed, words.cents(executed * CENTS)))
    heads = (_("Année"), _("Voté"), _("Exécuté"), _("Exécuté / voté"), _("Exécuté / plan"))
    last = drawn[-1] if drawn else None
    said = _("Le plan prévoyait {aim} par an, appelés à croître.").format(aim=words.cents(aim * CENTS))
    drawings: tuple[Drawing, ...] = ()
    if last is not None:
        told = _("{year} : {amount} exécutés, pour {aim} au plan.").format(
            year=last.name, amount=last.text, aim=words.cents(aim * CENTS)
        )
        drawings = (
            bars(
                "budget-target",
                _("Budget exécuté, par année"),
                locale.tight(told),
                drawn,
                (_("Année"), _("Exécuté")),
                mark=Bar(_("Plan :"), float(aim), words.cents(aim * CENTS)),
            ),
        )
    return Section(
        "budget",
        title,
        (locale.tight(said),),
        drawings=drawings,
        sheets=(Sheet("budget-year", _("Budget voté et exécuté"), heads, tuple(rows)),),
    )


def _euros(value: float | None) -> Entry:
    return words.entry(None if value is None else value * CENTS)


def laureates(release: Release, choice: Choice) -> Section:
    """Laureates by year and territory beside about fifty, with the success rate and its interval."""
    title, calls = _("Lauréats"), programme.entries(release, "call")
    if "laureate" not in calls:
        return Section("laureates", title, (without("appel-a-projets"),))
    named = calls[calls["instrument"].str.lower().str.contains(NAMED_CALL, regex=False).fillna(value=False)]
    shown = named if len(named) else calls
    now = choice.counted(shown)
    number = int(programme.total(now, "laureate") or 0)
    what = _("« Entreprendre autrement »") if len(named) else _("tous les dispositifs")
    told = plural(
        "{what}, de {first} à {last} : {number} lauréat, pour environ {aim} attendus.",
        "{what}, de {first} à {last} : {number} lauréats, pour environ {aim} attendus.",
        number,
    ).format(
        what=locale.capital(what),
        first=choice.window[0],
        last=choice.window[-1],
        number=locale.number(number),
        aim=locale.number(targets.LAUREATES.value),
    )
    years = sorted(int(year) for year in shown["year"].unique())
    cells = [
        (
            words.text_entry(name),
            *(words.number_entry(int(programme.total(part[part["year"].eq(year)], "laureate") or 0)) for year in years),
            *_success(part[part["year"].isin(choice.window)]),
        )
        for name, part in places(shown)
    ]
    heads = (
        _("Territoire"),
        *map(str, years),
        _("Taux de réussite"),
        _("Intervalle à 95 %"),
    )
    note = _("Taux de {first} à {last}, parmi les demandes recevables ; aucun sous {least}.").format(
        first=choice.window[0], last=choice.window[-1], least=LEAST_RATE
    )
    sheet = Sheet("laureates-territory", _("Lauréats par territoire et année"), heads, tuple(cells), locale.tight(note))
    aim = targets.LAUREATES.value
    drawn = stacks(
        "laureates-target",
        locale.tight(_("Lauréats de {first} à {last}").format(first=choice.window[0], last=choice.window[-1])),
        locale.tight(told),
        [Stack(locale.capital(what), ((float(number), locale.number(number)),))],
        columns=(_("Appel"), _("Lauréats")),
        target=None
        if choice.territory
        else Target(float(aim), locale.tight(_("environ {value}").format(value=locale.number(aim)))),
    )
    return Section("laureates", title, (locale.tight(told), locale.tight(note)), drawings=(drawn,), sheets=(sheet,))


def _success(frame: pd.DataFrame) -> tuple[Entry, Entry]:
    eligible, won = (int(programme.total(frame, name) or 0) for name in ("eligible", "laureate"))
    if eligible < LEAST_RATE or won > eligible:
        return words.state_entry("missing"), words.text_entry("")
    low, high = wilson(won, eligible)
    between = _("{low} à {high}").format(low=locale.percent(100 * low), high=locale.percent(100 * high))
    return words.share_entry(won / eligible), words.text_entry(locale.tight(between))
