"""What a fetch tells while it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Tell = Callable[[str, int, int | None], None]
"""Told what is being brought, in French, how much of it is there (bytes or answers), and of how much where known."""

SILENT: Final[Tell] = lambda _what, _done, _of: None  # noqa: E731
