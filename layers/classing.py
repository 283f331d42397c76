"""How a legend is asked to cut its values: the method, how many classes, around what, over which years."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from layers.breaks import METHODS

MANUAL: Final = "manual"
CLASSINGS: Final = (*METHODS, MANUAL)
MINUS: Final = "−"
FEWEST, MOST = 2, 7
"""Classes that a reader can tell apart; the rule of thumb gives three or four for eight areas, five or six for 95."""
SMALLEST, LARGEST = 1e-4, 1e11
"""Bounds between which a program and a browser write the same number alike."""

_KEY = re.compile(r"(?P<method>[a-z]+)(?:-(?P<detail>[0-9._\-e+]+))?(?P<pivot>~mean)?(?P<free>~free)?")


@dataclass(frozen=True, slots=True)
class Classing:
    """A choice of classes.

    Attributes
    ----------
    method : one of ``CLASSINGS``.
    classes : how many, `FEWEST` to `MOST`; None for the rule of the level. Not with manual bounds.
    bounds : the inner bounds of the method ``manual``, rising, in the unit of the indicator.
    around_mean : the value of the metropole is a bound, and the scale diverges from it; each year then has its own.
    free : each year has its own classes, instead of those of all the years together.
    """

    method: str = METHODS[0]
    classes: int | None = None
    bounds: tuple[float, ...] = ()
    around_mean: bool = False
    free: bool = False

    @property
    def by_year(self) -> bool:
        """Whether the classes of one year are not those of the next."""
        return (self.free or self.around_mean) and self.method != MANUAL

    @property
    def key(self) -> str:
        """Its name in an address, which `parse` reads: ``jenks``, ``quantile-5~mean``, ``manual-10_20.5``."""
        detail = written(self.bounds) if self.method == MANUAL else str(self.classes or "")
        marks = ("~mean" if self.around_mean else "") + ("~free" if self.free else "")
        return self.method + (f"-{detail}" if detail else "") + marks


def parse(text: str) -> Classing | None:
    """The choice that a key names; None for anything else."""
    match = _KEY.fullmatch(text)
    if match is None:
        return None
    manual = match["method"] == MANUAL
    found = choice(
        match["method"],
        None if manual else match["detail"],
        match["detail"] if manual else None,
        around_mean=bool(match["pivot"]),
        free=bool(match["free"]),
    )
    return found if found is not None and found.key == text else None


def choice(
    method: str, classes: str | None, bounds: str | None, *, around_mean: bool = False, free: bool = False
) -> Classing | None:
    """The choice that texts of an address make; None where one of them makes no sense."""
    if method not in CLASSINGS:
        return None
    if method == MANUAL:
        cut = read_bounds(bounds or "")
        return Classing(MANUAL, None, cut, around_mean=False, free=False) if cut else None
    if classes is not None and not (classes.isdecimal() and FEWEST <= int(classes) <= MOST):
        return None
    return Classing(method, int(classes) if classes else None, (), around_mean=around_mean, free=free)


def read_bounds(text: str) -> tuple[float, ...]:
    """Bounds made rising and distinct; empty where one is not a usable number.

    They are parted by ``_``, or as a reader types them: semicolons or spaces, decimal commas.
    """
    parts = [part for part in re.split(r"[_;\s]+", text.strip()) if part]
    try:
        numbers = [float(part.replace(",", ".").replace(MINUS, "-")) for part in parts]
    except ValueError:
        return ()
    distinct = sorted(set(numbers))
    usable = all(math.isfinite(n) and (n == 0 or SMALLEST <= abs(n) <= LARGEST) for n in distinct)
    return tuple(distinct) if usable and len(distinct) < MOST else ()


def written(bounds: tuple[float, ...]) -> str:
    """Bounds as `read_bounds` reads them."""
    return "_".join(f"{bound:.12g}" for bound in bounds)
