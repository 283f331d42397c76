"""What every fictitious row says of where it comes from, and how integers are drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from layers.release import DEMONSTRATION

SEED = 20230701
YEARS = (2019, 2020, 2021, 2022, 2023)
"""Years of the structures and of the grants."""
JOB_YEARS = (2015, 2016, 2017, 2019, 2021, 2022, 2023)
"""Years of the posts: two before the series breaks."""
VINTAGE = "démonstration"
FILE_SHA256 = hashlib.sha256(f"{DEMONSTRATION} {SEED}".encode()).hexdigest()
"""Stands where imported rows name their file: there is no file."""

Integers = npt.NDArray[np.int64]


def pick(source: np.random.Generator, weights: Sequence[int] | Integers, size: int) -> Integers:
    """Draw ``size`` places in ``weights`` (whole numbers), each with the chance of its weight."""
    ends = np.cumsum(np.asarray(weights, dtype=np.int64))
    drawn = source.integers(0, ends[-1], size)
    return np.asarray(np.searchsorted(ends, drawn, side="right"), dtype=np.int64)


def pick_each(source: np.random.Generator, weights: Integers) -> Integers:
    """Draw one place in each row of ``weights`` (whole numbers, rows by places)."""
    ends = np.cumsum(weights, axis=1)
    drawn = source.integers(0, ends[:, -1])
    return np.asarray((ends <= drawn[:, None]).sum(axis=1), dtype=np.int64)
