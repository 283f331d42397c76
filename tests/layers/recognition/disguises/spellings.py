"""How titles of columns are spelled: those that are met, and what rules make of them, never met."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

TITLES: Mapping[str, Sequence[str]] = {
    "grantor": ("nomAttribuant", "Attribuant", "Collectivité", "COLL_NOM", "Nom de l'attribuant", "Financeur"),
    "grantor_siret": ("idAttribuant", "SIRET de l’attribuant", "COLL_SIRET", "Siret de la collectivité"),
    "name": (
        *("nomBeneficiaire", "Bénéficiaire", "Nom de l’association", "ATTRIB_NOM", "Raison sociale", "Organisme"),
        *("Nom du bénéficiaire", "Association bénéficiaire", "Tiers", "Dénomination", "Libellé du tiers", "Structure"),
    ),
    "siret": ("idBeneficiaire", "N° SIRET", "SIRET du bénéficiaire", "Siret", "ATTRIB_SIRET", "Numéro de SIRET"),
    "city": ("Commune", "Ville", "VILLE", "Localité", "Commune du siège"),
    "postcode": ("CP", "Code postal", "code_postal"),
    "purpose": ("objet", "Objet de la subvention", "Intitulé du projet", "SUB_OBJET", "Libellé de l’action"),
    "section": ("Secteur", "Thématique", "Domaine d’intervention", "Politique publique"),
    "amount": (
        *("montant", "Montant accordé", "Montant voté", "MT_SUBV", "Subvention accordée", "Somme attribuée"),
        *("Montant de la subvention", "Subvention attribuée", "Montant alloué", "Attribution", "Crédits votés"),
    ),
    "date": ("dateConvention", "Date de décision", "Date du conseil", "ACTE_DATE", "Date de la délibération"),
    "year": ("exercice", "Année", "ANNEE", "Exercice budgétaire", "Millésime"),
    "reference": ("referenceDecision", "N° de délibération", "Référence de la décision", "Numéro de dossier"),
    "nature": ("nature", "Nature de l’aide", "Nature de la subvention"),
    "asked": ("Montant demandé", "Subvention sollicitée", "Somme demandée", "MT_DEMANDE"),
    "proposed": ("Montant proposé", "Proposition", "Subvention proposée"),
    "paid": ("Montant versé", "Montant mandaté", "Réalisé", "Somme payée"),
    "guarantee": ("Montant de la garantie d’emprunt", "Garantie accordée"),
    "loan": ("Montant du prêt", "Avance remboursable", "Prêt accordé"),
    "in_kind": ("Aide en nature", "Valorisation des avantages en nature", "Prestations en nature"),
    "cost": ("Budget du projet", "Coût total de l’action", "Coût du projet", "Dépenses éligibles"),
    "members": ("Nombre d’adhérents", "Nb adhérents", "Effectif"),
    "account": ("Imputation", "Compte", "Chapitre budgétaire", "Nature comptable"),
    "telephone": ("Téléphone", "Tél.", "N° de téléphone"),
    "rank": ("N°", "Ordre", "Rang", "#", ""),
    "share": ("pourcentageSubvention", "Part de la subvention (%)", "Taux de subvention"),
    "unit": ("Unité", "Unité monétaire", "Devise"),
}
Rule = Callable[[str, random.Random], str]
SYSTEMS = ("SUB_", "T1.", "GDA-", "f01_", "EXP ", "[Tiers] ", "col:", "subv.")


def plain(text: str) -> str:
    """A text whose accents were lost."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _words(title: str) -> list[str]:
    return [word for word in re.split(r"[\s_’'.\-]+|(?<=[a-z])(?=[A-Z])", title) if word]


def _without_links(title: str, _chance: random.Random) -> str:
    kept = [word for word in _words(title) if word.lower() not in ("de", "la", "du", "le", "l", "d", "des", "à")]
    return " ".join(kept or [title])


def _camel(title: str, _chance: random.Random) -> str:
    first, *rest = _words(plain(title)) or [title]
    return first.lower() + "".join(word.capitalize() for word in rest)


def _slipped(title: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(title)) if len(title) > 4 else 0
    return title[:at] + title[at + 1 :] if at else title


RULES: Mapping[str, Rule] = {
    "capitals": lambda title, _: title.upper(),
    "small": lambda title, _: title.lower(),
    "accents lost": lambda title, _: plain(title),
    "accents as marks": lambda title, chance: re.sub("[éèêàâôîûçÉÈÀ]", chance.choice("?\ufffd"), title),
    "links left out": _without_links,
    "glued": lambda title, chance: chance.choice(("", "_", "-", ".")).join(_words(title)) or title,
    "camel": _camel,
    "vowels dropped": lambda title, _: " ".join(
        word[:1] + re.sub("[aeiouy]", "", plain(word[1:]).lower()) for word in _words(title)
    ),
    "cut": lambda title, chance: " ".join(word[: chance.randint(3, 5)] + "." for word in _words(title)),
    "initials": lambda title, _: "".join(word[0].upper() for word in _words(title)),
    "turned": lambda title, _: " ".join(reversed(_words(title))),
    "plural": lambda title, _: " ".join(word if word.endswith("s") else f"{word}s" for word in _words(title)),
    "system": lambda title, chance: chance.choice(SYSTEMS) + title,
    "numbered": lambda title, chance: f"{chance.randint(1, 9)}. {title}",
    "on two lines": lambda title, _: "\n".join(title.split(" ", 1)),
    "marked": lambda title, chance: title + chance.choice((" *", " (1)", " :", " (€)", " (obligatoire)", " en euros")),
    "slip": _slipped,
}
_ONLY_MONEY = ("(€)", "en euros")


def spelled(key: str, chance: random.Random) -> tuple[str, list[str]]:
    """A title of a column, and the rules that made it; of ten, six are as they are met."""
    title, how = chance.choice(TITLES[key]), []
    if not title:
        return title, how
    for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2, 3))):
        name = chance.choice(list(RULES))
        said = RULES[name](title, chance)
        money = key in ("amount", "asked", "proposed", "paid", "cost", "guarantee", "loan")
        if said and (money or not said.endswith(_ONLY_MONEY)):
            title = said
            how.append(f"title: {name}")
    return title, how
