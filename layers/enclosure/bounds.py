"""What the process that opens a file may take of the machine."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
from dataclasses import dataclass
from typing import Final

GIB: Final = 1 << 30
_MARGIN: Final = 64 << 20
"""Bytes that what is told of a file may take beside what is expanded."""
_DIES_WITH_PARENT: Final = 1
"""``PR_SET_PDEATHSIG`` of Linux's ``prctl(2)``."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one opening.

    Attributes
    ----------
    memory : bytes of address space.
    seconds : of processor.
    patience : seconds of clock.
    disk : bytes of all that is expanded from one archive.
    workbook : bytes of a workbook once expanded.
    cells : of all the sheets of a workbook: each row counts up to its last filled cell, blank rows count for nothing.
    swelling : how many times its own size an archive may expand to, once it is past `SMALL`.
    """

    memory: int = 2 * GIB
    seconds: int = 300
    patience: int = 600
    disk: int = 8 * GIB
    workbook: int = GIB
    cells: int = 30_000_000
    swelling: int = 100


SMALL: Final = 256 << 20
"""Bytes that any archive may expand to: much repeated text is small once compressed, and harms nothing."""
SPARE: Final = 256 << 20
"""Bytes that are left free on the disk: the database and the releases are perhaps on it."""
BOUNDS: Final = Bounds()


def hold(bounds: Bounds) -> None:
    """Hold this very process to its bounds; where the system knows none of them, the clock of its parent is left."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (no such module on Windows)

    asked = (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_CPU, bounds.seconds),
        (resource.RLIMIT_FSIZE, bounds.disk + _MARGIN),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in asked:
        with contextlib.suppress(ValueError, OSError):  # the system holds it to less already, or knows no such limit
            resource.setrlimit(
                what, (most, most + (what == resource.RLIMIT_CPU))
            )  # the first is told apart from a kill
    signal.alarm(bounds.patience)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
