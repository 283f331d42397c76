"""Edition of a stock: the month of its latest treatment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layers.readers import vintages
from layers.readers.intake import Vintage
from layers.sirene.engine import execute
from layers.sirene.opening import StockFile

if TYPE_CHECKING:
    import duckdb

_DATE: Final = re.compile(r"(20\d{2})-(\d{2})-\d{2}")


def vintage_of(connection: duckdb.DuckDBPyConnection, stock: StockFile, year: int | None) -> Vintage:
    """Year asked for, else that written in the file's name, else the latest date of treatment, else today's."""
    found = vintages.asked(stock.path, year) or vintages.named(stock.path)
    if found:
        return found
    latest = execute(connection, "SELECT max(treated) FROM kept WHERE treated LIKE '20__-__-__%'", stock).fetchall()
    if latest and (match := _DATE.match(str(latest[0][0]))):
        return Vintage(int(match[1]), f"{match[1]}-{match[2]}")
    return vintages.assumed_current(stock.path)
