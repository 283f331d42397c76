from __future__ import annotations

import pytest

from geodata.territories import TERRITORIES, Territory


def test_codes_and_short_names_of_the_contract() -> None:
    short = {code: territory.short_name for code, territory in TERRITORIES.items()}
    assert short == {
        "1": "Weppes",
        "2": "Tourquennois",
        "3": "Roubaisien",
        "4": "Lys",
        "5": "Est",
        "6": "Couronne Nord",
        "7": "Couronne Sud",
        "8": "Lillois",
    }


@pytest.mark.parametrize("territory", TERRITORIES.values(), ids=lambda territory: territory.short_name)
def test_sentence_forms(territory: Territory) -> None:
    assert territory.article.endswith(territory.short_name)
    assert territory.full.endswith(territory.name)
    assert territory.plural == territory.article.startswith("les ")
    assert territory.short_name.split()[-1] in territory.within
    assert territory.of.split(" ")[0] in {"du", "de", "des"}
    forms = (territory.article, territory.full, territory.within, territory.of)
    assert not any("'" in form or " de le " in form or "dans en" in form for form in forms)
