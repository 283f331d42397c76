"""The list of grants as CSV: all those of a view, in its order, each with its file and line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dashboard.exports import delimiter, written
from dashboard.i18n import _

if TYPE_CHECKING:
    from dashboard.grants.listing import Listing

TOLD = ("name", "siret", "siren", "rna", "commune", "territory", "grantor", "instrument", "stage")
COLUMNS = (
    *TOLD, "year", "amount", "source", "vintage", "file", "file_sha256", "sheet", "row", "text", "release",
    "demonstration",
)  # fmt: skip


def to_csv(listing: Listing) -> bytes:
    """UTF-8 with mark, separators and decimals of the language in force: what its spreadsheets open as it is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter(), lineterminator="\r\n")
    writer.writerow(COLUMNS)
    fictitious = _("données de démonstration, fictives") if listing.release.demonstration else ""
    for told in listing.told(listing.frame):
        line = told["line"]
        cells = [
            *(told[name] for name in TOLD),
            *(listing.year, told["cents"] / 100, line.file.kind, line.file.vintage, line.file.name, line.file.sha256),
            *(line.sheet_name, line.number, line.text, listing.release.id, fictitious),
        ]
        writer.writerow([written(cell) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
