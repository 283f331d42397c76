"""All the lines together: which hidden cells follow exactly from the shown ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from layers.secrecy.table import Line, Numbers

KNOWN: Final = 1e-6
SEED: Final = 2011
SHIFT: Final = 1e-8
PASSES: Final = 3


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
        project = _on_null_space(self._matrix[:, cells])
        source = np.random.Generator(np.random.PCG64(SEED))
        free = np.zeros(len(cells))
        for _ in range(2):
            free = np.maximum(free, np.abs(project(source.standard_normal(len(cells)))))
        return [int(cell) for cell in cells[free < KNOWN]]


def _on_null_space(equations: Any) -> Callable[[Numbers], Numbers]:
    """Projection on the null space of some equations, by inverse iteration on their normal matrix.

    What is in the null space passes unchanged; the rest is divided each time by its squared singular value, at least
    some hundredths, over `SHIFT`. The errors of the solution are along the null space, and harm nothing.
    """
    from scipy.sparse import identity  # noqa: PLC0415
    from scipy.sparse.linalg import splu  # noqa: PLC0415

    normal = equations.T @ equations + SHIFT * identity(equations.shape[1])
    factors = splu(normal.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})

    def project(drawn: Numbers) -> Numbers:
        for _ in range(PASSES):
            drawn = SHIFT * factors.solve(drawn)
        return drawn

    return project
