"""Disputes in words, for what is kept outside: the remarks of files, the notes of the API. Never who disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import locale
from dashboard.content import Statement
from dashboard.disputes.marks import address, name
from dashboard.disputes.others import labelled
from dashboard.i18n import _, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.release import Release
    from layers.written.disputes import Dispute

MOST: Final = 8
"""Disputes that a file tells one by one; the list of the site has them all."""


def remarks(release: Release, found: Sequence[Dispute]) -> tuple[Statement, ...]:
    """A remark for each dispute, its address beside it; what is beyond `MOST` is told together."""
    said = [Statement(sentence(release, one), href=address(one.id)) for one in found[:MOST]]
    beyond = len(found) - MOST
    if beyond > 0:
        told = plural(
            "{n} autre chiffre contesté, sans réponse :", "{n} autres chiffres contestés, sans réponse :", beyond
        )
        said.append(Statement(locale.tight(told.format(n=beyond)), href=address()))
    return tuple(said)


def sentence(release: Release, one: Dispute) -> str:
    """« Chiffre contesté le 3 mai 2026, sans réponse : Structures ESS, Roubaisien, 2023 … »; its address follows."""
    parts = (labelled(release, one.indicator), name(release, one.place), one.year)
    what = ", ".join(str(part) for part in parts if part)
    told = _("Chiffre contesté le {day}, sans réponse : {what} (publication {release}).")
    return locale.tight(told.format(what=what, release=one.release, day=locale.day_of(one.created)))


def unread() -> str:
    """What is said where the disputes could not be read."""
    return locale.tight(_("Les contestations n’ont pas pu être lues : une de ces valeurs peut être contestée."))


def written(said: Sequence[Statement], origin: str) -> tuple[str, ...]:
    """Remarks as lines of text, each with its whole address; ``origin`` is « https://host »."""
    return tuple(f"{one.text} {origin.rstrip('/')}{one.href}" for one in said)
