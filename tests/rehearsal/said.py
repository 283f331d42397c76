"""What the room of the rehearsal says and chooses: all of it invented."""

from __future__ import annotations

from layers.written.workshop.meetings import COLLEGES

PLACE, TITLE, BODY = "3", "Rencontre fictive du Roubaisien", "Comité de pilotage fictif"
NAME, PASSWORD = "animation-fictive", "une phrase fictive"
"""With which the desk signs in, as one does where a server listens to a room."""
VIEW = f"indicator=actors_per_1000&territory={PLACE}"
PHONES, DOTS = 20, 3
PEOPLE = tuple(list(COLLEGES)[n % len(COLLEGES)] for n in range(PHONES))
"""College of each telephone."""

SHOW, GUESS, BOARD, VOTE = (
    "Où sont les structures de l’économie sociale et solidaire ?",
    "Quel territoire en a le plus pour mille habitants ?",
    "Que constatons-nous, ensemble ?",
    "Qu’est-ce qui compte le plus ?",
)
NOTES = "Laisser la salle deviner, puis révéler. Faire parler d’abord ceux qui se sont trompés."
DISPUTED = "Deux associations fictives ont fermé l’an dernier ; elles sont encore comptées."

FINDINGS = (
    ("strength", "Un réseau d’entraide entre structures fonctionne depuis dix ans."),
    ("strength", "Les associations sportives touchent tous les quartiers."),
    ("strength", "Deux régies de quartier emploient des habitants sans diplôme."),
    ("strength", "La cuisine partagée de l’ancienne filature est pleine chaque jour."),
    ("weakness", "Les locaux abordables manquent ; trois projets sont partis ailleurs faute de bail."),
    ("weakness", "Les structures de moins de trois salariés n’ont personne pour répondre aux appels à projets."),
    ("weakness", "Peu de coopératives : la forme est mal connue des porteurs et de leurs banques."),
    ("weakness", "Les aides à l’emploi s’arrêtent avant que l’activité soit installée."),
    ("opportunity", "La friche du canal sera libre en 2028."),
    ("opportunity", "Les marchés publics peuvent réserver des lots à l’insertion."),
    ("opportunity", "Le lycée ouvre une formation aux métiers du réemploi."),
    ("opportunity", "Des habitants proposent de racheter l’épicerie du centre, avec la mairie et deux associations."),
    ("threat", "La moitié des dirigeants bénévoles partiront d’ici cinq ans."),
    ("threat", "Le prix de l’énergie met en danger les ateliers d’insertion."),
    ("threat", "Les subventions annuelles empêchent d’embaucher pour longtemps : « R&D », < 2 ans, jamais plus."),
)
"""Quadrant and sentence of each finding: one of each of the first telephones."""

FAVOURITES = {"elected": 8, "actors": 4, "services": 9}
"""The finding that each college gives two of the three dots of a telephone."""


def guess(n: int) -> list[str]:
    """The territories as a telephone ranks them, the highest first."""
    order, at = list("83412657"), n % 7
    order[at], order[at + 1] = order[at + 1], order[at]
    return order


def ballot(n: int) -> dict[str, int]:
    """The dots of a telephone, by sentence: two for the favourite of its college, one for another."""
    favourite = FAVOURITES[PEOPLE[n]]
    other = n % len(FINDINGS)
    dots = {favourite: 2, other: 1} if other != favourite else {favourite: DOTS}
    return {FINDINGS[at][1]: number for at, number in dots.items()}


def outcome() -> dict[str, dict[str, int]]:
    """What the vote must come to: dots by sentence, then by college."""
    found: dict[str, dict[str, int]] = {}
    for n, college in enumerate(PEOPLE):
        for sentence, number in ballot(n).items():
            found.setdefault(sentence, dict.fromkeys(COLLEGES, 0))[college] += number
    return found
