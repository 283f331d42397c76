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

_RELIGIOUS: Final = (
    r".*\b(?:PRIVEE?S?|CATHOLIQUE|LIBRE|STE?|SAINTE?S?|NOTRE DAME|ND|SACRE COEUR|JEANNE D ARC|MONTESSORI|STEINER"
    r"|FREINET|SANS|DIWAN)\b"
)
"""What private hospitals and schools are called after, and public ones hardly ever."""
_GIVEN_NAME: Final = (
    r"(?!(?:DE|DES|DU|D|POUR|AU|AUX|A|EN|ET|SUR|PAR|SUPERIEURE|NATIONALE|REGIONALE|EUROPEENNE|CENTRALE|VIVANTE|NOUVELLE"
    r"|CLUB|FOOT|RUGBY|JUDO|TENNIS|DANSE|MUSIQUE|CIRQUE|THEATRE|BUISSONNIERE|CONDUITE|ESPORT|SPORTIVE|HOTELIERE|DIGITALE"
    r"|NUMERIQUE|ENTREPRISE|FAMILLE|FAMILLES)\b)[A-Z]+ [A-Z]{2,}"
)
"""A first name and a name: « École Jules Ferry »."""

# Words by which a name says that it is a private body of the ESS; they win over everything below.
_PRIVATE = re.compile(
    r"\b(?:ASSOCIATI(?:ON|F|VE)S?|ASSOCS?|ASSOS?|ASS|AMICALES?|AMIE?S|COMITES?|CLUBS?|FEDERATION|FONDATION|FONDS DE"
    r"|MUTUELLES?|MUTUALISTE|MUTUALITE|COOPERATI(?:VE|F)S?|SCOP|SCIC|OGEC|OCCE|USEP|UNSS|FSE|CSE|APEL?|GPEP|FCPE|PARENTS"
    r"|ANCIENN?E?S|ELEVES|FOYERS?|COLLECTIF|CERCLE|SUPPORTERS|USAGERS|LOCATAIRES|BENEVOLES|SYNDICAT (?:CGT|CFDT|FO|SUD"
    r"|UNSA)|CGT|CFDT|CFTC)\b|^(?:AS|US|ES|UNION (?:SPORTIVE|NATIONALE|LOCALE))\b|\bPERSONNELS? D"
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
    (
        rf"(?:(?:CENTRE|CTRE|GROUPE|GROUPEMENT|SYNDICAT INTER) ?HOSPITALIER(?!{_RELIGIOUS})|CHR|CHR?U|CHI|CHS|EPSM"
        r"|HOPITA(?:L|UX) (?:PUBLICS?|UNIVERSITAIRES?|LOCAL|MUNICIPAL|CIVIL)|EHPAD (?:PUBLIC|COMMUNAL|MUNICIPAL)"
        r"|ETABLISSEMENT (?:PUBLIC )?(?:DE )?SANTE (?:MENTALE|PUBLIC)|ASSISTANCE PUBLIQUE|AGENCE REGIONALE DE SANTE)\b",
        "établissement public de santé",
    ),
    (
        r"(?:OFFICES? (?:(?:PUBLIC|MUNICIPAL|DEPARTEMENTAL|COMMUNAL|INTERCOMMUNAL|METROPOLITAIN)(?:S|AUX)? )*"
        r"(?:(?:DE L |D )?HABITAT(?:IONS?)?|(?:DES? |D )?HLM|D AMENAGEMENT)|OFFICE PUBLIC|OPH|OPAC|OPHLM"
        r"|LILLE METROPOLE HABITAT|PARTENORD)\b",
        "office public de l’habitat",
    ),
    (r"(?:SDIS|SERVICE DEPARTEMENTAL D INCENDIE)\b", "service départemental d’incendie et de secours"),
    (r"(?:ETABLISSEMENT PUBLIC|EPCC)\b", "établissement public"),
    (r"(?:SOCIETE PUBLIQUE LOCALE|SOCIETE (?:ANONYME )?D ECONOMIE MIXTE)\b", "entreprise publique locale"),
    (
        r"CHAMBRES? (?:(?:(?:INTER)?(?:DEPARTEMENTALE|REGIONALE|CONSULAIRE)|DE REGION|TERRITORIALE|LOCALE) )*"
        r"(?:(?:D |DE L )?AGRICULTURE|(?:DE |DU )?COMMERCE|(?:DES? )?METIERS|(?:DE L )?ARTISANAT|CONSULAIRE)\b"
        r"|CHAMBRE REGIONALE DES COMPTES\b",
        "chambre consulaire",
    ),
    (r"CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE\b", "établissement public de recherche"),
    (
        r"(?:MINISTERE|(?:SOUS )?PREFECTURE|RECTORAT|ACADEMIE DE LILLE|INSPECTION ACADEMIQUE|EDUCATION NATIONALE"
        r"|(?:GREFFE DU )?TRIBUNA(?:L|UX)|TGI|COURS? (?:D APPEL|D ASSISES|ADMINISTRATIVE|DES COMPTES)"
        r"|CONSEIL DE PRUD ?HOMMES?|PALAIS DE JUSTICE|PARQUET (?:DE|DU|D)|MAISON D ARRET|CENTRE PENITENTIAIRE"
        r"|TRESOR PUBLIC|TRESORERIE|CENTRE DES FINANCES PUBLIQUES|DOUANES"
        r"|(?:HOTEL DE |SERVICES? (?:DE |DE LA )?|POSTE DE |BUREAU DE )?POLICE(?: (?:NATIONALE|MUNICIPALE|RURALE"
        r"|INTERCOMMUNALE|JUDICIAIRE|AUX FRONTIERES)|$| D(?:E|U)? )|CRS \d+|COMMISSARIAT"
        r"|CIRCONSCRIPTION DE (?:SECURITE|POLICE)"
        r"|(?:BRIGADE|COMPAGNIE|GROUPEMENT|CASERNE) (?:TERRITORIALE )?(?:AUTONOME )?DE (?:LA )?GENDARMERIE|GENDARMERIE"
        r"|DIRECTION (?:(?:INTER)?(?:REGIONALE|DEPARTEMENTALE|ACADEMIQUE|TERRITORIALE|ZONALE)S?) DE?S? )",
        "administration",
    ),
    (r"(?:GIP|GROUPEMENT D INTERET PUBLIC)\b", "groupement d’intérêt public"),
    (
        r"(?:BIBLIOTHEQUE|LUDOTHEQUE|MEDIATHEQUE|CRECHE|CONSERVATOIRE|PISCINE|MUSEE|THEATRE|SERVICES?|REGIE"
        r"|CENTRE (?:SOCIAL|AQUATIQUE)|ECOLE(?: DE MUSIQUE)?) (?:INTER)?(?:MUNICIPA(?:LE?|UX)|COMMUNA(?:LE?|UX))\b",
        "équipement municipal",
    ),
)

