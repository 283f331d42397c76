"""Rows of a source file as a reader sees them: complete ones, by column key; what is no data is ruled on here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from layers.account import Account, Reject
from layers.lines import line_of, sheet_of
from layers.questions import TOTALS, Question
from layers.readers.columns import Located
from layers.recognition import rowclasses, sections
from layers.recognition.alignment import aligned, is_cut
from layers.recognition.amounts import is_figure
from layers.recognition.encodings import repaired
from layers.recognition.opening import Table
from layers.recognition.rowclasses import RowClasses, Ruled
from layers.recognition.sections import Under
from layers.typography import enumerated, euros_text

_WHOLE_FILE = "Vérifier cette ligne dans le fichier d’origine, ou le télécharger à nouveau."
_MENDED = (
    "Lignes que leur séparateur coupait, remises sous leurs colonnes : une virgule décimale, ou un séparateur dans un "
    "texte"
)
_NO_SEPARATOR = ("", "\t")
_DOUBTFUL = (
    "Des lignes ({lines}) ne portent qu’un nom et un montant, qui fait la somme de lignes voisines : que sont-elles ?"
)
_BARE = (
    "Des lignes ({lines}) ne portent qu’un texte et un montant, quand les autres en disent bien plus : que sont-elles ?"
)
_NAMED = "Des lignes ({lines}) disent « total », et ne font la somme d’aucunes lignes voisines : que sont-elles ?"
NAMED: Final = "named"
"""The subject of that question."""
SUMS, GIVEN = "Des totaux, à ne pas compter", "Des subventions, à compter"
Line = tuple[int, list[str]]
_Ruled = tuple[int, list[str], Ruled]


@dataclass(frozen=True, slots=True)
class Money:
    """The columns of amounts by which totals are told: their places, and how a cell of one is read, in cents.

    *mends*: cells that a separator cut are joined again; not where some of them are of persons.
    """

    places: tuple[int, ...]
    cents: Callable[[int, str], int | None]
    mends: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One complete record: its line in the file and its cells, stripped of outer spaces only."""

    line: int
    cells: tuple[str, ...]
    located: Located
    under: Under = sections.NOTHING
    """What the titles above it say of it; the year, those of its own part alone."""

    def __getitem__(self, key: str) -> str:
        """Text of the column *key*; empty where the file has no such column."""
        positions = self.located[key]
        return self.cells[positions[0]] if positions else ""


@dataclass(slots=True)
class _Passed:
    """Rows that are no data, by what they are."""

    twice: list[int] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    controls: list[int] = field(default_factory=list)
    details: list[int] = field(default_factory=list)
    wrong: list[tuple[int, int, int]] = field(default_factory=list)


def complete_rows(source: Table, account: Account, located: Located, money: Money | None = None) -> Iterator[Row]:
    """Yield the complete rows of data of *source*; count each, rule totals control rows, refuse cut and overlong ones.

    A row that has only empty cells beyond the header is taken as complete. Blank rows, notes, titles and repeated
    headers are no rows.
    """
    width, passed = len(source.header), _Passed()
    who = tuple(at for key in ("siret", "siren", "rna") for at in located.get(key, ()))
    places = money.places if money else ()
    figures = tuple(one.at for one in source.columns if one.at not in places and is_figure(one))
    classes = RowClasses(source.header, places, who, money.cents if money else _nothing, figures)
    meanings = [""] * width
    for one in source.columns[:width]:
        meanings[one.at] = one.meaning
    laid = _laid_rows(source, meanings, passed, mends=bool(money and money.mends))
    sheet, under = 0, replace(sections.under([*source.sheets[:1], *source.above]), year=0)
    ruled = _with_totals(classes, laid, account) if money else _ruled(classes, laid)
    for place, (line, cells, found) in enumerate(ruled):
        if sheet_of(line) != sheet:
            sheet, under = sheet_of(line), replace(sections.under(source.sheets[sheet_of(line) :][:1]), year=0)
        if place in source.parts:
            under = sections.under([*source.sheets[sheet_of(line) :][:1], *source.parts[place]])
        if found.kind in (rowclasses.NOTE, rowclasses.TITLE):
            under = sections.under(cells, under)
        if not _is_data(found, line, account, passed):
            continue
        account.read()
        if fault := _fault(source, line, cells):
            account.reject(fault)
        else:
            yield Row(line, tuple(cells), located, under)
    _tell(account, passed)


def _laid_rows(source: Table, meanings: Sequence[str], passed: _Passed, *, mends: bool) -> Iterator[Line]:
    """The rows of a file, their cells stripped, those that were cut under their columns again."""
    width = len(meanings)
    for line, raw in source.rows:
        plain = [cell.strip() for cell in raw]
        cells = [repaired(cell) for cell in plain]
        if cells != plain:
            passed.twice.append(line)
        if mends and len(cells) > width and (fixed := _laid(_spaced(raw, cells), meanings, source.delimiter)):
            cells = [cell.strip() for cell in fixed]
            passed.repaired.append(line)
        elif mends and len(cells) > width and is_cut(cells, meanings, source.delimiter):
            yield line, cells  # of a cell too many: what cut it is known, and not where it belongs
            continue
        while len(cells) > width and not cells[-1]:
            cells.pop()
        yield line, cells


