"""Sentences on what statistical secrecy hides, by level: for a rehearsal, and for the page of the method."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.i18n import _, msg
from dashboard.pages import methode_words as words
from layers.hidden_shares import shares
from layers.secrecy.levels import METROPOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.release import Release


NOTHING = {
    METROPOLE: msg("métropole, aucun nombre"),
    "territory": msg("territoires, aucun nombre"),
    "commune": msg("communes, aucun nombre"),
}


def of_release(release: Release) -> list[str]:
    """The sentences of a release."""
    return told([asdict(one) for one in shares(release)])


def told(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """One sentence a fact, from its `layers.hidden_shares.Share` by level, as mappings."""
    return [_sentence(fact, list(some)) for fact, some in groupby(found, key=lambda one: one["fact"])]


def _sentence(fact: str, some: Sequence[Mapping[str, Any]]) -> str:
    what = _(words.FACTS[fact].label)
    levels = locale.separator().join(_level(one) for one in some)
    text = _("{what}, cachés en {year} : {levels}.")
    return text.format(what=what[0].upper() + what[1:], year=some[0]["year"], levels=levels)


def _level(one: Mapping[str, Any]) -> str:
    if not one["cells"] and not one["totals"]:
        return _(NOTHING[one["level"]])
    percent = locale.number(100 * one["cells"] / one["all_cells"]) if one["all_cells"] else "0"
    texts = {
        METROPOLE: _("métropole, le total et {percent} % des cases")
        if one["totals"]
        else _("métropole, {percent} % des cases mais pas le total"),
        "territory": _("territoires, {totals} des {all} totaux et {percent} % des cases"),
        "commune": _("communes, {totals} des {all} totaux et {percent} % des cases"),
    }
    return texts[one["level"]].format(
        totals=locale.number(one["totals"]), all=locale.number(one["all_totals"]), percent=percent
    )
