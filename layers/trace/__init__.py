"""From a figure to the line: the records or official cells that it is made of, and where each of them was read.

What is traced is what is shown, never more. A figure under statistical secrecy traces to nothing. One that is shown
over cells of which some are hidden gives those that are published one by one at their level, and says that there are
others, not how many. A record whose unit may not be named (`layers.unnamed`) is counted without name, place nor line.
"""

from layers.trace.figure import DENOMINATOR, NUMERATOR, Traced, Tracer, level_of
from layers.trace.origin import CELLS, COMPUTED, EMBEDDED, RECORDS, Entry, File, Line, Part

__all__ = [
    "CELLS", "COMPUTED", "DENOMINATOR", "EMBEDDED", "NUMERATOR", "RECORDS", "Entry", "File", "Line", "Part", "Traced",
    "Tracer", "level_of",
]  # fmt: skip
