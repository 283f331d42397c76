"""The registry of pages: path, title, what the navigation shows and what its links carry from page to page."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.i18n import msg
from layers.dimensions import DIMENSIONS

PINNED = ("release", "lang")
"""What every page is told of the one before it."""
CHOSEN = ("indicator", *DIMENSIONS, "year", "territory", "commune", "perimeter")
"""What the pages that show an indicator share."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the application.

    ``styles`` are its files of `assets` beside those of every page; ``carries`` the keys of a view that links to
    it keep; ``rest`` that the navigation of a desk folds its link under « Plus ».
    """

    key: str
    path: str
    title: str
    description: str
    styles: tuple[str, ...] = ()
    carries: tuple[str, ...] = PINNED
    rest: bool = False


PAGES: dict[str, Page] = {
    page.key: page
    for page in (
        Page(
            "accueil",
            "/",
            msg("Accueil"),
            msg("Où en est l’économie sociale et solidaire dans la métropole de Lille, et que regarder."),
            ("palette.css", "smallmap.css", "accueil.css"),
            ("perimeter", *PINNED),
        ),
        Page(
            "carte",
            "/carte",
            "Carte",
            "Carte de l’économie sociale et solidaire dans les huit territoires de la MEL.",
            ("palette.css", "carte.css", "bivariate.css", "filters.css", "timeline.css", "projection.css"),
            (*CHOSEN, "level", *PINNED),
        ),
        Page(
            "portrait",
            "/territoire/mel",
            msg("Portrait"),
            msg("Ce qui distingue un territoire : cinq repères, atouts, points de vigilance, questions à poser."),
            ("palette.css", "smallmap.css", "drawing.css", "content.css", "portrait.css"),
            ("perimeter", *PINNED),
        ),
        Page(
            "comparer",
            "/comparer",
            msg("Comparer"),
            msg("Deux à huit territoires ou communes côte à côte : cartes, évolutions, écarts, profils."),
            ("palette.css", "smallmap.css", "asked.css", "comparer.css", "projection.css", "scene.css"),
            (*CHOSEN, *PINNED),
        ),
        Page(
            "acteurs",
            "/acteurs",
            "Acteurs",
            "Annuaire des structures de l’économie sociale et solidaire : où elles sont, ce qu’elles font.",
            ("carte.css", "acteurs.css"),
            (*CHOSEN, *PINNED),
        ),
        Page(
            "financements",
            "/financements",
            msg("Financements"),
            msg("Qui reçoit combien, est-ce équitable, et ce que donnerait une autre règle de partage."),
            ("palette.css", "smallmap.css", "drawing.css", "content.css", "asked.css", "financements.css"),
            (*DIMENSIONS, "year", "perimeter", *PINNED),
        ),
        Page(
            "suivi",
            "/suivi",
            msg("Suivi du plan"),
            msg("Emplois, budget, lauréats, rencontres et bonnes pratiques, au regard des objectifs de 2011."),
            ("palette.css", "smallmap.css", "drawing.css", "content.css", "asked.css", "suivi.css"),
            ("territory", *PINNED),
            rest=True,
        ),
        Page(
            "diagnostic",
            "/diagnostic/mel",
            msg("Diagnostic partagé"),
            msg("Le registre des constats de chaque territoire : ce que l’on a conclu, sur quelles preuves."),
            ("palette.css", "content.css", "asked.css", "diagnostic.css"),
            rest=True,
        ),
        Page(
            "atelier",
            "/atelier",
            msg("Atelier"),
            msg("Rencontres d’un territoire : préparer, projeter, répondre depuis un téléphone, voter."),
            ("content.css", "asked.css", "atelier.css"),
            rest=True,
        ),
        Page(
            "methode",
            "/methode",
            "Données et méthode",
            "Définitions, sources, licences et limites de chaque chiffre.",
            ("methode.css",),
            rest=True,
        ),
    )
}
