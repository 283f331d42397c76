"""The registry of pages: path, title, and what the navigation shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the application; ``styles`` are its files of `assets` beside those of every page."""

    key: str
    path: str
    title: str
    description: str
    styles: tuple[str, ...] = ()


PAGES: dict[str, Page] = {
    page.key: page
    for page in (
        Page(
            "carte",
            "/carte",
            "Carte",
            "Carte de l’économie sociale et solidaire dans les huit territoires de la MEL.",
            ("carte.css", "projection.css"),
        ),
        Page(
            "methode",
            "/methode",
            "Données et méthode",
            "Définitions, sources, licences et limites de chaque chiffre.",
            ("methode.css",),
        ),
    )
}
