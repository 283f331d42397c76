"""A rehearsal tells the open disputes that its import touches, with the value before and after."""

from __future__ import annotations

import re

from dashboard.settings import Settings
from layers.written import disputes
from layers.written.database import Database
from tests.dashboard.desk import GOOD, NAME, Desk, csv
from tests.layers.written.test_disputes import dispute

HEAD = "Chiffres contestés que cet import touche"


def test_an_import_lists_the_disputes_it_touches(desk: Desk) -> None:
    database = Database(Settings(ESS_DATA_DIR=desk.data).database)
    location = desk.send((NAME, csv(*GOOD))).location
    assert HEAD not in desk.client.get(location).text
    told = {
        "commune": disputes.file(database, dispute(place="59512", year=2020)),
        "territory": disputes.file(database, dispute(place="8", year=2020)),
        "whole": disputes.file(database, dispute(place="mel", year=2020)),
        "cut": disputes.file(database, dispute(place="8", year=2020, view="indicator=actors&sector=commerce")),
        "other": disputes.file(database, dispute(place="3", indicator="grants_amount", year=2020)),
        "closed": disputes.file(database, dispute(place="8", year=2020)),
    }
    disputes.answer(database, told["closed"].id, 1, {"outcome": "kept", "answer": "Non."}, "agent")
    page = desk.client.get(location).text
    section = page[page.index('id="contestes"') : page.index('id="cartes"')]
    rows = {key: re.search(rf"{one.id}.*?</tr>", section, re.DOTALL) for key, one in told.items()}
    assert [key for key, row in rows.items() if row is None] == ["other", "closed"]
    values = {key: re.findall(r'<td class="num">(.*?)</td>', row[0]) for key, row in rows.items() if row}
    assert values == {"commune": ["rien", "1"], "territory": ["rien", "2"], "whole": [], "cut": []}
    assert "Roubaix" in section
    assert "non comparé ici" in section
