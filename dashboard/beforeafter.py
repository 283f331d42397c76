"""Two maps of one indicator on one scale, and what differs between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard import assets, french, geometry, i18n, legend, locale, smallmaps
from dashboard.areas import named
from dashboard.i18n import _
from geodata import geography as geographies
from geodata.geography import Geography

if TYPE_CHECKING:
    from dashboard.smallmaps import SmallMap
    from layers.differences import Difference
    from layers.series import Cell

PIXELS = {"territory": 520, "commune": 520}
LETTERS = 13
PERIMETER = 95
STYLES = ("palette.css", "smallmap.css", "administration.css")


@dataclass(frozen=True, slots=True)
class Gap:
    """One area that differs: its name, what it shows before and after, and by how much it moves."""

    name: str
    before: str
    after: str
    gap: str


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What the template ``before_after.html`` prints."""

    title: str
    maps: tuple[tuple[str, SmallMap], ...]
    blocks: tuple[tuple[str, str], ...]
    circles: bool
    classes: int
    diverges: bool
    gaps: tuple[Gap, ...]
    unchanged: int


@cache
def _geography() -> Geography:
    return geographies.load()


@cache
def _drawing() -> geometry.Drawing:
    return geometry.drawing_of(_geography(), PERIMETER)


def made(found: Difference) -> BeforeAfter:
    """The two maps of a difference, in the language in force."""
    values = [cell.value for cell in (*found.before, *found.after) if cell.value]
    scale = legend.Scale(found.scale, min(values, default=0.0), max(values, default=0.0))
    painter = smallmaps.Painter(
        found.indicator,
        found.level,
        scale,
        href=lambda _code: "",
        pixels=PIXELS[found.level],
        letters=LETTERS,
        names=found.level == "territory",
    )
    sides = (
        ("before", _("Avant"), found.before_year, found.before),
        ("after", _("Après"), found.after_year, found.after),
    )
    maps = tuple(
        (_head(name, year), painter.draw(key, _head(name, year), cells, _drawing())) for key, name, year, cells in sides
    )
    states = frozenset().union(*(drawn.states for _head_, drawn in maps))
    labels = legend.labels(found.indicator, scale) if found.indicator.fill else ()
    return BeforeAfter(
        title=_(found.indicator.label),
        maps=maps,
        blocks=tuple(smallmaps.blocks(labels, scale, states)),
        circles=not found.indicator.fill,
        classes=len(scale.breaks),
        diverges=scale.breaks.below is not None,
        gaps=tuple(_gap(found, old, new) for old, new in found.changed),
        unchanged=len(found.after) - len(found.changed),
    )


def page(found: Difference) -> str:
    """A document of its own with the two maps: nothing is loaded from elsewhere."""
    templates = Environment(
        loader=PackageLoader("dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(_=lambda text: locale.tight(i18n._(text)), language=i18n.language)
    style = Markup(assets.style(*STYLES))  # noqa: S704  (our own files)
    return templates.get_template("before_after_page.html").render(pair=made(found), style=style)


def _head(name: str, year: int | None) -> str:
    return f"{name}{french.NBSP}: {year}" if year is not None else _("{side} : rien à montrer").format(side=name)


def _gap(found: Difference, old: Cell, new: Cell) -> Gap:
    before, after = (locale.cell(found.indicator, cell) for cell in (old, new))
    moved = "" if old.value is None or new.value is None else _moved(found, new.value - old.value)
    return Gap(named(found.level, new.code, new.name).short, before, after, moved)


def _moved(found: Difference, gap: float) -> str:
    sign = "+" if gap > 0 else "−"
    return f"{sign}{french.NNBSP}{locale.value(found.indicator, abs(gap))}"
