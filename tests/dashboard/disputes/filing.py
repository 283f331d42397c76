"""Disputes filed for the tests, as the form files them."""

from __future__ import annotations

from pathlib import Path

from dashboard.disputes import value
from dashboard.services import View
from dashboard.settings import Settings
from dashboard.viewstate import ViewState
from layers import demonstration
from layers.written import disputes
from layers.written.database import Database
from layers.written.disputes import Dispute

CONTACT = "contact-fictif@exemple.test"
REASON = "Motif fictif de la contestation"


def filed(folder: Path, *, indicator: str = "actors", place: str = "3", **state: object) -> Dispute:
    """One more dispute of a value of the demonstration."""
    view = View(demonstration.release(), ViewState(indicator=indicator, **state), (), f"place={place}")  # type: ignore[arg-type]
    database = Database(Settings(ESS_DATA_DIR=folder).database)
    return disputes.file(database, value.disputed(view, REASON, ""), CONTACT)
