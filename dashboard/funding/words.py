"""How the page of funding names stages, amounts and ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.content import Entry
from dashboard.i18n import FRENCH, _, known, msg, plural
from layers import needs
from layers.indicators import INDICATORS
from layers.parts import NEGATIVE, NOTHING, obstacle
from layers.rounding import whole
from layers.series import MISSING, VALUE, ZERO, Cell

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.funding.spread import Ratio, Spread

CENTS = 100
MINUS = "\u2212"
SMALL = 100
"""Euros under which cents are told."""
WHY = {
    NEGATIVE: msg(
        "Parts non calculables : un montant au moins est négatif (somme reprise), les autres feraient plus que le tout."
    ),
    NOTHING: msg("Parts non calculables : il n’y a rien à partager."),
}
"""Why amounts have no shares, by obstacle."""
STAGES = {"asked": msg("Demandé"), "voted": msg("Accordé"), "contracted": msg("Conventionné"), "paid": msg("Versé")}
NOUNS = {
    "asked": msg("Montants demandés"),
    "voted": msg("Subventions votées"),
    "contracted": msg("Subventions conventionnées"),
    "paid": msg("Subventions versées"),
}
VERBS = {
    "asked": (msg("demande"), msg("demandent")),
    "voted": (msg("obtient"), msg("obtiennent")),
    "contracted": (msg("reçoit"), msg("reçoivent")),
    "paid": (msg("reçoit"), msg("reçoivent")),
}
"""Singular and plural of what a territory does."""


def label(stage: str) -> str:
    """« Accordé »."""
    return _(STAGES[stage])


def noun(stage: str) -> str:
    """« Subventions votées »."""
    return _(NOUNS[stage])


def per(need: str) -> str:
    """« habitant », « emploi ESS »: one unit of a need."""
    return _(needs.declared(need).per)


def head(found: Spread, need: str) -> str:
    """« € par habitant », « € par habitant (2022) » where the inhabitants are not of the year of the amounts."""
    told, other = _("€ par {unit}").format(unit=per(need)), found.of_another_year(need)
    return locale.capital(f"{told} ({other})" if other else told)


def unlocated(left: int) -> str:
    """« , 2 territoires sans montant localisé »; empty where there is none."""
    told = plural(", {n} territoire sans montant localisé", ", {n} territoires sans montant localisé", left)
    return told.format(n=left) if left else ""


def cents(amount: float) -> str:
    """An amount in cents, in euros without cents."""
    return locale.euros(whole(amount / CENTS), 0)


def signed(amount: float) -> str:
    """A change in cents, in euros with its sign."""
    euros = whole(amount / CENTS)
    if euros == 0:
        return _("sans changement")
    return ("+" if euros > 0 else MINUS) + locale.euros(abs(euros), 0)


def euros(amount: float) -> str:
    """An amount in euros a unit: with cents where it is small."""
    return locale.euros(amount, 2 if abs(amount) < SMALL else 0)


def entry(amount: float | None) -> Entry:
    """A cell of an amount in cents; « n.d. » where it is not told."""
    if amount is None:
        return state_entry("missing")
    return Entry(amount / CENTS, cents(amount), VALUE if amount else ZERO)


def ratio_entry(ratio: Ratio) -> Entry:
    """A cell of euros a unit, in any state."""
    return state_entry(ratio.state) if ratio.value is None else Entry(ratio.value, euros(ratio.value), ratio.state)


def state_entry(state: str) -> Entry:
    """A cell without a value, with the mark of its state."""
    shown = Cell("", "", None, state, None, None)
    return Entry(None, locale.cell(INDICATORS["grants_amount"], shown), state)


def number_entry(number: float, digits: int = 0) -> Entry:
    """A cell of a plain number."""
    return Entry(number, locale.number(number, digits), VALUE if number else ZERO)


def share_entry(part: float | None) -> Entry:
    """A cell of a share, between 0 and 1, in percent."""
    if part is None:
        return state_entry("missing")
    return Entry(100 * part, locale.percent(100 * part, 1), VALUE if part else ZERO)


def part_entry(cents: int, among: Collection[int]) -> Entry:
    """A cell of the share that an amount has of the sum of some; « non calculable » where they have none."""
    return uncomputed_entry() if obstacle(among) else share_entry(cents / sum(among))


def uncomputed_entry() -> Entry:
    """A cell of what has no meaning: a share or a measure of amounts of which one was taken back. `why` says which."""
    return Entry(None, _("non calculable"), MISSING)


def why(among: Collection[int]) -> str:
    """Why the shares of some amounts are « non calculables »; empty where they are not."""
    return locale.tight(_(WHY[reason])) if (reason := obstacle(among)) else ""


def data_entry(text: str) -> Entry:
    """A cell of what a file says: in the language in force where it can be told in it, else marked as French."""
    return Entry(text, _(text), lang="" if known(text) else FRENCH)


def text_entry(text: str) -> Entry:
    """A cell that is no measure."""
    return Entry(text, text)
