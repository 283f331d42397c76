"""The templates, each declared once: its workbook, its reader and its page of instructions follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TEXT, YEAR, DATE, EUROS, NUMBER, COUNT, YES_NO = "text", "year", "date", "euros", "number", "count", "yes_no"
COMMUNE, TERRITORY, SIRET, RNA = "commune", "territory", "siret", "rna"
MULTI: Final = "Multi-territoires"
"""Written in a cell of commune or territory: the entry is for several of them, and is given to none."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its *header* in French, what it means, its kind, and the *measure* that its number is.

    ``identity`` columns make two rows the same entry; ``detail`` ones are kept as the text of the entry.
    """

    key: str
    header: str
    meaning: str
    kind: str = TEXT
    required: bool = False
    measure: str = ""
    unit: str = ""
    identity: bool = False
    detail: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook: the kind by which it is asked for and read, its theme in the table ``programme``.

    ``words`` say what a table of these columns is where it is not the workbook, in its cells too; ``others`` that it
    is another thing.
    """

    kind: str
    theme: str
    title: str
    purpose: str
    fields: tuple[Field, ...]
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def field(self, key: str) -> Field:
        """One of its fields; ``KeyError`` for an unknown key."""
        found = {field.key: field for field in self.fields}
        return found[key]

    def has(self, key: str) -> bool:
        """Whether it has a field."""
        return any(field.key == key for field in self.fields)


_YEAR: Final = Field(
    "year", "Année", "Année du comité ou de la décision.", YEAR, required=True, identity=True, example="2024"
)
_INSTRUMENT: Final = Field(
    "instrument",
    "Instrument",
    "Conseil, soutien financier, incubateur, amorçage, PTCE, appel à projets…",
    identity=True,
    example="Entreprendre autrement",
)
_POLE: Final = Field(
    "department", "Pôle", "Pôle ou direction de la métropole qui porte l’action.", example="Développement économique"
)
_COMMUNE: Final = Field(
    "commune",
    "Commune",
    f"Nom ou code Insee de la commune où se fait le projet ; « {MULTI} » s’il en touche plusieurs.",
    COMMUNE,
    example="Roubaix",
)
_SIRET: Final = Field(
    "siret", "SIRET", "Quatorze chiffres, au format texte ; vide si la structure n’existe pas encore.", SIRET
)


def _jobs(key: str, header: str, meaning: str) -> Field:
    return Field(
        key,
        header,
        meaning + " En équivalents temps plein ; vide si ce n’est pas connu.",
        NUMBER,
        measure=key,
        unit="ETP",
    )


def _euros(key: str, header: str, meaning: str) -> Field:
    return Field(key, header, meaning + " En euros ; vide si ce n’est pas connu.", EUROS, measure=key, unit="€")


