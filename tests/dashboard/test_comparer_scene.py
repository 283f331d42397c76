"""What a comparison says of its charts, and what a room sees of it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from dashboard import locale
from dashboard.comparison import choice, drawings, gaps, scene, table
from dashboard.pages import comparer
from dashboard.services import View
from dashboard.viewstate import Choices, Ignored, ViewState, parse
from layers import measure
from layers.choices import offered
from layers.indicators import INDICATORS
from layers.series import Query
from tests.dashboard.reading import Page
from tests.dashboard.test_comparer import DEMO, asked
from tests.factories import release


def test_dots_and_gaps_are_told_and_have_their_tables(demo: FlaskClient) -> None:
    view = asked("8,1")
    made = drawings.dots(view, choice.read(view))
    low, high = (locale.cell(INDICATORS["actors_per_1000"], measure.series(DEMO, Query("actors_per_1000")).cell(code))
                 for code in ("1", "8"))  # fmt: skip
    assert drawings.dots_told(made) == locale.tight(
        f"De {low} (Weppes) à {high} (Lillois) ; métropole : {made.mean_text}."
    )
    rows = table.rows(view, choice.read(view))
    for i, one in enumerate(drawings.gaps(rows, choice.read(view))):
        verdicts = [row.entries[i].gap for row in rows if row.entries[i].gap]
        above, below, rest = (
            sum(found.verdict == gaps.SURE and found.relative > 0 for found in verdicts),
            sum(found.verdict == gaps.SURE and found.relative < 0 for found in verdicts),
            sum(found.verdict != gaps.SURE for found in verdicts),
        )
        assert above + below + rest == len(one.bars)
        assert (
            one.told == f"{above} au-dessus de la métropole, {below} au-dessous, {rest} en écart faible ou non établi"
        )
    written = demo.get("/comparer?areas=8,1").get_data(as_text=True)
    page = Page(written)
    for told in (drawings.dots_told(made), made.rows[0].bounds, *(bar.text for bar in one.bars)):
        assert told in written
    for name in ("dots-values", "gaps-values"):
        held = page.text_of(name)
        assert "Lillois" in held
        assert "Weppes" in held
    assert made.rows[1].bounds.removeprefix("entre ") in page.text_of("dots-values")
    assert all(bar.text in page.text_of("gaps-values") for bar in one.bars)


def test_a_dot_plot_of_one_place_or_of_nothing_is_told_as_such() -> None:
    one = asked("8")
    told = drawings.dots_told(drawings.dots(one, choice.read(one)))
    assert told.startswith(locale.tight("Lillois : 5,"))
    none = View(release(), ViewState(indicator="actors"), (Ignored("areas", "3,2"),))
    assert drawings.dots_told(drawings.dots(none, choice.read(none))) == "Aucune valeur pour ces choix."


def test_the_foot_counts_what_the_maps_hide() -> None:
    made = comparer.context(asked("5,59512", indicator="jobs_per_1000"))
    hidden = {
        shape.code for one in made["maps"] for shape in one["drawn"].shapes if shape.state == "suppressed"
    }  # fmt: skip
    assert hidden
    assert re.search(rf"\b{len(hidden)} valeurs sous secret", made["footer"].replace("\u00a0", " "))


def test_a_room_is_shown_four_places_and_led_to_the_others() -> None:
    view = asked("1,2,3,4,5,59512", mode="projection", sector="commerce", year=2022)
    choice_ = choice.read(view)
    assert scene.shown(choice_).codes == ("1", "2", "3", "4")
    assert scene.left_out(choice_).startswith("2 autres lieux")
    assert scene.left_out(choice.read(asked("1,2"))) == ""
    ways = scene.ways(view, choice_)

    def asked_of(address: str) -> dict[str, list[str]]:
        return parse_qs(urlsplit(address).query)

    assert asked_of(ways["toggle"]) == {"areas": ["1,2,3,4,5,59512"], "sector": ["commerce"], "year": ["2022"]}
    assert asked_of(ways["territories"]["8"])["areas"] == ["4,5,59512,8"]
    assert asked_of(ways["territories"]["1"])["areas"] == ["2,3,4,5,59512"]


def test_steps_keep_of_a_view_what_the_next_indicator_has() -> None:
    view, seen = asked("1,2", mode="projection", sector="commerce", method="manual", breaks="1_2"), []
    choices = Choices(
        years=lambda key: measure.years(DEMO, key),
        releases={DEMO.id},
        values=lambda key, dimension: offered(DEMO, key).get(dimension, ()),
    )
    for _ in INDICATORS:
        after = scene.ways(view, choice.read(view))["steps"][1]
        state, ignored = parse(urlsplit(after).query, choices)
        seen.append(state.indicator)
        assert [part.key for part in ignored] == ["areas"], after
        view = View(DEMO, state, (Ignored("areas", "1,2"),))
    assert len(set(seen)) == sum(measure.available(DEMO, key) for key in INDICATORS)
