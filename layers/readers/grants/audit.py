"""What may have been misread in a file of grants is asked about: a line of its header, its unit, what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from layers.lines import line_of
from layers.questions import COLUMN, HEADER, Answers, Question
from layers.questions import UNIT as UNIT_KEY
from layers.readers import audit
from layers.readers.grants.context import TOLD, WHICH_UNIT, Context
from layers.readers.intake import Intake
from layers.readers.rows import Row
from layers.recognition import titles
from layers.recognition.columns import OTHERWISE, ColumnMeaning, settle
from layers.recognition.contents import is_refusal
from layers.recognition.encodings import repaired
from layers.recognition.opening import Table
from layers.recognition.tables import is_titles, repeats, two_lines
from layers.recognition.titles import PROPOSED, VOTED, Money
from layers.recognition.under import is_under_header, is_unit
from layers.values.amounts import Unit, amount

Line = tuple[int, list[str]]
_NEAR: Final = 3
"""Rows under a header among which its second line is looked for."""
_LONG, _LOOKED = 80, 200
_LIKE_UNIT = re.compile(
    r"(?:^|[^\w])[km][^\w\s.,:;)\]-]|(?:^|[^\w])[km][Ç\ufffd?]|\bmilliers?\b|\bmillions?\b|\bcentimes?\b|\bk ?eur",
    re.IGNORECASE,
)
"""What may say a unit, though it was cut or its signs were lost: « MT_SUBV_milliers », « (k?) »."""
_THOUSANDTHS = re.compile(r"\D*\d+[.,]\d{3,6}\D*")
_LEAST: Final = 500
"""Cents under which the half of all amounts hardly are: no unit of euros then."""
_PART: Final = 0.3
_WHOLE, _DECIMALS = re.compile(r"-?\d[\d \u00a0\u202f.]*"), re.compile(r"\d{1,3}")
_MOSTLY: Final = 0.8
_NO: Final = 3
"""Letters of « non », which may answer anything."""
_SHIFTED: Final = (
    "La colonne « {title} » ne contient pas ce que dit son titre : les colonnes sont-elles bien sous leurs titres ?",
    "des cellules ne sont pas sous leurs titres, à partir de « {title} »",
    "Mettre entre guillemets les cellules qui contiennent le séparateur, ou choisir un autre séparateur.",
)
_REFUSED: Final = (
    "La colonne « {title} » dit « {said} » de lignes qui sont comptées : sont-elles bien des subventions accordées ?",
    "des lignes dont la colonne « {title} » dit « {said} » ne sont pas des subventions",
    "Dire que cette colonne est la suite donnée à la demande, ou enlever ces lignes.",
)
_CANCELLED: Final = (
    "La colonne « {title} » n’est pas lue : les montants accordés sont-ils à compter en entier ?",
    "des montants de « {title} » sont à déduire",
    "Ajouter une colonne du montant net, et dire que c’est lui qui est accordé.",
)
_HEADER: Final = (
    "La ligne {line} (« {said} ») semble être de l’en-tête, et changer ce que disent les colonnes : est-elle bien à"
    " laisser de côté ?",
    "la ligne {line} est de l’en-tête, et n’est pas lue avec lui",
    "Choisir les deux lignes de l’en-tête, ou les réunir en une seule.",
)


def asked(intake: Intake, rows: Sequence[Row], known: Context, held: Sequence[Line]) -> None:
    """Ask about the lines of the header that are not read with it, and about what no table has.

    *rows* are those that count, *held* all those below the header.
    """
    columns = [
        [amount(row.cells[at], 1, known.writings.get(at)).cents or 0 for row in rows if at < len(row.cells)]
        for at in _given(known)
    ]
    audit.left_out(intake, {sum(column) for column in columns} | {sum(map(sum, columns))})
    answers = intake.account.answers
    if HEADER in answers or any(name.startswith(f"{COLUMN}:") for name in answers):
        return
    for one in known.columns.values():
        if (refused := _refused(one, rows)) is not None:
            audit.confirm(intake, f"ruling {one.at}", _REFUSED, title=one.name or "sans titre", said=refused)
        if "CANCELLED" in titles.concepts(one.name) and one.content.filled and one.at not in _given(known):
            audit.confirm(intake, f"cancelled {one.at}", _CANCELLED, title=one.name)
    if (title := _shifted(intake.source, known, held)) is not None:
        audit.confirm(intake, "columns", _SHIFTED, title=title)
    for line, cells in _lines_of_header(intake.source, known, held):
        said = audit.shown(intake, " ; ".join(cell.strip() for cell in cells if cell.strip()))
        audit.confirm(intake, f"{HEADER} {line_of(line)}", _HEADER, line=str(line_of(line)), said=said)


def _refused(column: ColumnMeaning, rows: Sequence[Row]) -> str | None:
    """What a column that is not read for it says of a row that counts, where that is a refusal."""
    if column.meaning in ("name", "ruling", "purpose"):
        return None
    said = dict.fromkeys(row.cells[column.at] for row in rows)
    return next((text for text in said if len(text) > _NO and is_refusal(text)), None)


def _shifted(source: Table, known: Context, held: Sequence[Line]) -> str | None:
    """The title of a column whose cells seem to be of the one at its left: nothing but decimals beside amounts, or
    one of several columns that hold something else than they say; None where there is none."""
    astray = [one for one in known.columns.values() if not one.meaning and _is_astray(one)]
    if len(astray) > 1:
        return astray[0].name
    beside = [(at, at + 1) for at in _given(known) if source.delimiter == "," and at + 1 < len(source.header)]
    untitled = [at for at, name in enumerate(source.header) if not name and known.columns[at].content.filled]
    width = len(source.header)
    for at, after in beside if astray or untitled else ():
        if any(one.at == after and one.content["number"] >= _MOSTLY for one in astray):
            return source.header[after]
        whole = [cells for _, cells in held if len(cells) == width and cells[at]]
        cells = [[cells[at].strip(), cells[after].strip()] for cells in whole]
        cut = sum(bool(_WHOLE.fullmatch(one) and _DECIMALS.fullmatch(other)) for one, other in cells)
        if cut >= _MOSTLY * len(cells) > 0:
            return source.header[after]
    return None


def _is_astray(one: ColumnMeaning) -> bool:
    told = titles.read(one.name)
    return one.why == OTHERWISE and told.confidence >= titles.LIKELY and told.meaning not in ("identifier", "reference")


def _given(known: Context) -> list[int]:
    return [at for one in known.amounts.granted for at in one.places]


def _lines_of_header(source: Table, known: Context, held: Sequence[Line]) -> Iterator[Line]:
    """Rows above or under the header that would make other columns of it, or that write words among the amounts."""
    first = source.header_lines[0]
    upper = next(((line, cells) for line, cells in source.head if line == first - 1), None)
    if upper and is_titles(upper[1]) and _changes(source, known, upper[1], source.header):
        yield upper
    some = ((line, [repaired(cell) for cell in cells]) for line, cells in held if any(cell.strip() for cell in cells))
    for (line, cells), _ in zip(some, range(_NEAR), strict=False):
        if _has_amount(known, cells):
            return
        if repeats(cells, source.header) or is_under_header(cells):
            continue
        money = [cells[at] for at in known.writings if at < len(cells) and (at or any(cells[1:]))]
        words = any(any(map(str.isalpha, text)) and not is_unit(text) for text in money)
        if words or (is_titles(cells) and _changes(source, known, source.header, cells)):
            yield line, cells


def _has_amount(known: Context, cells: Sequence[str]) -> bool:
    return any(at < len(cells) and known.cents(at, cells[at]) is not None for at in known.writings)


def _changes(source: Table, known: Context, upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether titles on two lines would make amounts of columns that say nothing, or other amounts of those read."""
    found = {one.at: one for one in settle(two_lines(upper, lower)[: len(source.header)], source.sample)}
    told = [one.at for one in found.values() if one.meaning == "amount" and not known.columns[one.at].meaning]
    return bool(told) or any(_differs(found[at].money, known.columns[at].money) for at in _given(known) if at in found)


