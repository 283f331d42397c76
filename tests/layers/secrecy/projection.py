"""An attack by equations: which hidden cells follow exactly from the shown ones, all the lines together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from layers.secrecy.table import Line, Numbers

KNOWN: Final = 1e-6
SEED: Final = 2011
PRECISION: Final = 1e-12
"""Of the solution, relative: a zero comes out far under `KNOWN` while the least singular value is above 0.0003."""
FEW: Final = 300
"""Hidden cells under which factors are sooner found."""
ITERATIONS: Final = 20_000
NOT_CONVERGED: Final = 7
"""Reason for which `scipy.sparse.linalg.lsqr` stops at its limit of iterations."""
SHIFT: Final = 1e-8
PASSES: Final = 3


class System:
    """The equations of the lines, one a line: its total less its parts is zero."""

    def __init__(self, lines: Sequence[Line], cells: int) -> None:
        # here, because a release without anything to hide does without it, and it is long to load
        from scipy.sparse import csc_matrix  # noqa: PLC0415

        members = [np.array([line.total, *line.parts]) for line in lines]
        rows = np.repeat(np.arange(len(lines)), [len(inside) for inside in members])
        columns = np.concatenate(members) if members else np.array([], dtype=int)
        signs = np.concatenate([[1.0] + [-1.0] * len(line.parts) for line in lines]) if lines else np.array([])
        self._matrix = csc_matrix((signs, (rows, columns)), shape=(len(lines), cells))

    def known(self, hidden: npt.NDArray[np.bool_]) -> list[int]:
        """Places of hidden cells whose value follows exactly from the shown ones.

        Their component of any vector, projected on the null space of the equations, is zero.
        """
        cells = np.flatnonzero(hidden)
        if not len(cells):
            return []
        equations = self._matrix[:, cells].tocsr()
        equations = equations[np.diff(equations.indptr) > 0]
        if not equations.shape[0]:
            return []
        source = np.random.Generator(np.random.PCG64(SEED))
        free = np.abs(_projected(equations, source.standard_normal(len(cells))))
        return [int(cell) for cell in cells[free < KNOWN]]


def _projected(equations: Any, drawn: Numbers) -> Numbers:
    """Projection of a vector on the null space of some equations: what their least squares leave of it.

    By iterations, which take some hundredths of a second for thousands of cells; by factors where there are few, or
    where the iterations do not converge.
    """
    from scipy.sparse import diags  # noqa: PLC0415
    from scipy.sparse.linalg import lsqr  # noqa: PLC0415

    if equations.shape[1] < FEW:
        return _by_factors(equations, drawn)
    lengths = np.diff(equations.indptr)
    scaled = (diags(1 / np.sqrt(lengths)) @ equations).T.tocsr()
    solution, reason, *_ = lsqr(scaled, drawn, atol=PRECISION, btol=PRECISION, conlim=0, iter_lim=ITERATIONS)
    if reason == NOT_CONVERGED:
        return _by_factors(equations, drawn)
    return np.asarray(drawn - scaled @ solution)


def _by_factors(equations: Any, drawn: Numbers) -> Numbers:
    """The same projection by inverse iteration on the normal matrix of the equations.

    What is in the null space passes unchanged; the rest is divided each time by its squared singular value, at least
    some hundredths, over `SHIFT`. The errors of the solution are along the null space, and harm nothing.
    """
    from scipy.sparse import identity  # noqa: PLC0415
    from scipy.sparse.linalg import splu  # noqa: PLC0415

    normal = equations.T @ equations + SHIFT * identity(equations.shape[1])
    factors = splu(normal.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    for _ in range(PASSES):
        drawn = SHIFT * factors.solve(drawn)
    return drawn
