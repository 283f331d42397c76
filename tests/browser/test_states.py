"""A value, a true zero, a secret, a missing one: each has its own mark, on the real files."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.carte import Carte
from tests.browser.serving import Server


def fills(carte: Carte, state: str) -> set[str]:
    found: list[str] = carte.page.eval_on_selector_all(
        f'#map path[data-state="{state}"]', "found => found.map(one => getComputedStyle(one).fill)"
    )
    return set(found)


def colours(carte: Carte, code: str) -> set[tuple[int, int, int]]:
    """Colours of the screen around the label point of an area."""
    carte.page.add_style_tag(content=".labels, .lines, .circles { display: none }")
    x, y = carte.middle(code)
    carte.leave()
    image = Image.open(io.BytesIO(carte.page.screenshot())).convert("RGB")
    around = image.crop((round(x) - 6, round(y) - 6, round(x) + 6, round(y) + 6))
    return set(around.get_flattened_data())


@pytest.mark.real
def test_37_poverty_rates_are_secret_dotted_and_last(carte: Carte) -> None:
    carte.open("indicator=poverty_rate&level=commune")
    listed = list(carte.listed().values())
    hidden = [line for line in listed if line["state"] == "suppressed"]
    assert len(hidden) == 37
    assert carte.page.locator('#map path[data-state="suppressed"]').count() == 37
    assert listed[-37:] == hidden
    assert {(line["value"], line["rank"]) for line in hidden} == {("s", "")}
    assert fills(carte, "suppressed") == {'url("#dots")'}
    assert "38 valeurs sous secret" in carte.text("#source"), "those of the list, and that of the metropole"
    assert carte.page.locator('#legend .block[data-mark="s"]:not([data-none])').text_content() == "s (secret)"
    assert [row[2:4] for row in list(carte.table().values())[-38:-1]] == [["s", "secret statistique"]] * 37


@pytest.mark.real
def test_the_sentence_of_a_secret_says_so(carte: Carte) -> None:
    carte.open("indicator=poverty_rate&level=commune")
    code = next(code for code, line in carte.listed().items() if line["state"] == "suppressed")
    carte.line(code).hover()
    assert "Valeur sous secret statistique" in carte.text("#figure")
    assert carte.text("#figure b") == "s"


@pytest.mark.real
def test_the_median_income_of_seven_territories_is_missing_and_hatched(carte: Carte) -> None:
    carte.open("indicator=median_income")
    assert {code: line["state"] for code, line in carte.listed().items()} == {
        code: "value" if code == "8" else "missing" for code in "12345678"
    }
    assert {line["value"] for code, line in carte.listed().items() if code != "8"} == {"n.d."}
    assert fills(carte, "missing") == {'url("#hatch")'}
    assert {area["printed"] for code, area in carte.areas().items() if code != "8"} == {"n.d."}
    assert len(colours(carte, "1")) > 2, "hatching is seen on the screen"
    expect(carte.page.locator("#notes")).to_contain_text("Publié par commune et non additif")


@pytest.mark.real
def test_the_real_counts(carte: Carte, server: Server) -> None:
    carte.open("indicator=grants_amount")
    assert carte.text("#ranking-total") == "métropole 25\u202f291\u202f590\u202f€"
    assert all(line["state"] == "value" for line in carte.listed().values())
    for year, people in ((2013, "1\u202f159\u202f071"), (2021, "1\u202f187\u202f907")):
        carte.open(f"indicator=population&year={year}")
        assert carte.text("#ranking-total") == f"métropole {people}"
    carte.open("indicator=median_income&level=commune")
    assert {line["state"] for line in carte.listed().values()} == {"value"}
    assert len(carte.listed()) == 95


def test_a_true_zero_is_white_and_written_zero(carte: Carte) -> None:
    carte.open("level=commune&sector=finance-assurance")
    zeros = [line for line in carte.listed().values() if line["state"] == "zero"]
    assert zeros
    assert {line["value"] for line in zeros} == {"0,00"}
    assert fills(carte, "zero") == {"rgb(255, 255, 255)"}


def test_a_count_is_a_circle_whose_area_is_proportional(carte: Carte) -> None:
    carte.open("indicator=actors")
    circles = dict(
        carte.page.eval_on_selector_all(
            "#map .circles circle", "found => found.map(one => [one.dataset.of, Number(one.getAttribute('r'))])"
        )
    )
    counts = {code: int(line["value"].replace("\u202f", "")) for code, line in carte.listed().items()}
    largest = max(counts, key=lambda code: counts[code])
    assert set(circles) == set(counts)
    for code, radius in circles.items():
        assert (radius / circles[largest]) ** 2 == pytest.approx(counts[code] / counts[largest], rel=0.03)
    assert len(fills(carte, "value")) == 1, "never a choropleth of counts"
