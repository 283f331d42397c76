"""All the lines together: which hidden cells follow exactly from the shown ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from layers.secrecy.table import Line, Numbers

KNOWN: Final = 1e-6
SEED: Final = 2011
EXACT: Final = 1e-12


class System:
    """The equations of the lines, one a line: its total less its parts is zero."""

    def __init__(self, lines: Sequence[Line], cells: int) -> None:
        # here, because a release without anything to hide does without it, and it is long to load
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        members = [np.array([line.total, *line.parts]) for line in lines]
        rows = np.repeat(np.arange(len(lines)), [len(inside) for inside in members])
        columns = np.concatenate(members) if members else np.array([], dtype=int)
        signs = np.concatenate([[1.0] + [-1.0] * len(line.parts) for line in lines]) if lines else np.array([])
        self._matrix = csr_matrix((signs, (rows, columns)), shape=(len(lines), cells))

    def known(self, hidden: npt.NDArray[np.bool_]) -> list[int]:
        """Places of hidden cells whose value follows exactly from the shown ones.

        Their component of any vector, projected on the null space of the equations, is zero.
        """
        cells = np.flatnonzero(hidden)
        if not len(cells):
            return []
        inside = self._matrix[:, cells]
        source = np.random.Generator(np.random.PCG64(SEED))
        free = np.zeros(len(cells))
        for _ in range(2):
            drawn = source.standard_normal(len(cells))
            free = np.maximum(free, np.abs(drawn - inside.T @ _solved(inside.T, drawn)))
        return [int(cell) for cell in cells[free < KNOWN]]


def _solved(matrix: Any, wanted: Numbers) -> Numbers:
    from scipy.sparse.linalg import lsmr  # noqa: PLC0415

    found: Numbers = lsmr(matrix, wanted, atol=EXACT, btol=EXACT, conlim=0, maxiter=20 * max(matrix.shape))[0]
    return found
