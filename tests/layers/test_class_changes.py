"""Which areas change class between two releases, and why."""

from __future__ import annotations

from layers import class_changes
from layers.class_changes import ClassChange
from tests import factories
from tests.factories import AUBERS, LILLE, ROUBAIX, TOURCOING
from tests.layers import invented

PLACES = {LILLE: "8", ROUBAIX: "3", TOURCOING: "2", "59128": "6", AUBERS: "1"}


def with_structures(*counts: int) -> factories.Release:
    communes = [commune for commune, count in zip(PLACES, counts, strict=True) for _ in range(count)]
    return factories.release(actors=[invented.actor(n, commune) for n, commune in enumerate(communes)])


def of(found: tuple[ClassChange, ...], indicator: str = "actors") -> dict[str, tuple[object, ...]]:
    return {one.name: (one.before, one.same_scale, one.after) for one in found if one.indicator.key == indicator}


def test_a_release_changes_no_class_of_itself() -> None:
    release = with_structures(40, 30, 20, 10, 5)
    assert class_changes.changes(release, release) == ()


def test_a_territory_that_grows_changes_class_on_the_scale_shown_now() -> None:
    found = of(class_changes.changes(with_structures(40, 10, 30, 20, 10), with_structures(40, 30, 30, 20, 10)))
    (roubaix,) = [places for name, places in found.items() if "Roubaisien" in name]
    assert roubaix[0] < roubaix[1], "its value moved, the scale apart"


def test_an_area_that_did_not_move_may_change_class_as_the_scale_does() -> None:
    before, after = with_structures(40, 38, 30, 20, 10), with_structures(400, 38, 30, 20, 10)
    found = of(class_changes.changes(before, after))
    assert any(was == same != now for was, same, now in found.values())


def test_a_territory_that_gets_its_first_structures_leaves_the_state_zero() -> None:
    found = of(class_changes.changes(with_structures(40, 30, 20, 10, 0), with_structures(40, 30, 20, 10, 8)))
    assert ("zero", 1, 1) in found.values()


def test_what_does_not_add_up_is_compared_by_commune() -> None:
    low = factories.release(observations=factories.everywhere("poverty_rate", 2021))
    high = factories.release(
        observations=factories.everywhere("poverty_rate", 2021, {factories.COMMUNES[0]: {"value": 95_000.0}})
    )
    found = class_changes.changes(low, high)
    assert {one.level for one in found if one.indicator.key == "poverty_rate"} == {"commune"}
    moved = next(one for one in found if one.code == factories.COMMUNES[0])
    assert (moved.before, moved.after_year) == (1, 2021)
    assert moved.after != 1


def test_an_indicator_that_one_of_them_lacks_is_left_out() -> None:
    none = factories.release(actors=[invented.actor(1, LILLE)])
    some = factories.release(
        actors=[invented.actor(1, LILLE)], grants=[invented.grant(n, commune=ROUBAIX) for n in range(9)]
    )
    assert all(not one.indicator.key.startswith("grant") for one in class_changes.changes(none, some))
