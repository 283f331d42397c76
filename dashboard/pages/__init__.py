"""The registry of pages: path, title, and what the navigation shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the application."""

    key: str
    path: str
    title: str
    description: str


PAGES: dict[str, Page] = {
    page.key: page
    for page in (
        Page(
            "carte", "/carte", "Carte", "Carte de l’économie sociale et solidaire dans les huit territoires de la MEL."
        ),
        Page(
            "methode", "/methode", "Données et méthode", "Définitions, sources, licences et limites de chaque chiffre."
        ),
    )
}
