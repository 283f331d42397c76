"""Rows that several files of one command say: kept from the first, counted as duplicates in the next ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from layers.deliveries import RECORD
from layers.merging import Incoming

IN_ANOTHER_FILE = "in_another_file"


def settle(incoming: Sequence[Incoming], territories: Mapping[str, str]) -> None:
    """Leave each record in the first file that says it; correct tables and accounts of the next ones.

    ``territories`` gives the territory of a commune. A row of a file becomes a duplicate when nothing of it is left.
    """
    for name, record in RECORD.items():
        seen: pd.MultiIndex | None = None
        for file in incoming:
            frame = file.tables.get(name)
            if frame is None or frame.empty:
                continue
            said = pd.MultiIndex.from_frame(frame[list(record)])
            if seen is not None and (again := said.isin(seen)).any():
                _withdraw(file, name, again, territories)
            seen = said if seen is None else seen.append(said)


def _withdraw(file: Incoming, name: str, again: object, territories: Mapping[str, str]) -> None:
    frame = file.tables[name]
    dropped, kept = frame[again], frame[~pd.Series(again, index=frame.index)]
    file.tables = {**file.tables, name: kept.reset_index(drop=True)}
    gone = dropped[~dropped["row"].isin(kept["row"])]
    for _, rows in gone.groupby("row"):
        _count_duplicate(file, rows, territories)
    file.account.warn(
        IN_ANOTHER_FILE,
        "Lignes déjà données par un autre fichier de la même commande\u202f: gardées une seule fois, "
        "comme dans le premier.",
        len(dropped),
    )


def _said(rows: pd.DataFrame) -> str:
    """What a repeated row is of: its name, else its commune."""
    known = [str(rows[column].iloc[0]) for column in ("name", "title", "commune") if column in rows]
    return known[0] if known else ""


def _count_duplicate(file: Incoming, rows: pd.DataFrame, territories: Mapping[str, str]) -> None:
    """Move one accepted row, with its euros, to the duplicates."""
    account = file.account
    cents = int(rows["amount_cents"].sum()) if "amount_cents" in rows else 0
    account.rows["accepted"] -= 1
    account.cents["accepted"] -= cents
    account.repeat(int(rows["row"].iloc[0]), _said(rows), cents=cents)
    commune = rows["commune"].iloc[0]
    if not pd.isna(commune) and (territory := territories.get(str(commune))):
        account.accepted_by_territory[territory] -= 1
        account.cents_by_territory[territory] -= cents
