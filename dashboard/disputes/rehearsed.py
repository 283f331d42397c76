"""The disputed values that an import would touch: before, after, beside what was disputed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from dashboard import locale
from dashboard.areas import named
from dashboard.disputes.marks import address
from dashboard.disputes.value import of
from dashboard.i18n import _
from dashboard.portrait.place import METROPOLE
from dashboard.wording import told as worded
from layers.dimensions import DIMENSIONS
from layers.rehearsal_json import to_difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.differences import Difference
    from layers.written.disputes import Dispute


@dataclass(frozen=True, slots=True)
class Touched:
    """A dispute in words, and its value now and to come; both empty where the rehearsal does not compare it."""

    place: str
    told: str
    href: str
    before: str = ""
    after: str = ""


def touched(found: Sequence[Dispute], maps: Sequence[Mapping[str, Any]]) -> list[Touched]:
    """The open disputes whose indicator the files bring, those whose value is compared first."""
    read = [to_difference(dict(one)) for one in maps]
    brought = {one.indicator.key for one in read}
    made = [_one(one, read) for one in found if one.indicator in brought]
    return sorted(made, key=lambda one: not one.after)


def _one(one: Dispute, maps: Sequence[Difference]) -> Touched:
    level = "commune" if len(one.place) > 1 and one.place != METROPOLE else "territory"
    told = of(one)
    for two in maps:
        if (two.indicator.key, two.level, two.after_year) != (one.indicator, level, one.year) or _is_cut(one):
            continue
        now = {cell.code: cell for cell in two.before}
        to_come = {cell.code: cell for cell in two.after}
        if one.place not in to_come:
            continue
        indicator = worded(two.indicator)
        same = two.before_year == two.after_year and one.place in now
        before = locale.cell(indicator, now[one.place]) if same else _("rien")
        after = to_come[one.place]
        return Touched(named(level, one.place, after.name).short, told, address(one.id), before,
                       locale.cell(indicator, after))  # fmt: skip
    return Touched(_place(one, level), told, address(one.id))


def _place(one: Dispute, level: str) -> str:
    if one.place == METROPOLE:
        return _("Métropole")
    return one.place if level == "commune" else named(level, one.place, "").short


def _is_cut(one: Dispute) -> bool:
    """Whether the value is that of a filter or of another perimeter, which no map of a rehearsal shows."""
    return not {*DIMENSIONS, "perimeter"}.isdisjoint(parse_qs(one.view))
