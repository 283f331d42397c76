"""The whole way by the keyboard alone, from the top of the page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.carte import Carte

RING = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
}"""


def tab_to(carte: Carte, where: str, most: int = 40) -> list[str]:
    """Press Tab until something has the focus; what was met on the way."""
    met: list[str] = []
    while carte.focused() != where:
        assert len(met) < most, met
        carte.page.keyboard.press("Tab")
        met.append(carte.focused())
        assert carte.page.evaluate(RING), f"{met[-1]} does not show that it has the focus"
    return met


def test_the_skip_link_is_first_and_leads_to_the_content(carte: Carte) -> None:
    carte.open()
    carte.page.keyboard.press("Tab")
    link = carte.page.locator("a.skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    carte.page.keyboard.press("Enter")
    carte.page.keyboard.press("Tab")
    assert carte.page.evaluate("document.getElementById('main').contains(document.activeElement)")
    assert carte.focused() == "select#indicator"


def test_down_the_list_into_a_territory_and_back(carte: Carte) -> None:
    carte.open()
    order = list(carte.listed())
    met = tab_to(carte, f"button[{order[0]}]")
    assert [name for name in met if name.startswith("button[")] == [f"button[{order[0]}]"], "one tab stop"

    carte.press("ArrowDown", "ArrowDown")
    assert carte.focused() == f"button[{order[2]}]"
    expect(carte.page.locator("#map .outlines .hover")).to_have_count(1)
    assert carte.text("#figure").startswith(carte.listed()[order[2]]["value"])
    carte.press("End")
    assert carte.focused() == f"button[{order[-1]}]"
    carte.press("ArrowDown")
    assert carte.focused() == f"button[{order[-1]}]"
    carte.press("Home", "ArrowUp")
    assert carte.focused() == f"button[{order[0]}]"

    chosen = next(code for code in order if code != "8")
    for _ in range(order.index(chosen)):
        carte.press("ArrowDown")
    carte.press("Enter")
    communes = list(carte.listed())
    assert carte.focused() == f"button[{communes[0]}]", "the focus goes on in the list of communes"
    assert carte.page.evaluate(RING)

    carte.press("ArrowDown", "Enter")
    assert carte.focused() == f"button[{communes[1]}]", "and stays on the commune whose structures are listed"
    expect(carte.line(communes[1])).to_have_attribute("aria-pressed", "true")
    carte.press("Escape")
    assert carte.focused() == f"button[{communes[1]}]"
    carte.press("Escape")
    assert carte.focused() == f"button[{chosen}]", "back on the territory that was left"
    assert carte.page.locator('#ranking button[tabindex="0"]').count() == 1


def test_a_filter_keeps_the_focus(carte: Carte) -> None:
    carte.open()
    for control in ("indicator", "sector", "family", "year", "level"):
        tab_to(carte, f"select#{control}")
        before = carte.page.url
        carte.press("ArrowUp" if control == "year" else "ArrowDown")
        assert carte.page.url != before
        assert carte.focused() == f"select#{control}"


def test_after_the_list_come_the_tools_of_the_map_and_the_legend(carte: Carte) -> None:
    carte.open()
    first = next(iter(carte.listed()))
    tab_to(carte, f"button[{first}]")
    labels = []
    for _ in range(5):
        carte.page.keyboard.press("Tab")
        labels.append(
            carte.page.evaluate(
                "(({ ariaLabel, className, href }) => ariaLabel || className || href)(document.activeElement)"
            )
        )
    assert "/origine" in labels.pop(3)
    assert labels == ["Agrandir", "Réduire", "Recadrer", "block"]
    carte.page.keyboard.press("Enter")
    expect(carte.page.locator("#legend .block").first).to_have_attribute("aria-pressed", "true")
    carte.page.keyboard.press("Escape")
    expect(carte.page.locator("#legend .block").first).to_have_attribute("aria-pressed", "false")


def test_the_sentence_is_announced_once_a_change(carte: Carte) -> None:
    carte.open()
    carte.page.evaluate(
        """() => {
            window.told = [];
            new MutationObserver(() => window.told.push(document.getElementById('headline').textContent))
                .observe(document.getElementById('headline'), {childList: true, characterData: true, subtree: true});
        }"""
    )
    carte.choose("indicator", "population_density")
    carte.choose("method", "equal")
    assert carte.page.evaluate("window.told") == [carte.text("#headline")]
