"""Telling public bodies apart: a municipality, a CCAS or a public interest grouping is never ESS.

In order: the SIREN, whose first digits the register reserves to public law; the legal form or the office
that the name states outright; the activity. Names never rule against a name that calls itself an
association.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from layers.ape import ape_code

SIREN_PREFIXES: Final[Mapping[str, str]] = {
    "11": "administration de l’État",
    "13": "organisme public ou groupement d’intérêt public",
    "17": "service déconcentré de l’État",
    "18": "établissement public national",
    "19": "établissement public local d’enseignement",
    "20": "collectivité ou groupement de collectivités",
    "21": "commune",
    "22": "département",
    "23": "région",
    "24": "groupement de communes",
    "25": "syndicat de collectivités",
    "26": "établissement public local (CCAS, hôpital…)",
    "27": "établissement public local",
    "28": "établissement public local",
    "29": "organisme public local",
}

# Words by which a name says that it is a private body of the ESS; they win over everything below.
_PRIVATE = re.compile(
    r"\b(?:ASSOCIATION|ASSOC|ASSO|ASS|AMICALE|AMIS|COMITE|CLUB|FEDERATION|FONDATION|MUTUELLE"
    r"|COOPERATIVE|SCOP|SCIC|OGEC|PARENTS|ANCIENS|FOYER|COLLECTIF|CERCLE|SYNDICAT (?:CGT|CFDT|FO|SUD|UNSA))\b"
)

# Associations of owners that the law makes public establishments, in spite of their name.
_OWNERS = re.compile(r"ASS(?:OCIATION|OC|O)? (?:SYNDICALE (?:AUTORISEE|CONSTITUEE|FORCEE)|FONCIERE(?! URBAINE LIBRE))")

# The office or legal form, at the head of the name: enough alone, whatever the SIREN.
_STATED: Final = (
    (r"COMMUNE (?:DE|D|DU|DES|ASSOCIEE|DELEGUEE|NOUVELLE)\b", "commune"),
    (r"(?:VILLE D(?:E|U|ES)?|MAIRIE)\b", "commune"),
    (r"(?:CCAS|CIAS)\b", "centre communal ou intercommunal d’action sociale"),
    (
        r"(?:CENTRE|CTRE|CTE) (?:INTER)?COMM?(?:UNALE?)? (?:D )?ACTION SOCIALE?\b",
        "centre communal ou intercommunal d’action sociale",
    ),
    (r"COMMUNAUTE (?:DE COM|URBAINE|D AGGLO)", "groupement de communes"),
    (r"METROPOLE (?:EUROPEENNE )?D", "groupement de communes"),
    (r"(?:SIVOM|SIVU|SYNDICAT (?:MIXTE|INTERCOMMUNAL))\b", "syndicat de collectivités"),
    (r"EPCI\b", "groupement de communes"),
    (r"DEPARTEMENT D", "département"),
    (
        r"(?:CONSEIL (?:DEPARTEMENTAL|GENERAL|REGIONAL)|REGION (?:HAUTS DE FRANCE|NORD PAS DE CALAIS|PICARDIE|BRETAGNE"
        r"|NORMANDIE|GRAND EST|OCCITANIE|ILE DE FRANCE|PAYS DE LA LOIRE|NOUVELLE AQUITAINE|CENTRE VAL DE LOIRE"
        r"|AUVERGNE RHONE ALPES|BOURGOGNE FRANCHE COMTE|PROVENCE ALPES))\b",
        "collectivité territoriale",
    ),
    (r"(?:CENTRE HOSPITALIER(?! PRIVE)|CHR?U|EHPAD PUBLIC|ASSISTANCE PUBLIQUE)\b", "établissement public de santé"),
    (r"(?:OFFICE PUBLIC|OPH|OPAC|OPHLM)\b", "office public de l’habitat"),
    (r"(?:SDIS|SERVICE DEPARTEMENTAL D INCENDIE)\b", "service départemental d’incendie et de secours"),
    (r"(?:ETABLISSEMENT PUBLIC|EPCC)\b", "établissement public"),
    (r"(?:SOCIETE PUBLIQUE LOCALE|SOCIETE (?:ANONYME )?D ECONOMIE MIXTE)\b", "entreprise publique locale"),
    (
        r"CHAMBRE (?:(?:(?:INTER)?DEPARTEMENTALE|REGIONALE|DE REGION) )?"
        r"(?:D AGRICULTURE|DE COMMERCE|DES? METIERS)\b",
        "chambre consulaire",
    ),
    (r"CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE\b", "établissement public de recherche"),
    (
        r"(?:MINISTERE|(?:SOUS )?PREFECTURE|RECTORAT|TRIBUNAL|COUR D APPEL|TRESOR PUBLIC"
        r"|POLICE (?:NATIONALE|MUNICIPALE)|COMMISSARIAT|GENDARMERIE"
        r"|DIRECTION (?:INTER)?(?:REGIONALE|DEPARTEMENTALE)S? DES? )\b",
        "administration",
    ),
    (r"(?:GIP|GROUPEMENT D INTERET PUBLIC)\b", "groupement d’intérêt public"),
    (
        r"(?:BIBLIOTHEQUE|LUDOTHEQUE|MEDIATHEQUE|CRECHE|ECOLE|CENTRE SOCIAL) MUNICIPALE?\b",
        "équipement municipal",
    ),
)

# What only means a public body where no SIREN of private law says otherwise: « COM DE » is also a comité, a school may
# be private.
_ABBREVIATED: Final = (
    (r"COM (?:DE|D|DU) (?!FETES?\b|QUARTIER\b|GESTION\b|JUMELAGE\b|LOCATAIRES\b)", "commune"),
    (r"(?:CC|CA|CU) (?:DE|D|DU|DES)\b", "groupement de communes"),
    (
        r"(?:COLLEGE|LYCEE|ECOLE (?:MATERNELLE|ELEMENTAIRE|PRIMAIRE|PUBLIQUE|COMMUNALE))\b(?! (?:DES|AU|COOPERATIF)\b)"
        r"(?!.*\b(?:PRIVEE?S?|CATHOLIQUE|LIBRE|STE?|SAINTE?|NOTRE DAME|SACRE COEUR|MONTESSORI)\b)",
        "établissement d’enseignement",
    ),
    (
        r"UNIVERSITE (?:(?:DE|D|DU) (?!TEMPS|TOUS|ETE|TROISIEME|3)|LILLE|POLYTECHNIQUE|PARIS)"
        r"(?!.*\b(?:CATHOLIQUE|POPULAIRE)\b)",
        "université",
    ),
    (r"HOPITAL(?! (?:PRIVE|SANS|STE?|SAINTE?)\b)", "établissement public de santé"),
    (r"(?:CNRS|INSERM|INRAE?|INRIA)\b", "établissement public de recherche"),
    (r"EP(?:IC|A)\b", "établissement public"),
    (r"(?:CCI|CMA)\b", "chambre consulaire"),
    (r"(?:SAEM|SEML?|SPLA?)\b", "entreprise publique locale"),
)

_GENERAL_ADMINISTRATION = re.compile(r"84(?:1|2)\d[A-Z]")


def plain_name(name: str | None) -> str:
    """Capitals without accents, signs apart from letters and figures as spaces, points of acronyms dropped."""
    decomposed = unicodedata.normalize("NFKD", name or "")
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).upper()
    return re.sub(r"[^A-Z0-9]+", " ", letters.replace(".", "")).strip()


def public_body(siren: str | None, name: str | None, naf: str | None) -> str | None:
    """Reason, in French, why this is a public body; None where nothing says so.

    Parameters
    ----------
    siren : str or None
        A checked SIREN (or the first nine digits of a SIRET), None where absent.
    name, naf : str or None
        As the file gives them.

    Notes
    -----
    Since 2024 ordinary legal units also get numbers in 10: that prefix says nothing. A library without any
    identifier is left to review unless its name says that it is municipal: associations run libraries too.
    """
    if siren and (kind := SIREN_PREFIXES.get(siren[:2])):
        return f"organisme public : {kind} (SIREN en {siren[:2]})"
    plain = plain_name(name)
    if _OWNERS.match(plain):
        return "organisme public : association de propriétaires autorisée par l’État (d’après son nom)"
    if _PRIVATE.search(plain):
        return None
    patterns = _STATED if siren else (*_STATED, *_ABBREVIATED)
    for pattern, kind in patterns:
        if re.match(pattern, plain):
            return f"organisme public : {kind} (d’après son nom)"
    if (ape := ape_code(naf)) and _GENERAL_ADMINISTRATION.fullmatch(ape):
        return f"organisme public : activité d’administration (APE {ape})"
    return None
