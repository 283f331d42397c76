"""The axis of size classes: protected with sectors and families, and read back from what was published before it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from layers.secrecy import masks
from layers.secrecy.levels import METROPOLE, areas_of
from layers.secrecy.masks import SIZE_AXIS, Areas
from layers.secrecy.primary import DOMINANCE, FEWEST_UNITS
from layers.secrecy.table import Line
from tests.factories import COMMUNES, release
from tests.layers.secrecy.invented_jobs import drawn, job, shown, sized
from tests.layers.secrecy.projection import System

METROPOLE_ONLY = Areas((), 95, commune=True)


def two_classes(**changes: object) -> list[dict[str, object]]:
    rows = [job(code, size_class=size) for code in COMMUNES for size in ("1-9", "10-19", "20-49")]
    rows[1] = {**rows[1], **changes}
    return rows


def test_a_class_of_two_establishments_is_hidden_with_another_class_and_another_commune() -> None:
    made = release(jobs=two_classes(establishments=2.0))
    found = masks.hidden(made, "jobs")
    small, middle = SIZE_AXIS.index("1-9"), SIZE_AXIS.index("10-19")
    of_commune = found.cells[0, 0, -1, -1]
    assert of_commune[middle]
    assert of_commune[[small, SIZE_AXIS.index("20-49")]].sum() == 1, "its neighbour on the axis of sizes"
    assert not of_commune[-1]
    assert found.cells[0, : len(COMMUNES), -1, -1, middle].sum() > 1, "its neighbour on that of communes"


def test_the_mask_of_a_class_is_laid_out_as_that_of_all() -> None:
    made = release(jobs=two_classes(establishments=2.0))
    areas = Areas(tuple(sorted(COMMUNES)), 95, commune=True)
    whole = masks.mask(made, "jobs", (2022,), areas)
    middle = masks.mask(made, "jobs", (2022,), areas, "10-19")
    assert whole.shape == middle.shape
    assert middle.sum() > whole.sum() == 0


def test_a_source_without_sizes_has_no_class() -> None:
    made = release(jobs=[job(code) for code in COMMUNES])
    with pytest.raises(KeyError):
        masks.mask(made, "jobs", (2022,), METROPOLE_ONLY, "10-19")


def test_what_was_recorded_before_sizes_is_read_as_it_was() -> None:
    made = release(jobs=[job(code, establishments=2.0 if code == "59512" else 10.0) for code in COMMUNES])
    table = masks.record(made)
    older = table.assign(shape=table["shape"].str.removesuffix(" 1"))
    kept = release(jobs=[job(code) for code in COMMUNES])
    object.__setattr__(kept, "secrecy", older)
    assert (masks.hidden(kept, "jobs").cells == masks.hidden(made, "jobs").cells).all()
    assert masks.hidden(kept, "jobs").cells.any()


def test_sizes_are_published_of_all_sectors_and_families_together() -> None:
    found = masks.hidden(release(jobs=two_classes()), "jobs")
    hides = found.cells[0, found.areas[METROPOLE, 95]]
    middle = SIZE_AXIS.index("10-19")
    assert not hides[-1, -1, middle]
    assert not hides[:, :, -1].any()
    assert hides[:-1, :, :-1].all()
    assert hides[:, :-1, :-1].all()


def test_what_follows_from_what_is_shown_may_itself_be_shown() -> None:
    """All areas and all margins as one system, written here apart from the code that protects them.

    Nothing hidden of what is published follows; of the cross of sectors, families and sizes, which is not, some cell
    is another under a second name (a commune of one sector): it may be told if that one may.
    """
    made = shown(sized(drawn(employers=250)))
    found = masks.hidden(made, "jobs")
    rows = made.jobs[made.jobs["scope"] == "ess"]
    communes = tuple(sorted(COMMUNES))
    posts, units, largest = masks.atoms(rows, communes)
    _, areas, sums = areas_of(communes)
    cells, counted = (margins(np.stack([atoms[area].sum(axis=0) for area in areas])) for atoms in (posts, units))
    top = margins(np.stack([largest[area].max(axis=0) for area in areas]), np.max)
    hides = found.cells[0]
    assert cells.shape == hides.shape
    published = np.broadcast_to(masks.published(posts.shape[1:]), hides.shape)
    assert hides[published].any()
    assert not hides[published & (cells == 0)].any(), "a zero is shown"
    lines = equations(cells, sums)
    known = System(lines, cells.size).known((hides & (cells > 0)).ravel())
    assert not published.ravel()[known].any()
    assert (counted.ravel()[known] >= FEWEST_UNITS).all()
    assert (top.ravel()[known] <= DOMINANCE * cells.ravel()[known]).all()


def margins(cells: np.ndarray, total: Callable[..., np.ndarray] = np.sum) -> np.ndarray:
    for axis in (1, 2, 3):
        cells = np.concatenate([cells, total(cells, axis=axis, keepdims=True)], axis=axis)
    return cells


def equations(cells: np.ndarray, sums: list[tuple[int, list[int]]]) -> list[Line]:
    """Every total less its parts, the zeros being known."""
    place, some = np.arange(cells.size).reshape(cells.shape), cells.ravel() > 0
    lines = [
        Line(int(along[-1]), along[:-1][some[along[:-1]]])
        for axis in (1, 2, 3)
        for along in np.moveaxis(place, axis, -1).reshape(-1, cells.shape[axis])
    ]
    for total, parts in sums:
        for at in np.ndindex(cells.shape[1:]):
            inside = place[(np.array(parts), *at)]
            lines.append(Line(int(place[(total, *at)]), inside[some[inside]]))
    return [line for line in lines if len(line.parts)]
