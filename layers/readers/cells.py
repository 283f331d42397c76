"""The cells of a declared table, one by one: where each stands, what it says, and what is said of its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from layers.headings import normalised
from layers.indicators.declared import RATE, Number
from layers.lines import line_of
from layers.questions import YEAR, Question
from layers.readers import areas, vintages
from layers.readers.insee_long import TOTALS, cuts, observed
from layers.readers.intake import Intake
from layers.readers.rows import Row
from layers.readers.writings import Rewriting, rewriting
from layers.typography import enumerated
from layers.unreadable import UnreadableFile
from layers.values.numbers import Value
from layers.values.periods import YEARLY, Period, period_of

if TYPE_CHECKING:
    from layers.readers.declared import Layout

Key = tuple[str, str, Period]
"""Commune or territory, fact, year or part of one."""
_UNITS: Final = ("%", "€", "euros", "EUR")
_BACK: Final = 6
_SOME, _FINER = 2, 0.2
"""Contradictions from which a table is one of parts of communes: their number, and their part of the places."""
_NO_YEAR: Final = "Ni les colonnes, ni le titre, ni le nom du fichier ne disent l’année de ces chiffres : laquelle ?"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table: its column, the period of its title, and the measure of its rows, where they say it."""

    number: Number
    fact: str
    at: int
    period: Period | None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value, and the row that said it."""

    row: Row
    value: Value


@dataclass(slots=True)
class Work:
    """What was read so far: values, sums to check totals by, cells that are no number."""

    told: dict[Key, Kept] = field(default_factory=dict)
    totals: list[tuple[Row, str, Period, float]] = field(default_factory=list)
    wrong: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    seen: set[str] = field(default_factory=set)
    rewritten: dict[tuple[str, int], Rewriting] = field(default_factory=dict)
    again: int = 0
    elsewhere: int = 0
    parts: int = 0
    other_measures: int = 0


def work(intake: Intake, layout: Layout, fixed: int | None) -> Work:
    """Read all the rows; each is ruled on once. *fixed* is the year of those that tell none, where it is known."""
    done, cut = Work(), _cuts(intake, layout)
    rows = list(intake.rows())
    done.rewritten = dict(_rewritings(intake, layout, rows))
    year = _year(intake, layout, fixed) if rows else None
    for row in rows:
        if not _is_whole(row, layout, cut):
            done.parts += 1
            intake.account.count("control")
            continue
        cells = [one for one in layout.cells if not one.measure or _same(one.measure, row["measure"])]
        if not cells:
            done.other_measures += 1
            intake.account.count("outside")
        elif (area := _area(intake, layout, row, done)) is not None and (told := _dated(intake, row, year)) is not None:
            cells = [replace(one, period=one.period or told) for one in cells]
            _row(intake, row, area, cells, done)
    if done.again > _SOME and done.again > _FINER * len(done.seen):
        raise UnreadableFile(
            intake.source.path,
            f"{done.again} lignes disent autre chose d’un lieu et d’une année que d’autres lignes avant elles",
            "Donner une ligne par lieu et par année : additionner les parties (IRIS, quartiers…), ou dire quelle ligne "
            "est le total (« where » de la déclaration).",
            intake.source.header_lines[-1],
        )
    _tell(intake, layout, done)
    return done


def _rewritings(intake: Intake, layout: Layout, rows: list[Row]) -> Iterator[tuple[tuple[str, int], Rewriting]]:
    for one in layout.cells:
        cells = [row.cells[one.at] for row in rows if not one.measure or _same(one.measure, row["measure"])]
        title = one.measure or intake.source.header[one.at]
        is_rate = one.number.number == RATE
        if not is_rate or one.number.unit.startswith("%"):
            yield (one.fact, one.at), rewriting(intake, title, cells, percent=is_rate and one.fact == one.number.key)


def _same(one: str, other: str) -> bool:
    return one == other or normalised(one) == normalised(other)


def _cuts(intake: Intake, layout: Layout) -> tuple[int, ...]:
    """Columns that cut a number in parts, those of which some row is the total: they have a ``_T``."""
    said = {at for key, places in intake.located.items() if key.startswith("where:") for at in places}
    columns = [at for at, _title in cuts(intake) if at not in said]
    return tuple(at for at in columns if any(len(row) > at and row[at] == "_T" for row in intake.source.sample))


def _is_whole(row: Row, layout: Layout, cut: tuple[int, ...]) -> bool:
    said = all(_same(wanted, row[f"where:{title}"]) for title, wanted in layout.declaration.where.items())
    return said and all(row.cells[at].upper() in TOTALS for at in cut)


def _year(intake: Intake, layout: Layout, fixed: int | None) -> int | None:
    """The year of what tells none: as said, or as the titles above or the name of the file write it; else asked."""
    if fixed is not None or intake.located["year"] or all(one.period for one in layout.cells):
        return fixed
    source = intake.source
    written = [year for text in (*source.above, *source.sheets) for year in vintages.years_in(text)]
    written = list(dict.fromkeys(written)) or list(vintages.years_in(source.path.stem))
    if len(written) == 1:
        return written[0]
    now = datetime.now(UTC).year
    choices = tuple(str(year) for year in sorted({*written, *range(now - _BACK, now + 1)}, reverse=True))
    guess = str(max(written, default=now))
    return int(intake.account.ask(Question(YEAR, _NO_YEAR, choices, guess)))


def _dated(intake: Intake, row: Row, year: int | None) -> Period | None:
    """The year of a row or its part, the year 0 where its titles have it; None once it is refused for it."""
    told, within = row["year"].removesuffix(".0"), row["within"]
    if not intake.located["year"] and not within:
        return Period(year or 0, 1, YEARLY)
    if within:
        told = f"{_part(intake, within)} {told or year or ''}".strip()
    period = period_of(within) or period_of(told)
    if period is None or (period.of == YEARLY and within):
        remedy = "Une année (2021), un mois (2021-03, mars 2021) ou un trimestre (T1 2021)."
        key = "year" if intake.located["year"] else "within"
        intake.reject(row, key, "année, mois ou trimestre illisible", remedy)
        return None
    return period


def _part(intake: Intake, text: str) -> str:
    """A month or a quarter as periods are written, by its number alone too."""
    number = text.removesuffix(".0")
    if not number.isdecimal():
        return text
    title = normalised(intake.source.header[intake.located["within"][0]])
    return number.zfill(2) if title.endswith(("mois", "month")) else f"T{number}"


def _area(intake: Intake, layout: Layout, row: Row, done: Work) -> str | None:
    """The place of a row; empty for the whole metropole; None once it is ruled on."""
    found = layout.areas.of(row["area"], row["level"], territories=layout.in_territories)
    if found.status == areas.INSIDE:
        return found.code
    if found.status == areas.WHOLE:
        return ""
    if found.status in (areas.OUTSIDE, areas.ABOVE):
        done.elsewhere += found.status == areas.OUTSIDE
        intake.account.count("outside")
    elif found.status == areas.ASSOCIATED:
        intake.note("part_of_commune", "Communes associées, déjà comptées dans leur commune", row.line)
        intake.repeat(row, row["area"])
    else:
        told = found.attachment
        reason = told.reason if told and told.reason else "lieu inconnu : ni commune, ni territoire"
        remedy = told.remedy if told and told.remedy else "Écrire le code Insee de la commune, ou le nom du territoire."
        intake.reject(row, "area", reason, remedy)
    return None


def _row(intake: Intake, row: Row, area: str, cells: list[Cell], done: Work) -> None:
    """Rule on one row of the metropole, and keep its values."""
    read = [(one, _value(row, one, done.rewritten.get((one.fact, one.at), str))) for one in cells]
    if all(found is None for _one, found in read):
        title = intake.source.header[cells[0].at]
        remedy = (
            "Corriger la valeur : un nombre, « s » (secret) ou rien. Un effectif n’est pas négatif : un solde ou une"
        )
        remedy += " évolution se déclare comme un taux, qui ne s’additionne pas."
        intake.refuse(row, title, row.cells[cells[0].at], reason="valeur illisible", remedy=remedy)
        return
    for one, found in read:
        if found is None:
            done.wrong[intake.source.header[one.at]].append(row.line)
    told = [((area, one.fact, one.period or Period(0, 1, YEARLY)), found) for one, found in read if found is not None]
    if not area:
        done.totals += [(row, key[1], key[2], found.number) for key, found in told if found.number is not None]
        intake.account.count("control")
    else:
        _keep(intake, row, area, told, done)


def _keep(intake: Intake, row: Row, area: str, told: list[tuple[Key, Value]], done: Work) -> None:
    before = {key: done.told[key] for key, _found in told if key in done.told}
    other = next((kept for key, found in told if (kept := before.get(key)) and kept.value != found), None)
    if other is not None:
        reason = f"même lieu, même période et autre valeur que ligne {line_of(other.row.line)}"
        remedy = "Garder une ligne par lieu et par période ; si une colonne les distingue, dire laquelle (« where »)."
        done.again += 1
        intake.reject(row, "area", reason, remedy)
    elif len(before) == len(told):
        intake.repeat(row, row["area"], next(iter(before.values())).row.line)
    else:
        done.seen.add(area)
        done.told.update({key: Kept(row, found) for key, found in told})
        intake.account.accept(intake.territories.get(area, area))


def _value(row: Row, one: Cell, rewritten: Rewriting) -> Value | None:
    """The value of a cell, its unit apart; None where it is no number, or below zero where it counts."""
    text = rewritten(row.cells[one.at].strip())
    for unit in _UNITS:
        text = text.removesuffix(unit).rstrip()
    found = observed(row, text=text)
    counts = one.number.number in ("count", "ratio") or one.fact != one.number.key
    return None if found and found.number is not None and found.number < 0 and counts else found


def _tell(intake: Intake, layout: Layout, done: Work) -> None:
    warn = intake.account.warn
    for title, lines in done.wrong.items():
        rows = enumerated([line_of(line) for line in lines])
        warn("unreadable_value", f"Cellules de « {title} » illisibles, laissées sans valeur ({rows}).", len(lines))
    warn("cuts", "Lignes d’une partie (âge, sexe, taille…), que leur total contient, non lues.", done.parts)
    warn("unread_measures", "Lignes d’une mesure que la déclaration ne nomme pas, non lues.", done.other_measures)
    additive = {one.fact for one in layout.cells if one.number.number in ("count", "amount", "ratio")}
    for row, fact, period, announced in done.totals:
        kept = [one.value for (_area, of, in_), one in done.told.items() if (of, in_) == (fact, period)]
        numbers = [one.number for one in kept if one.number is not None]
        if fact not in additive or done.elsewhere or len(numbers) < len(kept):
            continue
        if (added := sum(numbers)) != announced:
            said = f"total annoncé {announced:g}, lignes additionnées {added:g}".replace(".", ",")
            warn("total_mismatch", f"Ligne {line_of(row.line)} : {said}.")