# What only means a public body where no SIREN of private law says otherwise: « COM DE » is also a comité, a school may
# be private.
_ABBREVIATED: Final = (
    (r"COM (?:DE|D|DU) (?!FETES?\b|QUARTIER\b|GESTION\b|JUMELAGE\b|LOCATAIRES\b)", "commune"),
    (r"(?:CC|CA|CU) (?:DE|D|DU|DES)\b", "groupement de communes"),
    (
        rf"(?!{_RELIGIOUS})"
        r"(?:COLLEGE|LYCEE|CITE SCOLAIRE|GROUPE SCOLAIRE|(?:LP|LEP|LPO|LEGT|EREA|EPLE|IUT|GRETA|CROUS|INSPE)\b"
        r"|ECOLES? (?:(?:MATERNELLE|ELEMENTAIRE|PRIMAIRE|PUBLIQUE|COMMUNALE|MIXTE|ANNEXE|D APPLICATION)S?"
        rf"|{_GIVEN_NAME}))\b(?! (?:DES|AU|COOPERATIF)\b)",
        "établissement d’enseignement",
    ),
    (
        r"UNIVERSITE (?:(?:DE|D|DU) (?!TEMPS|TOUS|ETE|TROISIEME|3)|LILLE|POLYTECHNIQUE|PARIS)"
        r"(?!.*\b(?:CATHOLIQUE|POPULAIRE)\b)",
        "université",
    ),
    (rf"HOPITA(?:L|UX)\b(?!S? (?:POUR|AU|EN|SOURIRE|DES NOUNOURS)\b)(?!{_RELIGIOUS})", "établissement public de santé"),
    (r"CH (?:DE|D|DU) ", "établissement public de santé"),
    (r"(?:CNRS|INSERM|INRAE?|INRIA)\b", "établissement public de recherche"),
    (r"EP(?:IC|A)\b", "établissement public"),
    (r"(?:CCI|CMA)\b", "chambre consulaire"),
    (r"(?:SAEM|SEML?|SPLA?)\b", "entreprise publique locale"),
)

