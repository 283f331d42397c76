"""What holds for all the rows of a file of grants: its amounts, its unit, who gives, the year that no row tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Final

from layers import identifiers
from layers.lines import sheet_of
from layers.questions import AMOUNT, NO_AMOUNT, UNIT, Answers, Question
from layers.readers import proof, vintages
from layers.readers.answered import answered_units
from layers.recognition import amounts as recognised
from layers.recognition import titles
from layers.recognition.amounts import ALL, Amounts
from layers.recognition.beside import ONLY_A_YEAR
from layers.recognition.columns import ColumnMeaning
from layers.recognition.contents import KINDS, is_number
from layers.recognition.encodings import repaired
from layers.recognition.opening import Table
from layers.recognition.under import is_unit
from layers.values.amounts import Amount, Unit, Writing, amount, writing

TOLD: Final[Mapping[Unit, str]] = {Fraction(1, 100): "centimes", 1: "euros", 1_000: "k€", 1_000_000: "M€"}
WHICH_UNIT: Final = "Le fichier dit plusieurs unités : en laquelle sont les montants ?"
_PLACED_BY: Final = frozenset({"siret", "siren", "rna", "insee", "postcode", "city", "postcode_city", "address"})
"""Without one of these no list of structures can be read where nobody knows which amount is the grant."""
_NUMBER = re.compile(r"(?:\d[\s\u00a0\u202f]?){9}(?:(?:[\s\u00a0\u202f]?\d){5})?")
ASKED_FOR, TITLE, SHEET, NAME, ASSUMED = "asked", "title", "sheet", "name", "assumed"
"""How the year of a file is known: from who imports it, a title, the sheet, the file's name, not at all."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before the first row is read.

    Attributes
    ----------
    amounts : which columns are the grants.
    columns : those of the table, by place.
    writings : how each column of amounts writes numbers, by place.
    unit : euros of a unit where the title of a column says none.
    own : that of a column, where it was answered, by place.
    said : that of all of them, where it was answered.
    doubt : what to ask where several units are told.
    grantor, grantor_siren : who gives, where no column says it or a row leaves it blank.
    years : year of the file, one a sheet that is read.
    how : how that year is known.
    """

    amounts: Amounts
    columns: Mapping[int, ColumnMeaning]
    writings: Mapping[int, Writing]
    unit: Unit
    own: Mapping[int, int]
    doubt: Question | None
    grantor: str
    grantor_siren: str | None
    years: tuple[int, ...]
    how: str
    said: Unit | None = None

    @property
    def says_stage(self) -> bool:
        """Whether a title of the columns that are read says what was voted, or paid."""
        return any(self.columns[at].money.stage for one in self.amounts.granted for at in one.places)

    def year(self, line: int) -> int:
        """Year of the file, or of the sheet, that a line is in."""
        return self.years[min(sheet_of(line), len(self.years) - 1)]

    def amount(self, at: int, text: str) -> Amount:
        """Amount of a cell of a column."""
        own = self.own.get(at) or self.said or titles.told_unit(self.columns[at].name)
        return amount(text, own or self.unit, self.writings.get(at))

    def cents(self, at: int, text: str) -> int | None:
        """Cents of a cell of a column; None where it holds no amount."""
        return self.amount(at, text).cents


def context(
    table: Table, columns: Sequence[ColumnMeaning], constants: Mapping[str, str], year: int | None, answers: Answers
) -> Context:
    """Settle what holds for a whole file, by its columns, the rows above its header, its sheets and its name."""
    by_place = {one.at: one for one in columns}
    money = [one.at for one in columns if one.meaning == "amount"]
    writings = {at: writing(row[at] for row in table.sample if at < len(row)) for at in money}
    unit, doubt = _unit(_places_of_units(table, by_place), [by_place[at] for at in money], answers)

    def cents(text: str) -> int | None:
        return amount(text).cents

    name, siren = _grantor(table, columns)
    years, how = _years(table, int(constants["year"]) if "year" in constants else year)
    settled = recognised.settled(columns, table.sample, cents, answers.get(AMOUNT))
    if _is_of_unsaid(table, settled, by_place) and answers.get(AMOUNT) != ALL:
        settled = replace(settled, questions=(*settled.questions, _unsaid(settled, by_place)))
    if any(one.meaning in _PLACED_BY for one in columns):
        settled = replace(settled, questions=tuple(_or_none(one) for one in settled.questions))
    told = answered_units(table, answers)
    grantor = constants.get("grantor") or name
    said = next((unit for unit, called in TOLD.items() if called == answers.get(UNIT)), None)
    return Context(settled, by_place, writings, unit, told, doubt, grantor, siren, years, how, said)


def below(known: Context, rows: Sequence[Sequence[str]], answers: Answers) -> Context:
    """The same, with what rows of one text, notes under the table and units under its titles, say of the unit."""
    told = [[repaired(text) for text in cells if text.strip()] for cells in rows]
    notes = [text for texts in told if len(texts) == 1 or all(map(is_unit, texts)) for text in texts]
    said = [text for text in notes if titles.told_unit(text) not in (None, 1)]
    if not said:
        return known
    money = [one for at, one in known.columns.items() if at in known.writings]
    unit, doubt = _unit([*said, *([TOLD[known.unit]] if known.unit != 1 else [])], money, answers)
    return replace(known, unit=unit, doubt=doubt or known.doubt)


def _places_of_units(table: Table, columns: Mapping[int, ColumnMeaning]) -> list[str]:
    """Texts that may tell the unit of all amounts: above the table, the names of its sheets, a column of units."""
    beside: list[str] = []
    for at, one in columns.items():
        texts = {row[at] for row in table.sample if at < len(row) and row[at].strip()}
        if (
            one.meaning != "amount"
            and texts
            and sum(map(is_unit, texts)) >= len(texts) - 1
            and any(map(is_unit, texts))
        ):
            beside += texts
    return [*table.above, *table.sheets, table.path.stem, *beside]


def _unit(texts: Sequence[str], money: Sequence[ColumnMeaning], answers: Answers) -> tuple[Unit, Question | None]:
    """The unit that texts tell, and what is asked where they tell several, or a column tells another."""
    told = {unit for text in texts if (unit := titles.told_unit(text)) not in (None, 1)}
    own = {unit for one in money if (unit := titles.told_unit(one.name)) is not None}
    if not told:
        return 1, None
    if len(told) == 1 and own <= told:
        return told.pop() or 1, None
    choices = {TOLD[one]: one for one in sorted({*told, *own} - {None})}
    near = own if len(own) == 1 else {unit for unit in map(titles.told_unit, texts[:1]) if unit} or told
    asked = Question(UNIT, WHICH_UNIT, tuple(choices), TOLD[max(near)])
    said = answers.get(UNIT, "")
    return choices[said if said in choices else asked.guess], asked


def _is_of_unsaid(table: Table, settled: Amounts, columns: Mapping[int, ColumnMeaning]) -> bool:
    """Whether amounts are only told by a year at their head, and nothing about the table says that it is of grants."""
    read = [columns[at] for one in settled.granted for at in one.places]
    return any(one.why == ONLY_A_YEAR for one in read) and not proof.says(proof.around(table), proof.OF_GRANTS)


def _unsaid(settled: Amounts, columns: Mapping[int, ColumnMeaning]) -> Question:
    names = tuple(columns[at].name for one in settled.granted for at in one.places)
    about = "Des colonnes de nombres n’ont qu’une année pour titre : lesquelles sont des subventions ?"
    return Question(AMOUNT, about, (ALL, *names), ALL)


def _or_none(asked: Question) -> Question:
    """A question of amounts that may also be answered by reading none."""
    return replace(asked, choices=(*asked.choices, NO_AMOUNT)) if asked.key == AMOUNT else asked


def _grantor(table: Table, columns: Sequence[ColumnMeaning]) -> tuple[str, str | None]:
    """Who gives: the only name of its column, else a title that bears a number; empty where nothing says it."""
    told = next((one for one in columns if one.meaning == "grantor"), None)
    number = next((one for one in columns if one.meaning == "grantor_siret"), None)
    siren = None
    if number is not None and number.content.distinct == 1:
        siren = identifiers.siren(re.sub(r"\D", "", number.content.samples[0])[:9]).code
    if told is not None:
        return (told.content.samples[0].strip() if told.content.distinct == 1 else ""), siren
    for text in table.above:
        for match in _NUMBER.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            code = identifiers.siret(digits).code or identifiers.siren(digits).code
            if code:
                return " ".join((text[: match.start()] + text[match.end() :]).split()).strip(" ,;:-()"), code[:9]
    return "", siren


def _years(table: Table, year: int | None) -> tuple[tuple[int, ...], str]:
    if year is not None:
        return (year,), ASKED_FOR
    by_sheet = [_only([name]) for name in table.sheets]
    if len(by_sheet) > 1 and all(one is not None for one in by_sheet):
        return tuple(one for one in by_sheet if one is not None), SHEET
    for how, told in (
        (TITLE, [text for text in table.above if not is_amount(text)]),
        (SHEET, table.sheets),
        (NAME, [table.path.stem]),
    ):
        if (found := _only(told)) is not None:
            return (found,), how
    return (datetime.now(tz=UTC).year,), ASSUMED


def is_amount(text: str) -> bool:
    """Whether a text is a number other than a year: no year is to be found in it."""
    return is_number(text) and not KINDS["year"](text)


def _only(texts: Sequence[str]) -> int | None:
    """The one year that texts tell; None where they tell none or several."""
    years = {year for text in texts for year in vintages.years_in(text)}
    return years.pop() if len(years) == 1 else None


NO_YEAR: Final = "Aucune ligne, aucun titre, ni le nom du fichier ne disent l’année de ces subventions : laquelle ?"
