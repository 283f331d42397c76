"""How a table was understood, as its report says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layers.readers.reader import Reader
from layers.recognition.opening import Table
from layers.recognition.titles import concepts


def described(source: Table, reader: Reader, located: Mapping[str, Sequence[int]]) -> dict[str, object]:
    """How a table was understood: sheet, lines of the header, columns with their meanings, those that are not read."""
    read = {at for places in located.values() for at in places}
    columns = []
    for at, name in enumerate(source.header):
        one = next((found for found in source.columns if found.at == at), None)
        keys = [key for key, places in located.items() if at in places]
        if not keys:
            continue
        same = one is not None and one.meaning == keys[0]
        columns.append(
            {
                "name": name,
                "meaning": keys[0],
                "confidence": one.confidence if one is not None and same else 1.0,
                "why": one.why if one is not None and same else f"colonne de « {reader.title} »",
                **({"unit": f"{float(one.money.unit):g} EUR" if one.money.unit != 1 else "EUR", "stage": one.money.stage or None,
                    "year": one.money.year} if one is not None and same and one.meaning == "amount" else {}),
            }
        )  # fmt: skip
    unread = [
        {"name": name, "filled": sum(at < len(row) and bool(row[at].strip()) for row in source.sample), "amount": None}
        for at, name in enumerate(source.header)
        if at not in read and name and "PERSON" not in concepts(name)
    ]
    sheets = ", ".join(source.sheets)
    return {"sheet": sheets, "header_rows": list(source.header_lines), "columns": columns, "unread": unread}
