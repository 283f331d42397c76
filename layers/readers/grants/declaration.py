"""What a layout of grants declares: what it is called, and what is taken where a file does not say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NO_INSTRUMENT: Final = "Dispositif non précisé"
NEEDED: Final = ("name", "amount")
"""What a file of grants must have: a year is found elsewhere, a place by the register."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file of grants.

    Attributes
    ----------
    kind, title, part, publisher, licence, attribution, caveats : as in `layers.readers.reader.Reader`.
    stage : stage of the amounts (`layers.tables.KINDS`) where no title says it.
    no_scheme : what the instrument is called where no column says it.
    constants : what holds for every row (`layers.mapping.declaration.Mapping`).
    names : what the layout calls each meaning, where it is a published one.
    private : columns that are left aside are of persons.
    """

    kind: str
    title: str
    part: str
    publisher: str
    licence: str
    attribution: str
    caveats: tuple[str, ...]
    stage: str
    no_scheme: str = NO_INSTRUMENT
    constants: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    private: bool = False
