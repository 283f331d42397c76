"""The stock files of one command, read together: which rows are kept, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geodata import perimeter
from layers import ess_rule, scratch, tables
from layers.account import Account, Outcome, Reject
from layers.readers.reader import Reading
from layers.sirene import accounts, candidates, establishments, history, points, records, units
from layers.sirene.columns import ESTABLISHMENTS, HISTORY, POSITIONS, STOCKS, UNITS, UNITS_HISTORY, has_units
from layers.sirene.declaration import READER
from layers.sirene.engine import engine, one, scan
from layers.sirene.opening import StockFile, expanded, sha256
from layers.sirene.refusals import broken_reject, refusals
from layers.sirene.vintage import vintage_of
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from geodata.attach import Attacher
    from layers.ess_rule import Judgement

LAST_YEARS: Final = 15
"""Years of openings and closures kept before that of the stock."""
BY_SIRET: Final = 0
"""Stands for the line of a record: a stock is not read in order, and the SIRET is the key of its line."""
Tell = Callable[[str], None]


@dataclass(slots=True)
class _Work:
    """What the reading of one bundle goes through."""

    connection: duckdb.DuckDBPyConnection
    files: Mapping[str, StockFile]
    attacher: Attacher
    listed: Mapping[str, str]
    paths: dict[str, Path] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def read_bundle(
    files: Sequence[StockFile],
    year: int | None,
    attacher: Attacher,
    listed: Mapping[str, str] | None = None,
    tell: Tell = lambda _what: None,
) -> list[Reading]:
    """Read stock files that go together.

    Parameters
    ----------
    files : an establishment file and a legal unit file, or one that has the columns of both; a geolocation and a
        history file beside them, at most one each.
    year : year asked for, None to tell by the dates of treatment.
    attacher : what attaches a commune code.
    listed : reasons (``liste``, ``esus``…) by SIREN that lists of this command or release name.
    tell : told in French what is being done.

    Returns
    -------
    list of Reading
        One for each file, in the order given; the tables are those of the establishment file.

    Raises
    ------
    UnreadableFile
        A file is missing beside the others, given twice, damaged, or changed while it was read.
    """
    named = _named(files)
    with scratch.folder() as folder, engine(folder) as connection:
        work = _Work(connection, named, attacher, listed or {})
        for kind, stock in named.items():
            tell(f"Ouverture de {stock.path.name}")
            work.digests[kind] = sha256(stock.path)
            work.paths[kind] = expanded(stock, folder)
        built = _read(work, year, tell)
    return [
        Reading(built if stock.kind == ESTABLISHMENTS else {}, work.accounts[stock.kind], READER) for stock in files
    ]


def _named(files: Sequence[StockFile]) -> dict[str, StockFile]:
    named: dict[str, StockFile] = {}
    for stock in files:
        if stock.kind in named:
            name = STOCKS[stock.kind].name
            raise UnreadableFile(stock.path, f"deux fichiers {name} dans la même commande", "N’en donner qu’un.")
        named[stock.kind] = stock
    if (both := named.get(ESTABLISHMENTS)) and has_units(both.header):
        named.setdefault(UNITS, replace(both, kind=UNITS))
    for kind in (ESTABLISHMENTS, UNITS):
        if kind not in named:
            name = STOCKS[kind].name
            reason = f"le fichier {name} manque : un établissement ne se juge pas sans son unité légale"
            raise UnreadableFile(files[0].path, reason, f"Donner aussi le fichier {name} du même mois.")
    return named


def _read(work: _Work, year: int | None, tell: Tell) -> dict[str, pd.DataFrame]:
    stock = work.files[ESTABLISHMENTS]
    tell(f"Établissements de la métropole dans {stock.path.name}")
    counted = establishments.keep(work.connection, stock, work.paths[ESTABLISHMENTS], work.attacher)
    vintage = vintage_of(work.connection, stock, year)
    for kind, file in work.files.items():
        work.accounts[kind] = accounts.opened(file, work.digests[kind], vintage.label)
    if vintage.note:
        work.accounts[ESTABLISHMENTS].warn("vintage", vintage.note)
    tell(f"Unités légales dans {work.files[UNITS].path.name}")
    counted_units = units.keep(work.connection, work.files[UNITS], work.paths[UNITS])
    refused = refusals(work.connection, stock, work.paths[ESTABLISHMENTS], counted)
    found = _judged(work, refused.sirets, tell)
    _settle(work, counted, counted_units, refused.rejects, found)
    origin: dict[str, object] = {
        "source": READER.kind,
        "vintage": vintage.label,
        "file_sha256": work.digests[ESTABLISHMENTS],
        "row": BY_SIRET,
    }
    past = _history(work, found.of_ess, found.kept, tell)
    years = range(vintage.year - LAST_YEARS, vintage.year + 1)
    return {
        "actors": tables.build("actors", _records(found, {**origin, "year": vintage.year})),
        "observations": tables.build("observations", history.observations(past, perimeter.members(), years, origin)),
    }


@dataclass(frozen=True, slots=True)
class _Judged:
    """Candidates that the rule says of the ESS, closed ones included; *active* tells those that count."""

    of_ess: pd.DataFrame
    judgements: list[Judgement]
    active: list[bool]

    @property
    def kept(self) -> pd.DataFrame:
        return self.of_ess[np.array(self.active, dtype=bool)]


def _judged(work: _Work, refused: frozenset[str], tell: Tell) -> _Judged:
    drawn = candidates.draw(work.connection, work.files[ESTABLISHMENTS], work.listed)
    sound = drawn[drawn["siret"].notna() & ~drawn["siret"].isin(refused)].drop_duplicates("siret")
    located = points.located(sound.reset_index(drop=True), _points(work, sound, tell)).reset_index(drop=True)
    judgements = records.judged(located, work.listed)
    of_ess = [judgement.ess != ess_rule.NO for judgement in judgements]
    kept = located[np.array(of_ess, dtype=bool)].reset_index(drop=True)
    return _Judged(
        kept,
        [judgement for judgement, is_of_ess in zip(judgements, of_ess, strict=True) if is_of_ess],
        records.active(kept).astype(bool).tolist(),
    )


def _points(work: _Work, sound: pd.DataFrame, tell: Tell) -> pd.DataFrame | None:
    stock = work.files.get(POSITIONS)
    if stock is None:
        return None
    tell(f"Points dans {stock.path.name}")
    found, rows = candidates.points(work.connection, stock, work.paths[POSITIONS], sound["siret"].tolist())
    work.rows[POSITIONS] = rows
    return found


def _history(work: _Work, of_ess: pd.DataFrame, kept: pd.DataFrame, tell: Tell) -> list[history.Event]:
    stock = work.files.get(HISTORY)
    periods: history.Periods = {}
    if stock is not None:
        tell(f"Ouvertures et fermetures dans {stock.path.name}")
        sirets = of_ess["siret"].tolist()
        periods, rows, used = history.periods(work.connection, stock, work.paths[HISTORY], sirets)
        accounts.settle(work.accounts[HISTORY], rows, [], {"accepted": used, "outside": rows - used})
        work.accounts[HISTORY].warn("used", accounts.USED, used)
    return list(history.events(of_ess, periods))


def _records(found: _Judged, origin: dict[str, object]) -> list[dict[str, object]]:
    plain = found.of_ess.astype(object).where(found.of_ess.notna(), None)
    return [
        records.record(row, judgement, origin)
        for row, judgement, active in zip(_mappings(plain), found.judgements, found.active, strict=True)
        if active
    ]


def _mappings(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _settle(
    work: _Work,
    counted: establishments.Counted,
    counted_units: units.Counted,
    rejects: list[Reject],
    found: _Judged,
) -> None:
    """Write the accounts of all but the history."""
    kept, stock = found.kept, work.files[ESTABLISHMENTS]
    account = work.accounts[ESTABLISHMENTS]
    repeated = candidates.repeated(work.connection, stock)
    outcomes: dict[Outcome, int] = {"accepted": len(kept), "outside": counted.outside, "duplicate": repeated}
    accounts.settle(account, counted.rows, rejects, outcomes)
    accounts.place(account, kept["commune"])
    judgements = [judgement for judgement, active in zip(found.judgements, found.active, strict=True) if active]
    accounts.warn(account, judgements, kept, candidates.closed(work.connection, stock))
    of_units: dict[Outcome, int] = {
        "accepted": int(kept["siren"].nunique()),
        "outside": counted_units.outside,
        "duplicate": counted_units.repeated,
    }
    broken_units = [broken_reject(line) for line in counted_units.broken]
    accounts.settle(work.accounts[UNITS], counted_units.rows, broken_units, of_units)
    if POSITIONS in work.files:
        rows = work.rows[POSITIONS]
        used = int(kept["has_point_row"].sum())
        accounts.settle(work.accounts[POSITIONS], rows, [], {"accepted": used, "outside": rows - used})
        work.accounts[POSITIONS].warn("used", accounts.USED, used)
    if UNITS_HISTORY in work.files:
        unused = work.files[UNITS_HISTORY]
        counting = f"SELECT count(*) FROM {scan(unused, work.paths[UNITS_HISTORY])}"  # noqa: S608
        rows = one(work.connection, counting, unused)
        accounts.settle(work.accounts[UNITS_HISTORY], rows, [], {"outside": rows})
        work.accounts[UNITS_HISTORY].warn("unused", accounts.UNUSED, rows)
