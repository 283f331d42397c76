"""What is typed in the forms of the product, by name of field: how it is called where its form is not shown."""

from __future__ import annotations

from typing import Final

from dashboard.i18n import msg

LABELS: Final = {
    "title": msg("Titre"), "held": msg("Date"), "minutes": msg("Durée ou compte rendu"), "question": msg("Question"),
    "notes": msg("Notes"), "view": msg("Adresse de la vue"), "dots": msg("Points"),
    "number": msg("Bulletins identiques"), "elected": msg("Présents : élus"), "actors": msg("Présents : acteurs"),
    "services": msg("Présents : services"), "sentence": msg("Constat"), "theme": msg("Thème"),
    "source": msg("Source"), "issue": msg("Enjeu"), "objective": msg("Objectif"), "pilot": msg("Pilote (un organisme)"),
    "partners": msg("Partenaires"), "perimeter": msg("Périmètre"), "budget": msg("Budget (€)"),
    "instrument": msg("Dispositif de financement"), "begins": msg("Début (année)"), "ends": msg("Fin (année)"),
    "measured": msg("Sinon, ce que l’on compte"), "baseline": msg("Valeur de départ"),
    "baseline_year": msg("Année de départ"), "target": msg("Cible"), "target_year": msg("Année de la cible"),
    "risks": msg("Risques"), "year": msg("Année"), "done": msg("Ce qui a été fait"), "value": msg("Valeur"),
    "body": msg("Organisme"), "signed": msg("Date"), "note": msg("Note"), "reason": msg("Pourquoi"),
    "contact": msg("Contact"), "answer": msg("Réponse"), "name": msg("Nom"), "code": msg("Code"),
    "label": msg("Nom"), "unit": msg("Unité"), "digits": msg("Décimales"), "definition": msg("Définition"),
    "secrecy": msg("Seuil de secret"), "publisher": msg("Producteur"), "licence": msg("Licence"),
    "caveat": msg("Réserve"), "noun": msg("Ce que le nombre compte, dans une phrase"),
    "pivot": msg("Valeur de bascule"),
    **{f"said-{at}": msg("Lignes à lire") for at in range(4)},
}  # fmt: skip
"""Fields that are chosen or hidden are not here: they go with the others when a form is sent again."""
