"""How the assistant names what columns mean, how surely, and what rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import locale
from dashboard.i18n import _, msg, plural
from layers.mapping.declaration import ACTORS
from layers.readers.answered import CHOICES, CHOSEN, UNREAD
from layers.recognition.titles import LIKELY
from layers.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.recognition.columns import ColumnMeaning
    from layers.values.amounts import Unit

WHO: Final = ("name", "siret", "siren", "rna")
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    msg("Qui"): (*WHO, "legal", "ape", "category"),
    msg("Argent"): tuple(key for key in CHOICES if key.startswith("amount")),
    msg("Où"): ("city", "postcode", "postcode_city", "insee", "address", "department"),
    msg("Quand"): ("year", "date", "period", "closed"),
    msg("Qui donne, et pourquoi"): ("grantor", "grantor_siret", "purpose", "scheme", "nature", "reference"),
}
"""Choices by what they tell; those that are in no group come last."""
LABELS: Final[Mapping[str, str]] = {
    UNREAD: msg("Non lu"), "name": msg("nom"), "siret": msg("SIRET"), "siren": msg("SIREN"), "rna": msg("numéro RNA"),
    "grantor": msg("Financeur : nom"), "grantor_siret": msg("Financeur : SIRET"), "amount": msg("Montant"),
    "amount:voted": msg("Montant voté"), "amount:paid": msg("Montant versé"),
    "amount:proposed": msg("Montant proposé"), "amount:asked": msg("Montant demandé"), "amount:loan": msg("Prêt"),
    "amount:guarantee": msg("Garantie d’emprunt"), "amount:in_kind": msg("Aide en nature"),
    "amount:cost": msg("Coût ou budget du projet"), "amount:foreign": msg("Montant dans une autre monnaie"),
    "amount:rest": msg("Reste, cumul ou moyenne"),
    "amount:previous": msg("Montant d’une année antérieure"), "year": msg("Année"), "date": msg("Date de la décision"),
    "period": msg("Date ou période de versement"), "reference": msg("Référence de la décision"),
    "purpose": msg("Objet de l’aide"), "nature": msg("Nature de l’aide"), "scheme": msg("Dispositif"),
    "conditions": msg("Conditions de versement"), "rae": msg("Identifiant RAE"),
    "state_aid": msg("Notification à l’Union européenne"), "share": msg("Part du bénéficiaire"),
    "address": msg("Adresse"), "postcode": msg("Code postal"), "city": msg("Commune"),
    "postcode_city": msg("Code postal et commune"), "insee": msg("Code Insee"), "department": msg("Département"),
    "ape": msg("Code APE"), "legal": msg("Nature juridique"), "category": msg("Catégorie"),
    "ruling": msg("Suite donnée à la demande"), "closed": msg("Fin d’activité (dissolution, fermeture…)"),
}  # fmt: skip
UNITS: Final = {1: msg("en euros"), 1_000: msg("en milliers d’euros"), 1_000_000: msg("en millions d’euros")}
SYMBOLS: Final[Mapping[Unit, str]] = {1: "€", 1_000: "k€", 1_000_000: "M€"}
CONTENTS: Final = {"grants": msg("Des subventions"), "actors": msg("Des structures")}
SURE, CHECK, CHOSEN_SIGN, LEFT = "sure", "check", "chosen", "left"
SIGNS: Final = {SURE: msg("Sûr"), CHECK: msg("À vérifier"), CHOSEN_SIGN: msg("Choisi"), LEFT: msg("Ignoré")}
"""How sure a meaning is, in words."""
WAYS: Final = {
    "siret": msg("par le SIRET"), "siren": msg("par le SIREN"), "rna": msg("par le numéro RNA"),
    "insee": msg("par le code Insee"), "postcode+name": msg("par le code postal et la commune"),
    "postcode": msg("par le code postal"), "name": msg("par le nom"), "point": msg("par les coordonnées"),
}  # fmt: skip
OUTCOMES: Final = {
    "accepted": msg("Acceptées"), "unplaced": msg("Sans lieu"), "outside": msg("Hors métropole"),
    "not_ess": msg("Hors ESS"), "duplicate": msg("En double"), "rejected": msg("Refusées"), "control": msg("Totaux"),
}  # fmt: skip
ASIDE: Final = {
    "notes": (msg("{n} titre ou note"), msg("{n} titres ou notes")),
    "control_rows": (msg("{n} total"), msg("{n} totaux")),
    "repeated_header": (msg("{n} en-tête répété"), msg("{n} en-têtes répétés")),
}
_SAMPLED: Final = {
    "siret": "siret", "siren": "siren", "rna": "rna", "amount": "number", "date": "date", "year": "year",
    "postcode": "postcode", "insee": "insee", "ape": "ape",
}  # fmt: skip
"""Meanings of which each cell can be told right or wrong, and what it is then."""


def label(choice: str, holds: str) -> str:
    """« Bénéficiaire : SIRET », « Structure : nom », « Montant voté »."""
    if choice not in WHO:
        return _(LABELS[choice])
    whose = _("Structure : {what}") if holds == ACTORS else _("Bénéficiaire : {what}")
    return whose.format(what=_(LABELS[choice]))


def groups(holds: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a column, with their labels, by group."""
    known = {key for keys in GROUPS.values() for key in keys}
    rest = tuple(key for key in CHOICES if key not in known and key != UNREAD)
    told = [*((_(name), keys) for name, keys in GROUPS.items()), (_("Autre"), rest)]
    return [(name, [(key, label(key, holds)) for key in keys]) for name, keys in told]


def sign(one: ColumnMeaning, *, read: bool, asked: bool) -> str:
    """How sure the meaning of a column is."""
    if asked:
        return CHECK
    if one.why == CHOSEN:
        return CHOSEN_SIGN
    if not read:
        return LEFT
    return SURE if one.confidence >= LIKELY else CHECK


def evidence(one: ColumnMeaning) -> str:
    """What the first cells of a column say for its meaning: « 203 valeurs justes sur 209 », « 189 différents »."""
    held = one.content
    if not held.filled:
        return _("colonne vide")
    kind = _SAMPLED.get(one.meaning)
    if kind is None:
        told = plural("{n} valeur différente sur {all}", "{n} valeurs différentes sur {all}", held.distinct)
        return told.format(n=locale.number(held.distinct), all=locale.number(held.filled))
    right = whole(held[kind] * held.filled)
    told = plural("{n} valeur juste sur {all}", "{n} valeurs justes sur {all}", right)
    return told.format(n=locale.number(right), all=locale.number(held.filled))