def _spaced(raw: Sequence[str], cells: list[str]) -> list[str]:
    """Cells with the spaces before them, « Ateliers, sorties » being a text; without, where all have some."""
    everywhere = all(cell[:1].isspace() for cell in raw[1:] if cell)
    return cells if everywhere else [repaired(cell) for cell in raw]


def _ruled(classes: RowClasses, laid: Iterable[Line]) -> Iterator[_Ruled]:
    for line, cells in laid:
        yield line, cells, classes.of(cells)


def _with_totals(classes: RowClasses, laid: Iterable[Line], account: Account) -> Iterator[_Ruled]:
    """Rows with their classes; rows that are totals by arithmetic alone are so unless they are said to be data."""
    rows = list(laid)
    starts = [at for at in range(1, len(rows)) if sheet_of(rows[at][0]) != sheet_of(rows[at - 1][0])]
    found = classes.of_all([cells for _, cells in rows], starts)
    told = [(line, one.total) for (line, _), one in zip(rows, found, strict=True) if one.total and one.total.doubtful]
    data = set[int]()
    for subject in ("", NAMED):
        doubtful = [line for line, total in told if total.proved is (subject == "")]
        if doubtful and account.ask(of_totals(doubtful, subject)) == GIVEN:
            data |= set(doubtful)
    for (line, cells), one in zip(rows, found, strict=True):
        yield line, cells, Ruled(rowclasses.DATA) if line in data else one


def of_totals(lines: Sequence[int], subject: str = "", guess: str = SUMS) -> Question:
    """Whether rows that only arithmetic tells from the others, or that say far less than they, are totals."""
    told = enumerated([line_of(one) for one in lines])
    about = _BARE if guess == GIVEN else _NAMED if subject == NAMED else _DOUBTFUL
    return Question(TOTALS, about.format(lines=told), (SUMS, GIVEN), guess, subject)


def _nothing(_at: int, _text: str) -> None:
    """No cell is an amount where no column is."""


def _laid(cells: list[str], meanings: Sequence[str], delimiter: str) -> list[str] | None:
    return aligned(cells, meanings, delimiter) if delimiter not in _NO_SEPARATOR and any(meanings) else None


def _is_data(found: Ruled, line: int, account: Account, passed: _Passed) -> bool:
    """Whether a row is data; any other is ruled on."""
    if found.kind == rowclasses.DATA:
        return True
    if found.kind == rowclasses.DETAIL:
        account.read()
        account.count("control")
        passed.details.append(line)
    elif found.total:
        account.read()
        account.count("control")
        passed.controls.append(line)
        if not found.total.proved and found.total.announced != found.total.added:
            passed.wrong.append((line, found.total.announced, found.total.added))
    elif found.kind == rowclasses.HEADER:
        passed.headers.append(line)
    elif found.kind != rowclasses.BLANK:
        passed.notes.append(line)
    return False


def _tell(account: Account, passed: _Passed) -> None:
    told = (
        ("encoding_twice", "Lignes encodées deux fois (« Ã© » pour « é »), lues comme elles étaient", passed.twice),
        ("decimal_comma", _MENDED, passed.repaired),
        ("repeated_header", "Lignes d’en-tête répétées, passées", passed.headers),
        ("notes", "Lignes de titre ou de note, passées", passed.notes),
        ("details", "Lignes « dont… », qui détaillent une ligne déjà comptée, non comptées", passed.details),
        ("control_rows", "Lignes de total, vérifiées et non comptées", passed.controls),
    )
    for code, message, lines in told:
        if lines:
            account.aside += [(one, code) for one in lines if code != "decimal_comma"]
            account.warn(code, f"{message} ({enumerated([line_of(one) for one in lines])}).", len(lines))
    for line, announced, added in passed.wrong:
        said, sum_ = euros_text(announced), euros_text(added)
        account.warn("total_mismatch", f"Ligne {line_of(line)} : total annoncé {said}, lignes additionnées {sum_}.")


def _fault(source: Table, line: int, cells: Sequence[str]) -> Reject | None:
    header, width = source.header, len(source.header)
    if len(cells) < width:
        return Reject(
            line,
            header[len(cells)],
            cells[-1][:80],
            f"ligne coupée : {len(cells)} champs au lieu de {width}",
            _WHOLE_FILE,
        )
    if len(cells) > width:
        return Reject(
            line,
            header[-1],
            cells[width][:80],
            f"champs en trop : {len(cells)} au lieu de {width}, un séparateur figure sans doute dans un texte",
            "Mettre entre guillemets le texte qui contient le séparateur.",
        )
    return None
