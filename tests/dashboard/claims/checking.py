"""Claims read in a sentence, each checked against the rows: units counted anew, intervals by another formula."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from dashboard.areas import metropole, named
from geodata.perimeter import members
from layers.release import Release
from tests.dashboard.claims.counted import Side, sides
from tests.dashboard.claims.sentences import Said
from tests.factories import geography

FEW, RANKED, HALF = 5, 20, 0.51
YEARS = re.compile(r"\b(?:de|De|depuis|en) (20\d\d)|à (20\d\d)")
NUMBER = r"[−-]?[\d ]+(?:,\d+)?"
EURO = rf"({NUMBER})(?: €)?"
UNSURE = re.compile(
    "trop peu pour comparer|aucun classement|ordre non établi|n’établissent pas|écart faible|aucune comparaison|"
    "non établie|évolution établie|tirée par un seul lieu|trop peu de"
)
"""What a sentence says that claims nothing of a gap."""


class FalseClaim(AssertionError):  # noqa: N818  (says what it is)
    """A claim that the rows do not support."""


def check(release: Release, said: Said) -> int:
    """How many claims a sentence makes; raises `FalseClaim` with the sentence for one that is false or unsupported."""
    made = 0
    for pattern, rule in RULES:
        for found in pattern.finditer(said.text):
            try:
                rule(_Cells(release, said), found)
            except (FalseClaim, KeyError, StopIteration) as error:
                raise FalseClaim(
                    f"{said.page} [{said.key}, {said.level}, {said.year}] « {said.text} » : {error!r}"
                ) from error
            made += 1
    if not made and VOCABULARY.search(said.text) and not UNSURE.search(said.text):
        raise FalseClaim(f"{said.page} : a claim that no rule reads: « {said.text} »")
    return made


class _Cells:
    """The areas that a sentence is about."""

    def __init__(self, release: Release, said: Said) -> None:
        self.release, self.said = release, said

    def of(self, level: str | None = None, year: int | None = None) -> dict[str, Side]:
        level = level or self.said.level
        found = sides(self.release, self.said.key, level, year or self.said.year)
        inside = self.said.inside if level == "commune" else None
        return {c: one for c, one in found.items() if c != "mel" and (inside is None or members()[c] == inside)}

    def whole(self, year: int | None = None) -> Side:
        return sides(self.release, self.said.key, "territory", year or self.said.year)["mel"]


@lru_cache
def _names() -> dict[str, str]:
    """The code of each area, by each of its forms in a sentence."""
    forms = {}
    communes = geography().communes["name"]
    for level, codes in (("commune", sorted(members())), ("territory", "12345678")):
        for code in codes:
            one = named(level, code, str(communes.get(code, "")))
            told = (one.subject, one.within, one.short, one.of, one.than)
            forms |= {(text.replace("\u00a0", " ").lower(), level): code for text in told}
    return forms  # type: ignore[return-value]


def code_of(text: str, level: str) -> str:
    """The area that a text names; ``KeyError`` for another."""
    plain = text.strip(" ()").lower()
    if plain == metropole().within:
        return "mel"
    levels = ("territory", "commune") if level == "both" else (level,)
    return next(_names()[plain, one] for one in levels if (plain, one) in _names())  # type: ignore[index]


def number(text: str) -> float:
    """A number as French writes it."""
    return float(text.replace(" ", "").replace("−", "-").replace(",", "."))


def need(condition: object, why: str) -> None:
    if not condition:
        raise FalseClaim(why)


def apart(low: Side, high: Side) -> None:
    """That one has less than the other, beyond chance and whatever has no place."""
    need(low.value is not None and high.value is not None, "a side has no value")
    need(min(low.units, high.units) >= FEW, f"few units: {low.units}, {high.units}")
    need(low.high < high.low, f"intervals meet: {low} {high}")
    need(low.most < (high.value or 0), f"what has no place may change it: {low} {high}")


def order(areas: Mapping[str, Side]) -> None:
    """That an order may be told at all."""
    need(all(one.value is not None for one in areas.values()), "an area is hidden or missing")
    need(sum(one.units for one in areas.values()) >= RANKED, "under twenty in all")


def ahead(areas: Mapping[str, Side], code: str) -> None:
    order(areas)
    rest = sorted((one.value or 0.0, other) for other, one in areas.items() if other != code)
    need((areas[code].value or 0) >= rest[-1][0], "another has more")
    if INDICATORS_EXACT(areas[code]) and areas[code].value == rest[-1][0]:
        return
    apart(areas[rest[-1][1]], areas[code])
    need(all(areas[other].high < areas[code].low for _value, other in rest), "intervals meet")


def INDICATORS_EXACT(one: Side) -> bool:  # noqa: N802
    return one.low == one.high == one.value


def lead(cells: _Cells, found: re.Match[str]) -> None:
    areas = cells.of()
    ahead(areas, code_of(re.split(" et |, ", found["who"])[0], cells.said.level))


def part(cells: _Cells, found: re.Match[str]) -> None:
    areas = cells.of()
    code = code_of(found["who"], cells.said.level)
    ahead(areas, code)
    whole = sum(one.value or 0 for one in areas.values())
    need(abs(100 * (areas[code].value or 0) / whole - number(found["part"])) <= 0.51 or found["over"], "not that share")
    need(abs(number(found["all"]) - whole) <= 0.51, "not that whole")


def times(cells: _Cells, found: re.Match[str]) -> None:
    level = cells.said.level
    areas = cells.of()
    high, low = areas[code_of(found["who"], level)], areas[code_of(f"{found['than']}", level)]
    apart(low, high)
    ratio = (high.value or 0) / (low.value or 1)
    told = number(found["times"].removeprefix("près de "))
    need(abs(ratio - told) <= (0.1 if "près" in found["times"] else 0.5 if ratio >= 10 else 0.051), f"{ratio} times")


def rank(cells: _Cells, found: re.Match[str]) -> None:
    code = cells.said.code or ""
    areas = cells.of("territory" if len(code) == 1 else "commune")
    order(areas)
    above = sum((one.value or 0) > (areas[code].value or 0) for one in areas.values())
    need((int(found["rank"]), int(found["among"])) == (above + 1, len(areas)), "not that rank")
    need(areas[code].units >= FEW, "few units")
    for other, one in areas.items():
        if other != code:
            low, high = sorted((areas[code], one), key=lambda side: side.value or 0)
            need(low.high < high.low, f"intervals meet: {other}")
            need(low.most < (high.value or 0), f"what has no place may change it: {other}")


def ends(cells: _Cells, found: re.Match[str]) -> None:
    """« de 3 (Weppes) à 12 (Lille) »: the lowest and the highest of what is shown; a claim unless it says not."""
    areas = cells.of()
    if "sans montant localisé" in cells.said.text:
        areas = {code: one for code, one in areas.items() if one.units}
    values = [one.value for one in areas.values() if one.value is not None]
    for told, value in ((found["low"], min(values)), (found["high"], max(values))):
        need(abs(number(told) - value) <= 0.51 * 10 ** -len(told.partition(",")[2]), f"{told} is not {value}")
    if not UNSURE.search(cells.said.text) and " partout" not in cells.said.text:
        low, high = (min(areas.values(), key=_shown(sign)) for sign in (1, -1))
        apart(low, high)


def _shown(sign: int) -> Callable[[Side], float]:
    return lambda side: math.inf if side.value is None else sign * side.value


def change(cells: _Cells, found: re.Match[str]) -> None:
    """A change in per cent of one area, or of the metropole, that is not said to be unsure."""
    said = cells.said
    years = [int(year) for pair in YEARS.findall(said.text) for year in pair if year]
    first = said.since or min([*years, said.year or 0] if said.year else years)
    if UNSURE.search(said.text[found.end() :]):
        return
    codes = [said.code] if said.code else ["mel", *cells.of()]
    then, now = (
        sides(cells.release, said.key, "territory" if said.code == "mel" else said.level, year)
        for year in (first, said.year)
    )
    told = number(found["change"].replace("+", ""))
    alike = [code for code in codes if _moved(then[code], now[code], told)]
    need(alike, f"nobody changed by {told}")
    need(any(_apart(then[code], now[code]) for code in alike), f"no change of {told} is established: {alike}")


def _apart(one: Side, other: Side) -> bool:
    """Whether `apart` allows two sides, in the order of their values."""
    try:
        apart(*sorted((one, other), key=lambda side: side.value or 0))
    except FalseClaim:
        return False
    return True


def _moved(then: Side, now: Side, told: float) -> bool:
    return bool(then.value and now.value) and abs(100 * ((now.value or 0) / (then.value or 1) - 1) - told) <= HALF


def beyond(cells: _Cells, found: re.Match[str]) -> None:
    """A part of a whole, beyond that of the inhabitants."""
    areas = cells.of("territory")
    code = code_of(found["who"], "territory")
    whole = cells.whole().value or 0
    need(areas[code].units >= FEW and sum(one.units for one in areas.values()) >= RANKED, "few units")
    need(abs(100 * (areas[code].value or 0) / whole - number(found["part"])) <= 0.51, "not that share")
    need(areas[code].low / whole * 100 > number(found["people"]) - 0.5, "chance may make it")


PLACE = r"(?:\(|dans |en |à |au|chez )"
Rule = Callable[[_Cells, re.Match[str]], None]
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (re.compile("^(?P<who>.+?) en tête(?: à égalité)?, avec"), lead),
    (re.compile(rf"^(?P<who>.+?) (?:concentre(?:nt)?|compte(?:nt)?|reçoit|reçoivent) (?P<over>plus de )?"
                rf"(?P<part>\d+) % des .+ : {NUMBER}(?: €)? sur (?P<all>{NUMBER})"), part),
    (re.compile(r"^(?P<who>.+?) (?:compte|comptent|reçoit|reçoivent|obtient|obtiennent|demande|demandent) "
                r"(?P<times>(?:près de )?[\d,]+) fois plus .*?(?P<than>qu(?:e |’).+?) : "), times),
    (re.compile(r"(?P<rank>\d+)(?:er|e) sur (?P<among>\d+)"), rank),
    (re.compile(rf"de (?P<low>{NUMBER})(?: €| %)? {PLACE}[^:;]*? à (?P<high>{NUMBER})(?: €| %)? {PLACE}"),
     lambda cells, found: None if cells.said.since or cells.said.level == "both" else ends(cells, found)),
    (re.compile(rf"(?P<change>[+−]{NUMBER}) %"), change),
    (re.compile(r"^(?P<who>.+?) réuni(?:t|ssent) (?P<part>\d+) % des .+ pour (?P<people>\d+) % des habitants"), beyond),
)  # fmt: skip
VOCABULARY = re.compile(r"en tête|fois plus|\d(?:er|e) sur \d|concentre|réuni")
