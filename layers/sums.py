"""Sums of a fact over areas, and what is said of the communes that its source does not list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from layers import notes
from layers.cube import ABSENT, PRESENT, Array, Cube
from layers.notes import Note, note

MOST_LEFT_OUT: Final = 0.1
"""Part of the inhabitants of an area whose communes may be without a row: its sum is then given, and says so."""

Matrix = npt.NDArray[np.bool_]


def membership(communes: tuple[str, ...], codes: tuple[str, ...], level: str, members: Mapping[str, str]) -> Matrix:
    """``[commune, area]``, the last area being the metropole; a commune outside the perimeter is in none."""
    matrix = np.zeros((len(communes), len(codes) + 1), dtype=bool)
    for i, commune in enumerate(communes):
        if commune not in members:
            continue
        area = commune if level == "commune" else members[commune]
        matrix[i, codes.index(area)] = True
        matrix[i, -1] = True
    return matrix


def over(cube: Cube, matrix: Matrix, people: Array) -> tuple[Array, npt.NDArray[np.uint8]]:
    """Sums over (year, sector + all, family + all, area), and why a sum is not there.

    Of a `sparse` fact, communes without a row are left out of a sum where few of its *people* live there.
    """
    values = _with_all(_with_all(cube.values, 1), 2) @ matrix.astype(float)
    absence = cube.absence[:, :, None] * matrix[None]
    absence = np.where((absence == ABSENT) & _left_out(cube, matrix, people)[:, None], PRESENT, absence)
    worst = absence.max(axis=1, initial=PRESENT)
    if not cube.additive:
        several = matrix.sum(axis=0) > 1
        worst = np.where(several & (worst == PRESENT), ABSENT, worst)
    shape = (values.shape[0], 1, 1, values.shape[3])
    return values, np.broadcast_to(worst.reshape(shape), values.shape).astype(np.uint8)


def _with_all(values: Array, axis: int) -> Array:
    """The axis with its sum appended; an axis of length 1 is already "all"."""
    if values.shape[axis] == 1:
        return values
    return np.concatenate([values, values.sum(axis=axis, keepdims=True)], axis=axis)


def _left_out(cube: Cube, matrix: Matrix, people: Array) -> npt.NDArray[np.bool_]:
    """``[year, area]``: whether the communes without a row hold few enough of its inhabitants to be left out."""
    if not cube.sparse:
        return np.zeros((len(cube.years), matrix.shape[1]), dtype=bool)
    away = (cube.absence == ABSENT) * people @ matrix.astype(float)
    return np.asarray((away > 0) & (away <= MOST_LEFT_OUT * (people @ matrix.astype(float))))


def unlisted(cube: Cube, matrix: Matrix, people: Array) -> dict[int, tuple[Note, ...]]:
    """By year, what is to be said of communes without a row: taken for zero, or left out of the sums."""
    inside = matrix[:, -1]
    left_out = ((cube.absence == ABSENT) & inside).sum(axis=1) * _left_out(cube, matrix, people).any(axis=1)
    found: dict[int, tuple[Note, ...]] = {}
    for year, several in zip(cube.years, left_out, strict=True):
        empty = len(cube.empty.get(year, ()))
        told = [note(notes.TAKEN_FOR_ZERO, year=year, communes=empty)] if empty else []
        told += [note(notes.LEFT_OUT, year=year, communes=int(several))] if several else []
        if told:
            found[year] = tuple(told)
    return found