CALL: Final = Template(
    "appel-a-projets",
    "call",
    "Appel à projets",
    "Une ligne par demande reçue : recevable ou non, lauréate ou non.",
    (
        _YEAR,
        Field("title", "Projet", "Intitulé du projet.", required=True, identity=True, example="Ressourcerie fictive"),
        Field(
            "name", "Porteur", "Nom de la structure qui demande.", required=True, identity=True, example="Les Fictifs"
        ),
        _SIRET,
        Field("rna", "RNA", "Numéro au répertoire des associations (W et neuf chiffres).", RNA),
        _COMMUNE,
        _INSTRUMENT,
        _POLE,
        Field("eligible", "Recevable", "Oui ou non.", YES_NO, measure="eligible", example="oui"),
        Field("laureate", "Lauréat", "Oui ou non.", YES_NO, measure="laureate", example="oui"),
        _euros("asked", "Montant demandé", "Somme demandée à la métropole."),
        _euros("granted", "Montant accordé", "Somme votée par la métropole."),
        _euros("project_budget", "Coût du projet", "Budget total du projet."),
    ),
)
JOBS: Final = Template(
    "emplois",
    "jobs",
    "Emplois créés et maintenus",
    "Une ligne par projet soutenu. Créés et maintenus ne s’additionnent jamais, ni prévus et constatés.",
    (
        _YEAR,
        Field(
            "title",
            "Projet ou structure",
            "Ce qui a été soutenu.",
            required=True,
            identity=True,
            example="Ressourcerie fictive",
        ),
        _SIRET,
        _COMMUNE,
        _INSTRUMENT,
        _POLE,
        _jobs("jobs_created_planned", "Emplois créés, prévus", "Prévus au moment de la décision."),
        _jobs("jobs_created_12", "Emplois créés, constatés à 12 mois", "Constatés un an après."),
        _jobs("jobs_created_36", "Emplois créés, constatés à 36 mois", "Constatés trois ans après."),
        _jobs("jobs_maintained_planned", "Emplois maintenus, prévus", "Prévus au moment de la décision."),
        _jobs("jobs_maintained_12", "Emplois maintenus, constatés à 12 mois", "Constatés un an après."),
        _jobs("jobs_maintained_36", "Emplois maintenus, constatés à 36 mois", "Constatés trois ans après."),
    ),
)
BUDGET: Final = Template(
    "budget",
    "budget",
    "Budget annuel",
    "Une ligne par année, instrument et pôle.",
    (
        _YEAR,
        Field(
            "instrument", _INSTRUMENT.header, _INSTRUMENT.meaning, required=True, identity=True, example="Incubateur"
        ),
        Field("department", _POLE.header, _POLE.meaning, identity=True, example=_POLE.example),
        _euros("budget_voted", "Montant voté", "Inscrit au budget."),
        _euros("budget_executed", "Montant exécuté", "Mandaté dans l’année."),
    ),
)
MEETINGS: Final = Template(
    "rencontres",
    "meeting",
    "Rencontres territoriales",
    "Une ligne par rencontre. Des effectifs, jamais de noms.",
    (
        Field("date", "Date", "Jour de la rencontre.", DATE, required=True, identity=True, example="14/05/2024"),
        Field("title", "Objet", "Objet de la rencontre.", required=True, identity=True, example="Diagnostic partagé"),
        Field(
            "territory",
            "Territoire",
            f"Numéro (1 à 8) ou nom du territoire de gouvernance ; « {MULTI} » pour toute la métropole.",
            TERRITORY,
            identity=True,
            example="Roubaisien",
        ),
        Field(
            "elected", "Élus présents", "Nombre.", COUNT, measure="attendance_elected", unit="personnes", example="6"
        ),
        Field(
            "actors", "Acteurs présents", "Nombre.", COUNT, measure="attendance_actors", unit="personnes", example="18"
        ),
        Field("staff", "Agents présents", "Nombre.", COUNT, measure="attendance_staff", unit="personnes", example="4"),
        Field("minutes", "Compte rendu", "Résumé ou adresse du compte rendu.", detail=True),
    ),
)
PRACTICES: Final = Template(
    "bonnes-pratiques",
    "practice",
    "Bonnes pratiques",
    "Une ligne par pratique que d’autres peuvent reprendre.",
    (
        _YEAR,
        Field(
            "title",
            "Pratique",
            "En une phrase.",
            required=True,
            identity=True,
            example="Achats socialement responsables",
        ),
        _COMMUNE,
        _POLE,
        Field("who", "Structure", "Qui l’a mise en œuvre.", detail=True),
        Field(
            "done",
            "Ce qui a été fait",
            "Les étapes.",
            detail=True,
            required=True,
            example="Clause sociale dans les marchés",
        ),
        Field("result", "Résultat", "Ce que cela a changé.", detail=True),
        Field("reuse", "Pour la reprendre", "Moyens, délais, points de vigilance.", detail=True),
        Field("link", "Lien", "Adresse d’un document public.", detail=True),
    ),
)

PRICES: Final = Template(
    "indice-des-prix",
    "prices",
    "Indice des prix",
    "Une ligne par année : de quoi dire les montants en euros constants.",
    (
        Field("year", "Année", "Année de l’indice.", YEAR, required=True, identity=True, example="2024"),
        Field(
            "index",
            "Indice",
            "Indice des prix à la consommation, moyenne de l’année, tel que l’Insee le publie ; la même base partout.",
            NUMBER,
            required=True,
            measure="price_index",
            unit="indice",
        ),
        Field("series", "Série", "Identifiant et base de la série de l’Insee.", detail=True),
    ),
    ("prix à la consommation", "IPC", "inflation"),
    (
        "prix de",
        "prix des",
        "prix du",
        "prix à la production",
        "prix agricoles",
        "immobilier",
        "loyers",
        "construction",
    ),
)

TEMPLATES: Final[Mapping[str, Template]] = {
    template.kind: template for template in (CALL, JOBS, BUDGET, MEETINGS, PRACTICES, PRICES)
}
ITSELF: Final = {"call": "request", "meeting": "meeting", "practice": "practice"}
"""Measure that the entry is by itself, worth one: a request, a meeting, a practice."""
