"""Maps with their own colours: those of the pages."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard import assets
from dashboard.documents import painted
from dashboard.documents.pictures import png
from tests.dashboard.documents.made import invented, map_of

STYLES = assets.style("palette.css")


@pytest.mark.parametrize("count", painted.CLASSES)
def test_the_classes_have_the_colours_of_the_pages(count: int) -> None:
    found = re.search(rf'^\[data-classes="{count}"\] {{(.*?)}}', STYLES, re.M)
    found = found or re.search(r"^\[data-classes\] {(.*?)}", STYLES, re.M)
    assert found
    declared = re.findall(r"#\w{6}", found[1])
    assert tuple(declared[:count]) == painted.CLASSES[count]


def test_the_diverging_scale_has_the_colours_of_the_pages() -> None:
    found = re.search(r'^\[data-palette="diverging"\] {(.*?)}', STYLES, re.M)
    assert found
    assert tuple(re.findall(r"#\w{6}", found[1])) == painted.DIVERGING


@pytest.mark.parametrize("level", ["territory", "commune"])
def test_a_map_is_a_file_with_its_areas_and_its_legend(level: str) -> None:
    shown = map_of(invented(), level)
    root = ElementTree.fromstring(painted.file(shown))  # noqa: S314  (ours)
    paths = {path.get("d") for path in root.iter("{http://www.w3.org/2000/svg}path")}
    assert {shape.path for shape in shown.drawn.shapes} <= paths
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {label for __, label in shown.blocks} <= texts
    assert {shape.text for shape in shown.drawn.shapes if shape.written} <= texts


def test_a_picture_has_the_colours_of_the_classes() -> None:
    shown = map_of(invented(), "territory")
    picture = Image.open(io.BytesIO(png(painted.file(shown), 800))).convert("RGB")
    assert picture.width == 800
    colours = {f"#{r:02x}{g:02x}{b:02x}" for __, (r, g, b) in picture.getcolors(1 << 24) or []}
    used = {painted.colour(shown, shape.mark) for shape in shown.drawn.shapes if shape.mark.isdigit()}
    assert used
    assert used <= colours
