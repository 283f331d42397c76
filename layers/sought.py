"""Beneficiaries whose place no file tells: what of them may be asked of a public register, and what never is.

A name is sent only where its words, or its file, say a legal person and nothing in it says a natural one: the name of a
person, a sole trader among them, is never sent (domain.md, section 2). Numbers of the public registers are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geodata.names import normalise
from layers import legal_forms
from layers.register import plain_name

SIRET, SIREN, RNA, NAME = "siret", "siren", "rna", "name"
SHORTEST: Final = 3
"""Characters of a question of the company-search API, at least."""

_PERSON = re.compile(
    r"\b(?:M(?! J C\b)|MR|MM|MME|MMES|MLLE|MONSIEUR|MESSIEURS|MADAME|MESDAMES|MADEMOISELLE|DR|DOCTEUR|MAITRE"
    r"|EPOUSE|EPOUX|VEUVE|NEE?|E ?I|EIRL|AUTO ?ENTREPRENEURS?|AUTO ?ENTREPRENEUSES?|MICRO ?ENTREPRISES?"
    r"|MICRO ?ENTREPRENEURS?|ENTREPRENEUR INDIVIDUEL|ENTREPRENEUSE INDIVIDUELLE|ENTREPRISE INDIVIDUELLE"
    r"|PERSONNE PHYSIQUE|PARTICULIER|INDEPENDANTE?|ARTISTE|PRESIDENTE?|TRESORI?ERE?|SECRETAIRE|GERANTE?"
    r"|DIRECTEUR|DIRECTRICE)\b"
)
_BODY = re.compile(
    r"\b(?:ACADEMIE|ACCUEIL|ACTION|AGENCE|ATELIERS?|BANQUE|CENTRE|CHANTIERS?|CHOEUR|CHORALE|CIE|COMPAGNIE|COMPTOIR"
    r"|CONSEIL|CRECHE|CULTURE|DANSE|ECOLE|EMPLOI|ENSEMBLE|ESPACE|ESPOIR|FABRIQUE|FESTIVAL|FORMATION|GARDERIE|GROUPE"
    r"|GROUPEMENT|HARMONIE|INITIATIVES?|INSERTION|INSTITUT|JARDINS?|JEUNESSE|LABORATOIRE|LOISIRS|MAISON|MEDIATION"
    r"|MISSION|MOUVEMENT|MUSEE|MUSIQUE|OBSERVATOIRE|OFFICE|OLYMPIQUE|ORCHESTRE|ORGANISATION|PLATEFORME|POLE|QUARTIER"
    r"|REGIE|RENCONTRES|RESEAU|RESSOURCERIE|RESTOS?|SCENE|SECTION|SERVICES?|SOCIETE|SOLIDARITE|SOLIDAIRES?|SPORT"
    r"|SPORTIFS?|SPORTIVE|STUDIO|SYNDICAT|TENNIS|THEATRE|TROUPE|UNION|UNIVERSITE|DES|LES|LEZ|AUX?|POUR|SUR|DANS|SANS)\b"
)
"""Words that no name of a person holds: those of bodies, plurals and prepositions."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A beneficiary by its numbers, and by its name where that may be sent (`may_be_sent`); null where there is none.

    ``kept_back``: it has no number, and its name may not be sent.
    """

    siret: str | None = None
    siren: str | None = None
    rna: str | None = None
    name: str | None = None
    kept_back: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of its questions (`key`)."""
        return tuple(key(way, text) for way, text in self.keys)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What it is asked by, the surest first: a way, and the number or the name as it is written.

        A name never contradicts a number of Sirene: it is asked only where there is none.
        """
        name = None if self.siret or self.siren else self.name
        told = ((SIRET, self.siret), (SIREN, self.siren), (RNA, self.rna), (NAME, name))
        return tuple((way, text) for way, text in told if text)


def sought(siret: str | None, siren: str | None, rna: str | None, name: str, form: str = "") -> Sought:
    """What is asked of a beneficiary; *form* is what its file says of its legal form."""
    sent = name if may_be_sent(name, form, rna) else None
    return Sought(siret, siren, rna, sent, not (siret or siren or rna or sent))


def may_be_sent(name: str, form: str = "", rna: str | None = None) -> bool:
    """Whether a name is surely that of a legal person.

    >>> may_be_sent("Association fictive"), may_be_sent("Martin Dupont"), may_be_sent("Martin Dupont", "Association")
    (True, False, False)
    """
    plain = normalise(name)
    if len(plain) < SHORTEST or _PERSON.search(plain) or _PERSON.search(normalise(form)):
        return False
    if legal_forms.family_in(name) is not None:
        return True
    is_body = rna is not None or legal_forms.family_in(form) is not None
    return is_body and _BODY.search(plain) is not None


def asked_as(name: str) -> str:
    """A name as it is asked: without the form and the articles around it, which registers write in other ways.

    >>> asked_as("Asso. Les Jardins d’Essai"), asked_as("JARDINS D'ESSAI (LES)")
    ('Jardins d’Essai', "JARDINS D'ESSAI")
    """
    bare = _AROUND.sub(" ", name).strip(" .,;:-()")
    return " ".join((bare if len(bare) >= SHORTEST else name).split())


_AROUND = re.compile(
    r"^\s*(?:l[’']|les?\b|la\b)?\s*(?:associations?|assoc|asso|ass)\b\.?\s*(?:l[’']|(?:les?|la)\b)?"
    r"|^\s*(?:l[’']|(?:les?|la)\b)|\(\s*(?:les?|la|l[’']?)\s*\)\s*$",
    re.IGNORECASE,
)


def distinct(found: Iterable[Sought]) -> list[Sought]:
    """Each once, in the order in which they come, then those of whom nothing is asked, which nothing tells apart."""
    told = list(found)
    return [*dict.fromkeys(one for one in told if not one.kept_back), *(one for one in told if one.kept_back)]


def key(way: str, text: str) -> str:
    """The name of a question: numbers as they are, names as they are compared."""
    return f"{way}:{plain_name(text) if way == NAME else text}"
