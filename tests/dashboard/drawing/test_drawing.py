"""A drawing is one piece of well-formed SVG, in a page and as a file, whatever is written in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from markupsafe import Markup

from dashboard import colours
from dashboard.drawing import Drawing, circle, line, polyline, rect, text, width_of

HOSTILE = '<script>alert("1")</script> & « Ici »'
SVG = "{http://www.w3.org/2000/svg}"


def made(title: str = "Structures par secteur") -> Drawing:
    body = Markup("").join(
        [
            rect(0, 4, 120.004, 16),
            text(126, 17, title, anchor="end", bold=True, size=12, fill=colours.SOFT),
            line(0, 0, 0, 40),
            polyline([(0, 1), (2.5, 3)], dash="4 3"),
            circle(5, 5, 4),
        ]
    )
    return Drawing("sectors", title, "Un secteur domine.", 40, body, ("Secteur", "Structures"), (("Santé", "12"),))


def test_in_a_page_its_words_are_its_name() -> None:
    parsed = etree.fromstring(made().svg())
    assert parsed.get("role") == "img"
    assert parsed.get("aria-label") == "Structures par secteur. Un secteur domine."
    assert parsed.get("viewBox") == "0 0 360 40"


def test_as_a_file_it_holds_title_sentence_and_source() -> None:
    parsed = etree.fromstring(made().file(("Source : essai", "Publication abc")))
    written = [one.text for one in parsed.iter(f"{SVG}text")]
    assert written[0] == "Structures par secteur"
    assert written[1:-1] == ["Un secteur domine.", "Source : essai", "Publication abc"]


def test_long_words_are_cut_into_lines_that_the_width_holds() -> None:
    said = "Une source " * 30
    parsed = etree.fromstring(made().file((said,)))
    written = [one.text or "" for one in parsed.iter(f"{SVG}text") if "source" in (one.text or "")]
    assert len(written) > 3
    assert all(width_of(one, 11) <= 360 for one in written)


@pytest.mark.parametrize("render", [lambda d: d.svg(), lambda d: d.file((HOSTILE,))])
def test_what_is_written_is_escaped(render) -> None:  # type: ignore[no-untyped-def]
    parsed = etree.fromstring(render(made(HOSTILE)))
    assert not list(parsed.iter(f"{SVG}script")) + list(parsed.iter("script"))
    assert any(one.text == HOSTILE for one in parsed.iter() if one.tag.endswith("text"))


def test_numbers_are_short() -> None:
    assert rect(1 / 3, 2.0, -1, 4) == '<rect x="0.33" y="2" width="0" height="4" fill="#0f6a63"/>'


def test_colours_are_those_of_the_style_sheet() -> None:
    sheet = Path("assets/base.css").read_text(encoding="utf-8")
    written = dict(re.findall(r"--(\w+): (#[0-9a-f]+);", sheet))
    for name, value in written.items():
        mine = getattr(colours, name.upper())
        assert mine == (value if len(value) > 4 else "#" + "".join(2 * c for c in value[1:])), name
