"""French typography for messages: the spaces that must not break."""

from __future__ import annotations

import re
from typing import Final

NO_BREAK: Final = "\u00a0"
NARROW: Final = "\u202f"

CUT: Final = re.compile(r" (?P<by>par|by)(?P<what> .+)$")
"""What a title is cut by: « par territoire », “by territory”."""
DANGLING: Final = re.compile(r"( (?:par|pour|de|du|des|d’|la|le|les|et|à|au|aux|en|by|of|the|for|in|to|and))+$")
"""Words that a shortened title does not end with."""
_WIDE = re.compile(r" (?=[:»])|(?<=«) ")
_THIN = re.compile(r" (?=[;!?%€])")


def typeset(text: str) -> str:
    """Put no-break spaces where French wants them: before ``: ; ! ? % €`` and inside guillemets. Idempotent."""
    return _THIN.sub(NARROW, _WIDE.sub(NO_BREAK, text))


def sentence(text: str) -> str:
    """Typeset *text* as a sentence: a capital first, a full stop last."""
    told = typeset(text.strip())
    if not told:
        return told
    return told[0].upper() + told[1:] + ("" if told.endswith((".", "!", "?", "…")) else ".")


def grouped(number: int) -> str:
    """Write an integer in French groups of three digits: ``35 178 834`` with narrow no-break spaces."""
    return f"{number:,}".replace(",", NARROW)


def euros_text(cents: int) -> str:
    """Write an amount in French: ``1 234,50 €``, without decimals where there are no cents."""
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    decimals = f",{rest:02d}" if rest else ""
    return f"{sign}{grouped(whole)}{decimals}{NARROW}€"


def enumerated(lines: list[int], most: int = 10) -> str:
    """Name lines of a file: ``ligne 3``, ``lignes 3, 8 et 12``, the first *most* of a long list."""
    shown = [str(line) for line in lines[:most]]
    if len(lines) > most:
        return f"lignes {', '.join(shown)}…"
    return f"ligne {shown[0]}" if len(shown) == 1 else f"lignes {', '.join(shown[:-1])} et {shown[-1]}"