# Acronyms of such bodies at the end of the name, after that of their place: « ROUBAIX CCAS ».
_LAST: Final = re.compile(r"(?P<before>.*) (?:CCAS|CIAS|CHR|CHR?U|EPSM|SDIS|OPH|OPHLM|OPAC|CPAM)")
_LAST_KIND: Final = "établissement public"
_OF_ANOTHER: Final = re.compile(r"(?:^| )(?:DES?|DU|D|L|LES|LA|LE|AUX?|POUR|EN|ET|AVEC) *$")
_ARTICLE: Final = re.compile(
    r"^(?:LE|LA|LES|L) (?=HOPITA|CENTRE HOSP|LYCEE|COLLEGE|ECOLE|VILLE DE|MAIRIE|CHAMBRE|OFFICE|TRIBUNAL"
    r"|POLICE|CCAS|COMMUNE DE|COMMISSARIAT|GENDARMERIE|PREFECTURE|RECTORAT|DEPARTEMENT D)"
)
# Legal forms of public law as files write them; two families of the nomenclature of Insee hold them all.
_PUBLIC_CATEGORY: Final = re.compile(r"[47]\d{3}")
_PUBLIC_FORM: Final = re.compile(
    r"(?:(?:AUTRES? )?(?:ETABLISSEMENTS?|ORGANISMES?|PERSONNES?(?: MORALES?)?|SECTEUR|STRUCTURES?|OFFICES?|ENTITES?) "
    r"(?:(?:DE|DU|LOCA(?:L|UX)|NATIONA(?:L|UX)|DEPARTEMENTA(?:L|UX)) )*(?:DROIT )?(?:PUBLI(?:CS?|QUES?))"
    r"|COMMUNES?(?: ET |$| NOUVELLE)|COLLECTIVITES?(?: TERRITORIALES?| LOCALES?|$)|DEPARTEMENTS?$|REGIONS?$|ETAT$"
    r"|SERVICES? (?:DE L ETAT|DECONCENTRES?)|ADMINISTRATIONS?|DROIT PUBLIC|PUBLIC$|EPCI|EPIC|EPA|EPLE|GIP|CCAS"
    r"|CENTRES? (?:INTER)?COMMUNA(?:L|UX) D ACTION SOCIALE|GROUPEMENTS? D INTERET PUBLIC"
    r"|SYNDICATS? (?:MIXTES?|INTERCOMMUNA(?:L|UX))|COMMUNAUTES? (?:DE COMMUNES|D AGGLOMERATION|URBAINE)|METROPOLES?$"
    r"|CHAMBRES? CONSULAIRES?|HOPITA(?:L|UX)$)\b"
)

_GENERAL_ADMINISTRATION = re.compile(r"84(?:1|2)\d[A-Z]")


def plain_name(name: str | None) -> str:
    """Capitals without accents, signs apart from letters and figures as spaces, points of acronyms dropped."""
    decomposed = unicodedata.normalize("NFKD", name or "")
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).upper()
    return re.sub(r"[^A-Z0-9]+", " ", letters.replace(".", "")).strip()


def public_form(legal: str | None) -> bool:
    """Whether a legal category, by its number or in words, is one of public law.

    >>> public_form("7361"), public_form("Établissement public local"), public_form("Association"), public_form(None)
    (True, True, False, False)
    """
    plain = plain_name(legal)
    return bool(_PUBLIC_CATEGORY.fullmatch(plain) or _PUBLIC_FORM.match(plain)) and "UTILITE" not in plain


def public_body(siren: str | None, name: str | None, naf: str | None, *legal: str | None) -> str | None:
    """Reason, in French, why this is a public body; None where nothing says so.

    Parameters
    ----------
    siren : str or None
        A checked SIREN (or the first nine digits of a SIRET), None where absent.
    name, naf : str or None
        As the file gives them.
    legal : str or None
        What the file says of the legal category, by number or in words, where it does.

    Notes
    -----
    Since 2024 ordinary legal units also get numbers in 10: that prefix says nothing. A library without any
    identifier is left to review unless its name says that it is municipal: associations run libraries too.
    """
    if siren and (kind := SIREN_PREFIXES.get(siren[:2])):
        return f"organisme public : {kind} (SIREN en {siren[:2]})"
    if said := next((one for one in legal if public_form(one)), None):
        return f"organisme public : catégorie juridique « {said} »"
    if said := _by_name(plain_name(name), stated_only=bool(siren)):
        return said
    if (ape := ape_code(naf)) and _GENERAL_ADMINISTRATION.fullmatch(ape) and not _PRIVATE.search(plain_name(name)):
        return f"organisme public : activité d’administration (APE {ape})"
    return None


def _by_name(name: str, *, stated_only: bool) -> str | None:
    plain = _ARTICLE.sub("", name)
    if _OWNERS.match(plain):
        return "organisme public : association de propriétaires autorisée par l’État (d’après son nom)"
    if _PRIVATE.search(plain):
        return None
    patterns = _STATED if stated_only else (*_STATED, *_ABBREVIATED)
    kind = next((kind for pattern, kind in patterns if re.match(pattern, plain)), None)
    if kind is None and (last := _LAST.fullmatch(plain)) and not _OF_ANOTHER.search(last["before"]):
        kind = _LAST_KIND
    return f"organisme public : {kind} (d’après son nom)" if kind else None
