"""What became of every row of the stock files: each ruled on once, counted rather than listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from geodata import perimeter
from layers.account import Account, Outcome, Reject
from layers.sirene.declaration import KIND
from layers.sirene.records import PARTIAL

if TYPE_CHECKING:
    import pandas as pd

    from layers.ess_rule import Judgement
    from layers.sirene.opening import StockFile

CLOSED: Final = "Établissements fermés, ou d’une unité légale cessée\u202f: hors du champ."
REVIEW: Final = (
    "Catégories juridiques à confirmer, que ni Sirene ni une liste ne disent de l’ESS\u202f: gardées à vérifier."
)
CONFLICT: Final = "La catégorie juridique dit l’ESS et Sirene dit non\u202f: comptés, et à vérifier."
NOT_NAMED: Final = "Unités en diffusion partielle\u202f: comptées, jamais nommées ni placées."
USED: Final = "Lignes rapprochées d’un établissement retenu\u202f; les autres sont d’ailleurs ou hors de l’ESS."
UNUSED: Final = "Historique des unités légales\u202f: lu, sans usage dans cette version."


def opened(stock: StockFile, digest: str, vintage: str) -> Account:
    """The empty account of a stock file."""
    return Account(
        file=stock.path.name,
        kind=KIND,
        sha256=digest,
        encoding=stock.encoding,
        delimiter=stock.delimiter,
        vintage=vintage,
    )


def settle(account: Account, rows: int, rejects: Sequence[Reject], counts: Mapping[Outcome, int]) -> None:
    """Write the outcomes of a file; what none of them counts is not of the ESS."""
    account.rows_read = rows
    for reject in rejects:
        account.reject(reject)
    for outcome, number in counts.items():
        account.rows[outcome] += number
    account.rows["not_ess"] += rows - len(rejects) - sum(counts.values())
    account.check()


def place(account: Account, communes: Iterable[str]) -> None:
    """Count the accepted establishments by territory."""
    territories = perimeter.members()
    account.accepted_by_territory.update(Counter(territories[commune] for commune in communes))


def warn(account: Account, kept: Sequence[Judgement], frame: pd.DataFrame, closed: int) -> None:
    """Say what was kept with a reserve, and how many were closed. *frame* has the rows kept, as *kept* has them."""
    account.warn("closed", CLOSED, closed)
    account.warn("to_review", REVIEW, sum(judgement.ess == "to_review" for judgement in kept))
    account.warn("category_yes_flag_no", CONFLICT, sum(judgement.conflict is not None for judgement in kept))
    partial = (frame["diffusion"] == PARTIAL) | (frame["unit_diffusion"] == PARTIAL)
    account.warn("partial_diffusion", NOT_NAMED, int(partial.fillna(value=False).sum()))
