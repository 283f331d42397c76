"""Rows that several files of one command say: kept from the first, counted as duplicates in the next ones.

A decision of which two files tell different amounts is two versions of one file, or two payments: it is asked which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import pandas as pd

from layers.covering import RECORD, identity, is_sure
from layers.deliveries import root
from layers.merging import Incoming
from layers.questions import VERSION, Question
from layers.report import OTHER_VERSION
from layers.typography import euros_text

IN_ANOTHER_FILE = "in_another_file"
_CONTRADICTED: Final = (
    "Décisions que « {last} », du même envoi, dit avec un autre montant : lequel garder est demandé dans ce fichier."
)
BOTH: Final = "Les deux s’ajoutent"
_SAME: Final = (
    "Lignes déjà données par un autre fichier de la même commande\u202f: gardées une seule fois, comme dans le premier."
)
_OTHER: Final = (
    "Décisions qu’un autre fichier de la même commande dit avec un autre montant\u202f: celui qui a été retenu."
)
_ASKED: Final = (
    "« {first} » et « {last} », du même envoi, disent {count} décision(s) avec d’autres montants : {before} dans le "
    "premier, {after} dans le second. Que garder ?"
)


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
    _settle_versions([file for file in incoming if len(file.tables.get("grants", ()))], territories)


def _settle_versions(files: Sequence[Incoming], territories: Mapping[str, str]) -> None:
    """Keep one version of the decisions that two files tell otherwise, or both, as is answered; the last meanwhile."""
    roots = {file.source["sha256"]: root(file.source) for file in files}
    names = [f"{at}. {file.source['file']}" for at, file in enumerate(files, start=1)]
    told = [_decisions(file, roots) for file in files]
    for (one, first), (two, last) in combinations(enumerate(files), 2):
        again = [told[place].isin(told[other]) for place, other in ((one, two), (two, one))]
        if first.source["kind"] != last.source["kind"] or not again[0].any():
            continue
        asked = _question(names[one], names[two], first, last, again)
        kept = last.account.ask(asked)
        if asked in last.account.questions:  # neither version is used before somebody says which
            first.account.warn(OTHER_VERSION, _CONTRADICTED.format(last=names[two]), int(pd.Series(again[0]).sum()))
        for place, file, name, mask in ((one, first, names[two], again[0]), (two, last, names[one], again[1])):
            if kept == name:
                _withdraw(file, "grants", mask, territories, _OTHER)
                told[place] = _decisions(file, roots)


def _decisions(file: Incoming, roots: Mapping[str, str]) -> pd.MultiIndex:
    """What tells the grants of a file; nothing of those that only their names tell."""
    frame = file.tables["grants"]
    found = identity("grants", frame, roots).to_frame(index=False)
    return pd.MultiIndex.from_frame(found.where(pd.Series(is_sure(frame)), other=file.source["sha256"]))


def _question(one: str, two: str, first: Incoming, last: Incoming, again: Sequence[object]) -> Question:
    euros = [
        euros_text(int(file.tables["grants"][mask]["amount_cents"].sum()))
        for file, mask in zip((first, last), again, strict=True)
    ]
    about = _ASKED.format(first=one, last=two, count=pd.Series(again[0]).sum(), before=euros[0], after=euros[1])
    return Question(VERSION, about, (one, two, BOTH), two, one)


def _withdraw(file: Incoming, name: str, again: object, territories: Mapping[str, str], why: str = _SAME) -> None:
    frame = file.tables[name]
    dropped, kept = frame[again], frame[~pd.Series(again, index=frame.index)]
    file.tables = {**file.tables, name: kept.reset_index(drop=True)}
    gone = dropped[~dropped["row"].isin(kept["row"])]
    for _, rows in gone.groupby("row"):
        _count_duplicate(file, rows, territories)
    file.account.warn(IN_ANOTHER_FILE, why, len(dropped))


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
