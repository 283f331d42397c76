"""Names of structures and of places as they are compared, the same ones again and again."""

from __future__ import annotations

from typing import Final

from geodata.names import normalise
from layers.cache import Remembered

plain: Final[Remembered[str]] = Remembered("names", normalise, most=32_768)
"""`geodata.names.normalise`."""
