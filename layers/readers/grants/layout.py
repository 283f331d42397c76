"""The reader of a file of grants: its layout, and the columns where each meaning is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layers.readers.columns import Column, Located
from layers.readers.grants import reading
from layers.readers.grants.context import context
from layers.readers.grants.declaration import NEEDED, Layout
from layers.readers.intake import Intake, Vintage
from layers.readers.reader import Reader, Records
from layers.recognition.columns import MEANINGS, ColumnMeaning
from layers.recognition.opening import Table
from layers.recognition.titles import GRANT


def reader(layout: Layout, columns: Sequence[ColumnMeaning]) -> Reader:
    """The reader of a file of a layout, whose columns have these meanings."""

    def read(intake: Intake) -> Records:
        known = context(intake.source, columns, layout.constants, intake.asked, intake.account.answers)
        return reading.read(intake, known, layout)

    def vintage(source: Table, _located: Located, year: int | None) -> Vintage:
        told = context(source, columns, layout.constants, year, {})
        return Vintage(told.years[0], layout.title)

    return Reader(
        kind=layout.kind,
        title=layout.title,
        part=layout.part,
        publisher=layout.publisher,
        licence=layout.licence,
        attribution=layout.attribution,
        caveats=layout.caveats,
        columns=located_columns(columns, layout.names, NEEDED),
        read=read,
        vintage=vintage,
    )


def located_columns(
    columns: Sequence[ColumnMeaning], called: Mapping[str, str] | None = None, needed: Sequence[str] = ()
) -> tuple[Column, ...]:
    """The columns of a reader by meaning: at the places where they are, none elsewhere; *needed* ones are required."""
    places: dict[str, tuple[int, ...]] = dict.fromkeys(MEANINGS, ())
    for one in columns:
        if one.meaning and (one.meaning != "amount" or one.money.form == GRANT):
            places[one.meaning] = (*places[one.meaning], one.at)
    labels = {**MEANINGS, **(called or {})}
    names = {
        meaning: next((one.name for one in columns if one.at in at), labels[meaning]) for meaning, at in places.items()
    }
    return tuple(
        Column(meaning, names[meaning], required=meaning in needed, many=True, places=at)
        for meaning, at in places.items()
    )
