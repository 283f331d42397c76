"""French typography of the messages: which space goes where."""

from __future__ import annotations

NO_BREAK = "\u00a0"
NARROW = "\u202f"


def quoted(text: str) -> str:
    """Text between French quotation marks, with the spaces that keep them together."""
    return f"«{NO_BREAK}{text}{NO_BREAK}»"