def _differs(one: Money, other: Money) -> bool:
    same = replace(one, part=other.part, stage=other.stage) == other
    return not same or one.stage not in ("", VOTED, other.stage) or (one.stage == VOTED and other.stage == PROPOSED)


def in_doubt(source: Table, known: Context, held: Sequence[Line], answers: Answers) -> Context:
    """The same context, with a question about its unit where something in the file tells of another, or amounts do."""
    if known.doubt or known.said or UNIT_KEY in answers:
        return known
    own = {titles.told_unit(known.columns[at].name) or known.unit for at in _given(known) if at not in known.own}
    names = (name for at in _given(known) for name in source.called.get(at, ()))
    said = {*_told(known, held), *(unit for name in names if (unit := titles.told_unit(name)))}
    told = said - own
    if not told and not (own == {1} and (_is_like_unit(source, known, held) or _are_tiny(known, held))):
        return known
    guess = max(told, default=1 if 1 in said else 1_000)
    return replace(known, doubt=Question(UNIT_KEY, WHICH_UNIT, tuple(TOLD.values()), TOLD[guess]))


def _told(known: Context, held: Sequence[Line]) -> Iterator[Unit]:
    """Units that cells say by themselves, and those, but the euro, that rows without an amount tell."""
    for at, (_, cells) in enumerate(held):
        silent = not _has_amount(known, cells)
        for text in map(repaired, cells if silent or at < _LOOKED else ()):
            if text and len(text) <= _LONG and (silent or is_unit(text)):
                unit = titles.told_unit(text)
                if unit and (unit != 1 or is_unit(text)):
                    yield unit


def _is_like_unit(source: Table, known: Context, held: Sequence[Line]) -> bool:
    names = [known.columns[at].name for at in _given(known)]
    under = [text for _, cells in held[:_NEAR] if not _has_amount(known, cells) for text in cells]
    texts = [*names, *under, *source.above, *source.sheets]
    return any(len(text) <= _LONG and _LIKE_UNIT.search(text.replace("_", " ")) for text in texts)


def _are_tiny(known: Context, held: Sequence[Line]) -> bool:
    """Whether amounts have thousandths, or half of them would hardly pay a coffee."""
    texts = [(at, repaired(cells[at])) for at in _given(known) for _, cells in held if at < len(cells)]
    found = [(one, text) for at, text in texts if (one := known.amount(at, text)).cents is not None]
    thousandths = sum(one.rounded and bool(_THOUSANDTHS.fullmatch(text.strip())) for one, text in found)
    return thousandths > _PART * len(found) or median([abs(one.cents or 0) for one, _ in found] or [_LEAST]) < _LEAST
