"""From the idea to the creation, and who is still there; meetings; practices that others can take up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.areas import territory
from dashboard.content import Section, Sheet, Statement
from dashboard.drawing.bars import Bar, bars
from dashboard.followup.results import places, without
from dashboard.funding import words
from dashboard.i18n import FRENCH, _, msg
from layers import programme
from layers.dimensions import slug_of
from layers.intervals import LEAST_RATE, wilson
from layers.survival import AFTER, survival

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.content import Entry
    from dashboard.followup.choice import Choice
    from layers.release import Release

STEPS = (
    (msg("Émergence"), ("conseil", "emergence", "amorcage"), msg("conseil, émergence, amorçage")),
    (msg("Incubation"), ("incubat",), msg("incubateur")),
    (
        msg("Création"),
        ("creation", "entreprendre", "appel", "replic", "ptce", "aide"),
        msg("création, appels à projets, PTCE"),
    ),
)
"""Steps after the idea: name, what the name of an instrument holds for it to belong there, the same in words."""
ATTENDANCE = (
    ("attendance_elected", msg("Élus")),
    ("attendance_actors", msg("Acteurs")),
    ("attendance_staff", msg("Agents")),
)


def step_of(instrument: object) -> str:
    """Step to which an instrument belongs, the first that knows a word of its name; empty where none does."""
    plain = slug_of(instrument) if isinstance(instrument, str) else ""
    return next((name for name, parts, _told in STEPS if any(part in plain for part in parts)), "")


def chain(release: Release, choice: Choice) -> Section:
    """Ideas received, then laureates of each step; survival by year of the grant."""
    title, calls = _("De l’idée à la création"), programme.entries(release, "call")
    if calls.empty:
        return Section("chain", title, (without("appel-a-projets"),))
    first, last = choice.window[0], choice.window[-1]
    now = choice.counted(calls)
    steps = now["instrument"].map(step_of)
    won = now["laureate"].eq(1) if "laureate" in now else steps.eq("\0")
    counts = [(_("Idées"), len(now)), *((_(name), int((steps.eq(name) & won).sum())) for name, _p, _t in STEPS)]
    other = int((steps.eq("") & won).sum())
    said = [
        _(
            "Idées : toutes les demandes reçues. Ensuite, les lauréats, rangés d’après le nom du dispositif : {steps}."
        ).format(steps=locale.separator().join(f"{_(name).lower()} ({_(told)})" for name, _parts, told in STEPS)),
        _("Une même structure peut passer par plusieurs étapes : ces nombres ne se soustraient pas."),
    ]
    if other:
        said.append(_("Lauréats d’autres dispositifs : {number}.").format(number=locale.number(other)))
    rows = [Bar(name, float(number), locale.number(number)) for name, number in counts]
    drawn = bars(
        "chain-steps",
        locale.tight(_("Demandes et lauréats, {first} à {last}").format(first=first, last=last)),
        locale.tight(", ".join(f"{row.name} : {row.text}" for row in rows) + "."),
        rows,
        (_("Étape"), _("Nombre")),
    )
    alive, told = _survival(release)
    return Section("chain", title, tuple(map(locale.tight, [*said, told])), drawings=(drawn,), sheets=alive)


def _survival(release: Release) -> tuple[tuple[Sheet, ...], str]:
    found = survival(release)
    if not found:
        return (), _(
            "Survie à {years} ans : il faudrait, d’une même source, les listes de l’année de la subvention et de "
            "{years} ans plus tard."
        ).format(years=AFTER)
    rows = []
    for one in found:
        row: list[Entry] = [
            words.text_entry(str(one.year)),
            words.number_entry(one.known),
            words.number_entry(one.there),
        ]
        if one.known >= LEAST_RATE:
            low, high = wilson(one.there, one.known)
            between = _("{low} à {high}").format(low=locale.percent(100 * low), high=locale.percent(100 * high))
            row += [words.share_entry(one.there / one.known), words.text_entry(locale.tight(between))]
        else:
            row += [words.state_entry("missing"), words.text_entry("")]
        rows.append(tuple(row))
    heads = (
        _("Année de la subvention"),
        _("Structures retrouvées"),
        _("Encore là {years} ans après").format(years=AFTER),
        _("Taux de survie"),
        _("Intervalle à 95 %"),
    )
    sheet = Sheet("survival", _("Survie des structures aidées"), heads, tuple(rows))
    return (sheet,), _(
        "Survie : structures aidées reconnues dans la liste de l’année, et encore dans celle de la même source "
        "{years} ans plus tard, toute la métropole."
    ).format(years=AFTER)


def meetings(release: Release, choice: Choice) -> Section:
    """How many by territory and year, who was there as counts, and each of them."""
    title, frame = _("Rencontres dans les territoires"), programme.entries(release, "meeting")
    if frame.empty:
        return Section("meetings", title, (without("rencontres"),))
    years = sorted(int(year) for year in frame["year"].unique())
    rows = tuple(
        (
            words.text_entry(name),
            *(words.number_entry(int(part["year"].eq(year).sum())) for year in years),
            *(_present(part, measure) for measure, _label in ATTENDANCE),
        )
        for name, part in places(frame)
    )
    heads = (_("Territoire"), *map(str, years), *(_(label) for _measure, label in ATTENDANCE))
    by = Sheet("meetings-territory", _("Rencontres par territoire et année, et présences"), heads, rows)
    shown = choice.counted(frame)
    listed = Sheet(
        "meetings-list",
        locale.tight(_("Chaque rencontre, {first} à {last}").format(first=choice.window[0], last=choice.window[-1])),
        (
            _("Rencontre"),
            _("Date"),
            _("Territoire"),
            *(_(label) for _measure, label in ATTENDANCE),
            _("Compte rendu"),
        ),
        tuple(_meeting(row) for row in _dated(shown)),
    )
    return Section("meetings", title, (locale.tight(_("Des effectifs, jamais de noms.")),), sheets=(by, listed))


def _present(frame: pd.DataFrame, measure: str) -> Entry:
    found = programme.total(frame, measure)
    return words.state_entry("missing") if found is None else words.number_entry(found)


def _dated(frame: pd.DataFrame) -> list[dict[str, object]]:
    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    return sorted(rows, key=lambda row: (-int(str(row["year"])), str(row["title"])))


def _meeting(row: dict[str, object]) -> tuple[Entry, ...]:
    told, code = programme.detail(row["detail"]), row["territory"]
    return (
        words.data_entry(str(row["title"])),
        words.text_entry(told.get("date", str(row["year"]))),
        words.text_entry(territory(code).short if isinstance(code, str) else _("Plusieurs ou non précisé")),
        *(_counted(row.get(measure)) for measure, _label in ATTENDANCE),
        words.data_entry(told.get("minutes", "")),
    )


def _counted(value: object) -> Entry:
    known = isinstance(value, float) and value == value  # noqa: PLR0124  (no number is not equal to itself)
    return words.number_entry(float(str(value))) if known else words.state_entry("missing")


def practices(release: Release, choice: Choice) -> Section:
    """Cards that others can take up, the latest first."""
    title, frame = _("Bonnes pratiques à reprendre"), choice.inside(programme.entries(release, "practice"))
    if frame.empty:
        return Section("practices", title, (without("bonnes-pratiques"),))
    names = release.geography.communes["name"]
    cards, rows = [], []
    for row in _dated(frame):
        told = programme.detail(row["detail"])
        where = str(names.get(str(row["commune"]), "")) if isinstance(row["commune"], str) else ""
        pole = str(row["department"]) if isinstance(row["department"], str) else ""
        kind = ", ".join(part for part in (where, str(row["year"]), pole) if part)
        cards.append(
            Statement(str(row["title"]), kind, told.get("link", "") if _safe(told.get("link", "")) else "", FRENCH)
        )
        keys = ("who", "done", "result", "reuse", "link")
        rows.append((words.data_entry(str(row["title"])), *(words.data_entry(told.get(key, "")) for key in keys)))
    heads = (_("Pratique"), _("Structure"), _("Ce qui a été fait"), _("Résultat"), _("Pour la reprendre"), _("Lien"))
    sheet = Sheet("practices-list", _("Comment faire"), heads, tuple(rows))
    return Section("practices", title, statements=tuple(cards), sheets=(sheet,))


def _safe(link: str) -> bool:
    """Whether a link that a file brought may be followed."""
    return link.startswith(("https://", "http://"))
