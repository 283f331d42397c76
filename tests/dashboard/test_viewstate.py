"""The address is the state: written and read back, settled, and never an error."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.viewstate import CROSSED_OUT, KEYS, LILLE, LILLOIS, MOST_PINS, SCALES, Choices, Ignored, ViewState, parse
from geodata.perimeter import PERIMETERS, members
from layers.classing import CLASSINGS, MANUAL
from layers.dimensions import DIMENSIONS, UNKNOWN, written
from layers.indicators import DEFAULT, INDICATORS
from layers.series import LEVELS, READY

YEARS = (2010, 2020, 2023)
CHOICES = Choices(years=lambda indicator: () if indicator == "jobs" else YEARS, releases={"0123456789ab"})
AUBERS, PROVIN, ROUBAIX = "59025", "59477", "59512"


def chosen(key: str) -> st.SearchStrategy[str | None]:
    """Several values of a dimension, in its order."""
    slugs = st.lists(st.sampled_from([*DIMENSIONS[key].names, UNKNOWN]), max_size=4)
    return slugs.map(lambda drawn: written(key, ",".join(drawn)))


def or_none(values: object) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *values])  # type: ignore[misc]


@st.composite
def states(draw: st.DrawFn) -> ViewState:
    """Any state that a page can be in."""
    perimeter = draw(st.sampled_from(PERIMETERS))
    belongs = members(perimeter)
    level = draw(st.sampled_from(LEVELS))
    territory = draw(or_none("12345678"))
    commune = None
    if level == "commune" and territory is not None:
        commune = draw(or_none(sorted(c for c, t in belongs.items() if t == territory)))
    if level == "commune" and territory == LILLOIS:
        commune = LILLE
    indicator = draw(st.sampled_from(sorted(INDICATORS)))
    compare = draw(or_none(CHOICES.years(indicator)))
    method = draw(st.sampled_from([one for one in CLASSINGS if compare is None or one != MANUAL]))
    manual = method == MANUAL
    areas = sorted(belongs if level == "commune" else set(belongs.values()))
    pins = draw(st.lists(st.sampled_from(areas), max_size=MOST_PINS, unique=True))
    return ViewState(
        indicator, draw(chosen("sector")), draw(chosen("family")), draw(or_none(CHOICES.years(indicator))),  # type: ignore[arg-type]
        level, territory, commune, perimeter, method,
        None if manual else draw(or_none([3, 7])), "0.5_2" if manual else None,
        None if manual else draw(or_none(SCALES if compare is None else ["mean"])),
        draw(or_none("1")), draw(or_none(CHOICES.years(indicator))), draw(or_none("1")), compare,  # type: ignore[arg-type]
        "_".join(pins) or None, draw(or_none(["projection"])),
        draw(or_none(["0123456789ab"])), "fr",
        **{key: draw(chosen(key)) for key in DIMENSIONS if key not in READY},
    )  # fmt: skip


@given(states())
def test_what_is_written_is_read_back(state: ViewState) -> None:
    assert parse(state.to_query(), CHOICES) == (state, ())
    assert parse(f"?{state.to_query()}", CHOICES) == (state, ())


def test_the_default_view_has_no_query() -> None:
    assert ViewState().to_query() == ""
    assert parse("", CHOICES) == (ViewState(), ())


def test_a_query_names_only_what_is_not_the_default() -> None:
    state = ViewState(indicator="population", level="commune", territory="3", year=2020)
    assert state.to_query() == "indicator=population&year=2020&level=commune&territory=3"


any_text = st.one_of(st.text(max_size=80), st.text("=&?;%+0123456789abcdef€\x00\ud7ff\r\n", max_size=80))
pairs = st.lists(st.tuples(st.sampled_from([*KEYS, "magie", ""]), any_text), max_size=8)


@given(any_text)
def test_no_text_is_an_error(text: str) -> None:
    state, _ = parse(text, CHOICES)
    assert parse(state.to_query(), CHOICES) == (state, ())


@given(pairs)
def test_whatever_the_values_the_state_is_one_that_can_be_written(found: list[tuple[str, str]]) -> None:
    state, ignored = parse(urlencode(found, errors="replace"), CHOICES)
    assert parse(state.to_query(), CHOICES) == (state, ())
    assert all(isinstance(part, Ignored) for part in ignored)


@given(st.binary(max_size=200))
def test_no_bytes_are_an_error(found: bytes) -> None:
    parse(found.decode("utf-8", "replace"), CHOICES)
    parse(found.decode("latin-1"), CHOICES)


@pytest.mark.parametrize(
    "text", ["&" * 100_000, "sector=" + "x" * 1_000_000, "%" * 50_000, "year=" + "9" * 5000, "a=b&" * 20_000]
)
def test_no_length_is_an_error(text: str) -> None:
    assert parse(text, CHOICES)[0] == ViewState()


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("sector=magie", ("sector", "magie")), ("indicator=chance", ("indicator", "chance")),
        ("family=magie", ("family", "magie")), ("year=1999", ("year", "1999")), ("year=20 20", ("year", "20 20")),
        ("year=٢٠٢٠", ("year", "٢٠٢٠")), ("level=quartier", ("level", "quartier")), ("territory=9", ("territory", "9")),
        ("commune=75056", ("commune", "75056")), ("commune=59298", ("commune", "59298")),
        ("perimeter=87", ("perimeter", "87")), ("perimeter=095", ("perimeter", "095")), ("mode=film", ("mode", "film")),
        ("release=ffffffffffff", ("release", "ffffffffffff")), ("lang=de", ("lang", "de")),
        ("method=kmeans", ("method", "kmeans")), ("couleur=rouge", ("couleur", "rouge")),
    ],
)  # fmt: skip
def test_what_is_unknown_falls_back_and_is_listed(query: str, left_out: tuple[str, str]) -> None:
    assert parse(query, CHOICES) == (ViewState(), (Ignored(*left_out),))


def test_all_that_is_unknown_is_listed_in_order_and_the_rest_is_kept() -> None:
    state, ignored = parse("a=1&indicator=population&year=1&b=2", CHOICES)
    assert state == ViewState(indicator="population")
    assert [(part.key, part.value) for part in ignored] == [("a", "1"), ("year", "1"), ("b", "2")]


def test_empty_values_of_a_form_are_no_choice() -> None:
    assert parse("indicator=actors&sector=&family=&year=", CHOICES) == (ViewState(indicator="actors"), ())


@st.composite
def crossings(draw: st.DrawFn) -> ViewState:
    """Any state in which two ratios are crossed: nothing of what the crossing leaves without object."""
    fills = [key for key, indicator in INDICATORS.items() if indicator.fill]
    first, second = draw(st.lists(st.sampled_from(fills), min_size=2, max_size=2, unique=True))
    default = ViewState()
    bare = {key: getattr(default, key) for key in CROSSED_OUT}
    kept = dict.fromkeys(("year", "index"))
    return replace(draw(states()), indicator=first, paired=second, **bare, **kept)  # type: ignore[arg-type]


@given(crossings())
def test_a_crossing_is_written_as_with_and_read_back(state: ViewState) -> None:
    assert f"with={state.paired}" in state.to_query().split("&")
    assert parse(state.to_query(), CHOICES) == (state, ())


@pytest.mark.parametrize(
    "query",
    [
        "with=actors_per_1000",  # itself
        "with=actors",  # a count
        "indicator=actors&with=ess_job_share",  # beside a count
        "with=magie",
    ],
)
def test_what_cannot_be_crossed_is_left_out_and_listed(query: str) -> None:
    state, ignored = parse(query, CHOICES)
    assert state.paired is None
    assert [part.key for part in ignored] == ["with"]


@pytest.mark.parametrize("lacking", ["actors_per_1000", "ess_job_share"])
def test_what_the_release_lacks_is_not_crossed(lacking: str) -> None:
    choices = replace(CHOICES, available=lambda key: key != lacking)
    state, ignored = parse("with=ess_job_share", choices)
    assert (state.paired, ignored) == (None, (Ignored("with", "ess_job_share"),))


@pytest.mark.parametrize(
    "beside", ["method=quantile", "classes=3", "scale=mean", "circles=1", "compare=2020", "method=manual&breaks=1_2"]
)
def test_a_crossing_wins_over_what_it_leaves_without_object(beside: str) -> None:
    state, ignored = parse(f"{beside}&with=ess_job_share", CHOICES)
    assert state == ViewState(paired="ess_job_share")
    assert [(part.key, part.value) for part in ignored] == [tuple(pair.split("=")) for pair in beside.split("&")]


@pytest.mark.parametrize(
    ("beside", "kept"),
    [
        ("method=manual&breaks=1_2", ViewState(compare=2020)),
        ("scale=free", ViewState(compare=2020)),
        ("scale=mean", ViewState(compare=2020, scale="mean")),
        ("method=quantile", ViewState(compare=2020, method="quantile")),
    ],
)
def test_a_change_leaves_out_classes_of_values(beside: str, kept: ViewState) -> None:
    state, ignored = parse(f"{beside}&compare=2020", CHOICES)
    assert state == kept
    lost = [] if kept.scale or kept.method == "quantile" else [tuple(pair.split("=")) for pair in beside.split("&")]
    assert [(part.key, part.value) for part in ignored] == lost


def test_of_a_key_given_twice_the_first_is_read() -> None:
    state, ignored = parse("sector=commerce&sector=divers", CHOICES)
    assert (state.sector, ignored) == ("commerce", (Ignored("sector", "divers"),))


def test_several_values_are_read_in_their_order_and_each_that_is_unknown_is_listed() -> None:
    state, ignored = parse("sector=divers,licornes,commerce,,divers&size=12&qpv=in", CHOICES)
    assert (state.sector, state.size, state.qpv) == ("commerce,divers", None, "in")
    assert ignored == (Ignored("sector", "licornes"), Ignored("size", "12"))
    assert state.to_query() == "sector=commerce,divers&qpv=in"


def test_a_view_has_every_dimension() -> None:
    assert set(ViewState().filters) == set(DIMENSIONS)
    state = ViewState("actors", "commerce,divers", size="nn")
    assert state.series_query().chosen == {"sector": ("commerce", "divers"), "size": ("nn",)}


@pytest.mark.parametrize("code", [ROUBAIX, AUBERS, PROVIN])
def test_a_commune_implies_its_territory_and_the_level(code: str) -> None:
    state, _ = parse(f"commune={code}&territory=2", CHOICES)
    assert (state.level, state.territory, state.commune) == ("commune", members()[code], code)


def test_the_lillois_goes_straight_to_lille() -> None:
    state, ignored = parse("level=commune&territory=8", CHOICES)
    assert (state.commune, ignored) == (LILLE, ())
    assert parse("territory=8", CHOICES)[0].commune is None


@pytest.mark.parametrize(
    ("perimeter", "code", "kept"), [(85, AUBERS, False), (90, AUBERS, True), (90, PROVIN, False), (95, PROVIN, True)]
)
def test_a_commune_outside_the_perimeter_is_left_out(perimeter: int, code: str, kept: bool) -> None:
    state, ignored = parse(f"perimeter={perimeter}&commune={code}", CHOICES)
    assert (state.commune == code) == kept
    assert ignored == (() if kept else (Ignored("commune", code),))


def test_a_year_is_one_that_the_indicator_has() -> None:
    assert parse("indicator=jobs&year=2020", CHOICES)[1] == (Ignored("year", "2020"),)
    assert parse("indicator=magie&year=2020", CHOICES)[0] == ViewState(year=2020)


def test_a_sector_that_the_sources_do_not_tell_is_left_out() -> None:
    told = Choices(lambda indicator: YEARS, (), lambda i, key: ("divers",) if (i, key) == (DEFAULT, "sector") else ())
    assert parse("sector=divers", told)[0].sector == "divers"
    assert parse("indicator=population&sector=divers", told)[1] == (Ignored("sector", "divers"),)
    assert parse("family=mutuelle", told)[1] == (Ignored("family", "mutuelle"),)


def test_the_query_of_a_view_is_what_the_release_is_asked() -> None:
    state = ViewState("actors", "divers", "mutuelle", 2020, "commune", "3", None, 90)
    query = state.series_query()
    assert (query.indicator, query.sector, query.family, query.year) == ("actors", "divers", "mutuelle", 2020)
    assert (query.level, query.perimeter) == ("commune", 90)


@pytest.mark.parametrize("pins", ["9", "3_3", "1_2_3_4", "59512", "3_", "x"])
def test_pins_that_are_no_areas_of_the_level_are_told(pins: str) -> None:
    state, ignored = parse(f"pins={pins}", CHOICES)
    assert state == ViewState()
    assert [(one.key, one.value) for one in ignored] == [("pins", pins)]
