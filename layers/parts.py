"""Parts of a whole: whether amounts are shares of their sum, and why not where a recovery is among them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

NEGATIVE: Final = "negative"
"""More was taken back than given somewhere: the others would make more than the whole."""
NOTHING: Final = "nothing"
"""The amounts add up to nothing that could be shared."""


def obstacle(amounts: Iterable[float]) -> str | None:
    """Why amounts have no shares of their sum: `NEGATIVE` or `NOTHING`; None where each is a part of it.

    Examples
    --------
    >>> obstacle([3, -1]), obstacle([0, 0]), obstacle([3, 0])
    ('negative', 'nothing', None)
    """
    held = tuple(amounts)
    if any(one < 0 for one in held):
        return NEGATIVE
    return None if math.fsum(held) > 0 else NOTHING
