"""The directory as a file: all the rows of a view, in its order, with release, source and demonstration mark."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd

from dashboard.directory import labels
from dashboard.directory.listing import Listing
from dashboard.exports import delimiter, written
from dashboard.i18n import _
from geodata.perimeter import members

COLUMNS = (
    "key", "siret", "siren", "rna", "name", "commune", "commune_name", "territory", "sector", "family", "ess",
    "reasons", "legal_category", "ape", "size_class", "priority_area", "created", "longitude", "latitude", "position",
    "sources", "year", "source", "vintage", "file_sha256", "row", "release", "demonstration",
)  # fmt: skip


def to_csv(listing: Listing) -> bytes:
    """UTF-8 with mark, separators and decimals of the language in force: what its spreadsheets open as it is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter(), lineterminator="\r\n")
    writer.writerow(COLUMNS)
    whole = {
        "release": listing.release.id,
        "demonstration": _("données de démonstration, fictives") if listing.release.demonstration else "",
    }
    for row in listing.whole().to_dict("records"):
        told: dict[Any, Any] = {**row, **_place(listing, row["commune"]), **whole}
        writer.writerow([written(None if pd.isna(told[name]) else told[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _place(listing: Listing, commune: Any) -> dict[str, Any]:
    if not isinstance(commune, str):
        return {"commune_name": None, "territory": None}
    return {"commune_name": labels.commune_name(listing.release, commune), "territory": members().get(commune)}


def file_name(listing: Listing) -> str:
    """``ess_acteurs_2023_925b8a03545c_demonstration.csv``."""
    parts = ["ess", "acteurs", str(listing.year or ""), listing.release.id]
    parts += ["demonstration"] if listing.release.demonstration else []
    return "_".join(filter(None, parts)) + ".csv"
