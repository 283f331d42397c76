"""Two ratios crossed by the hand: nine classes painted as their legend, a sentence of both, the way back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.carte import Carte

PAINTED = """() => {
  const colour = (element, name) => getComputedStyle(element)[name];
  const blocks = Object.fromEntries([...document.querySelectorAll('#legend .square .block')]
    .map(block => [block.dataset.mark, colour(block.firstElementChild, 'backgroundColor')]));
  const areas = [...document.querySelectorAll('#map .areas path')]
    .map(path => [path.getAttribute('class').slice(1, 2), colour(path, 'fill')]);
  return { blocks, areas };
}"""


def test_a_crossing_is_painted_as_its_legend_said_and_left(carte: Carte) -> None:
    page = carte.open("level=commune").page
    page.locator("details.more summary").click()  # the map is as high as the rail beside it
    carte.settled()
    before = carte.snapshot()
    carte.choose("with", "ess_job_share")
    assert "with=ess_job_share" in page.url
    found = page.evaluate(PAINTED)
    assert sorted(found["blocks"]) == list("012345678")
    assert len(set(found["blocks"].values())) == 9
    classed = [(mark, colour) for mark, colour in found["areas"] if mark.isdecimal()]
    assert len({mark for mark, _colour in classed}) >= 5
    assert all(colour == found["blocks"][mark] for mark, colour in classed)
    for control in ("method", "classes", "scale", "circles", "compare"):
        expect(page.locator(f"#{control}")).to_be_disabled()
    expect(page.locator("#with-why")).to_contain_text("sans objet")

    corner = page.locator('#legend .block[data-mark="8"]')
    corner.focus()
    page.keyboard.press("Enter")
    expect(corner).to_have_attribute("aria-pressed", "true")
    assert page.locator("#map .areas path.dim:is(.c8)").count() == 0
    assert page.locator("#map .areas path.dim").count() > 0
    page.keyboard.press("Escape")
    expect(page.locator("#map .areas path.dim")).to_have_count(0)

    carte.line("59512").click()
    carte.settled()
    said = carte.text("#headline")
    assert said.startswith("Roubaix")
    assert "structures ESS" in said
    assert "d’emplois ESS" in said
    shown = carte.snapshot()
    page.reload()
    assert carte.ready().snapshot() == shown
    page.go_back()
    page.go_back()
    carte.settled()
    assert "with=" not in page.url
    expect(page.locator("#legend .square")).to_have_count(0)
    assert carte.leave().snapshot() == before


def test_a_count_cannot_be_crossed_and_says_why(carte: Carte) -> None:
    page = carte.open("with=ess_job_share").page
    expect(page.locator("#legend .square")).to_be_visible()
    carte.choose("indicator", "actors")
    assert "with=" not in page.url
    expect(page.locator("#with")).to_be_disabled()
    expect(page.locator("#with-why")).to_contain_text("Seuls des rapports se croisent")
    expect(page.locator("#legend .square")).to_have_count(0)
