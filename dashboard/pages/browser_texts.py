"""What the scripts of ``/carte`` print and count with, in the language in force: none of it is written in a script."""

from __future__ import annotations

from typing import Any

from dashboard import legend, locale
from dashboard.areas import metropole
from dashboard.i18n import _
from dashboard.pages import controls


def texts() -> dict[str, Any]:
    """Texts by name; what a script fills is between braces."""
    return {
        "map": locale.tight(_("Carte : {subtitle}")),
        "total": locale.tight(_("métropole {value}")),
        "trouble": locale.tight(
            _(
                "Ces valeurs n’ont pas pu être lues : réseau ou serveur absent. "
                "La carte montre encore le choix précédent."
            )
        ),
        "unreadable": locale.tight(
            _("La liste des structures n’a pas pu être lue : réseau ou serveur absent. Réessayez.")
        ),
        "crossing": controls.reasons(),
        "scales": controls.scales(),
        "methods": controls.methods(),
        "states": [(mark, _(text)) for mark, text in legend.STATES],
        "structure": _("une structure"),
        "sectors": _("Tous les secteurs"),
        "families": _("Toutes les familles"),
        "metropole": metropole().short,
        "communes": _("Toutes les communes"),
        "bounds": locale.tight(_("De un à six nombres, séparés par des points-virgules : 0,5 ; 1 ; 2.")),
        "decimal": locale.decimal(),
        "separator": locale.separator(),
    }
