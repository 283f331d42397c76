"""One rounding for all that is printed or kept in cents: half away from zero, and no zero with a sign."""

from __future__ import annotations

import ast
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import english, french
from layers.rounding import rounded, whole

ROOT = Path(__file__).parents[2]
DRAWN = (
    "assets", "beforeafter", "bivariate", "comparison/drawings", "documents/painted", "documents/printed", "drawing/",
    "exports/mapped", "exports/pictures", "geometry", "legend", "pages/acteurs", "pages/carte_areas", "pages/comparer",
    "smallmaps", "demonstration/", "enclosure/cells", "equity", "intervals", "recognition/", "sirene/points", "breaks",
    "api/geography", "geodata/", "methode_sources",
)  # fmt: skip
"""Where what is rounded is no figure: coordinates, lengths, scores, bounds of classes, moments of a spreadsheet."""


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_a_half_goes_away_from_zero(number: int, digits: int) -> None:
    value = (number + 0.5) / 10**digits if number >= 0 else (number - 0.5) / 10**digits
    away = abs(number) + 1
    assert abs(rounded(value, digits)) == Decimal(away).scaleb(-digits)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from([1, 100, 1000]), st.integers(0, 3))
def test_a_ratio_is_rounded_as_the_exact_one_is(above: int, below: int, scale: int, digits: int) -> None:
    exact = Fraction(above * scale, below)
    wanted = (exact * 10**digits + Fraction(1, 2)).__floor__()
    assert rounded(scale * above / below, digits) == Decimal(wanted).scaleb(-digits)


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 3))
def test_both_languages_print_the_same_rounding_and_no_zero_has_a_sign(value: float, digits: int) -> None:
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    for writer, group in ((french, "\u202f"), (english, ",")):
        text = writer.number(value, digits).replace(group, "").replace(writer.DECIMAL, ".").replace("\u2212", "-")
        assert Decimal(text) == exact
        assert not text.startswith("-") or Decimal(text) != 0


@pytest.mark.parametrize(("value", "text"), [(0.5, "1"), (2.5, "3"), (432.5, "433"), (-0.4, "0"), (-2.5, "−3")])
def test_a_number_is_printed_half_away_from_zero(value: float, text: str) -> None:
    assert french.number(value) == english.number(value) == text
    assert whole(value) == int(text.replace("−", "-"))


def test_no_figure_is_rounded_otherwise() -> None:
    """`round`, `Series.round` and formats of decimals go to the even digit; they are left to what is drawn."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("dashboard", "layers", "geodata")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not any(part in path.as_posix() for part in DRAWN)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _rounds(node)
    ]
    assert found == []


def _rounds(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return (
            name in ("round", "rint")
            or getattr(getattr(node.func, "value", None), "id", "") + "." + name == "np.around"
        )
    if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
        spec = "".join(part.value for part in node.format_spec.values if isinstance(part, ast.Constant))
        return spec.endswith(("f", "%")) and "." in spec
    return False
