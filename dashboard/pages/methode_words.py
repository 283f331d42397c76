"""What the method page calls things: facts, fates of rows, states, class methods."""

from __future__ import annotations

from dataclasses import dataclass

from layers.account import Outcome


@dataclass(frozen=True, slots=True)
class FactWords:
    """A fact in French, and the kinds of file that bring it.

    None brings what comes with the program.
    """

    label: str
    brought_by: tuple[str, ...] = ()


_ACTORS = ("sirene", "ess-france", "rna", "siae", "conseiller-numerique")
_ESS_JOBS = ("flores",)
_JOBS = ("flores", "flores-communes")
_ESTABLISHMENTS = (*_JOBS, "flores-etablissements")

FACTS: dict[str, FactWords] = {
    "actors": FactWords("structures retenues comme ESS", _ACTORS),
    "jobseekers": FactWords("demandeurs d’emploi, en moyenne sur l’année", ("jobseekers",)),
    "social_housing": FactWords("logements sociaux", ("social-housing",)),
    "openings": FactWords("établissements de l’ESS ouverts dans l’année", ("sirene",)),
    "closures": FactWords("établissements de l’ESS fermés dans l’année", ("sirene",)),
    "grants": FactWords("subventions", ("jaune",)),
    "amount": FactWords("montants des subventions, en euros", ("jaune",)),
    "beneficiaries": FactWords("bénéficiaires distincts de l’année", ("jaune",)),
    "population": FactWords("population municipale"),
    "area_km2": FactWords("superficie, en km²"),
    "census": FactWords("population du recensement"),
    "under_20": FactWords("habitants de 0 à 19 ans"),
    "over_65": FactWords("habitants de 65 ans et plus"),
    "housing": FactWords("logements"),
    "vacant": FactWords("logements vacants"),
    "median_income": FactWords("niveau de vie médian publié par commune", ("filosofi",)),
    "poverty_rate": FactWords("taux de pauvreté publié par commune", ("filosofi",)),
    "jobs": FactWords("postes salariés de l’ESS", _ESS_JOBS),
    "private_jobs": FactWords("postes salariés des employeurs privés", _ESS_JOBS),
    "ess_establishments": FactWords("établissements employeurs de l’ESS", _ESS_JOBS),
    "all_establishments": FactWords("établissements de tous les employeurs", _ESTABLISHMENTS),
    "all_jobs": FactWords("postes salariés de tous les employeurs", _JOBS),
    "jobs_expected": FactWords("postes ESS qu’aurait la zone avec la part métropolitaine", _JOBS),
}

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "accepted": ("Retenues", "entrent dans la publication"),
    "rejected": ("Rejetées", "illisibles ou impossibles à situer : motif et remède ci-dessous"),
    "outside": ("Hors métropole", "situées dans une autre commune que les 95"),
    "duplicate": ("En double", "déjà lues, comptées une fois"),
    "not_ess": ("Hors ESS", "organismes publics, activités hors du champ"),
    "control": ("De contrôle", "répètent un total, qui a été vérifié ; jamais ajoutées"),
}
"""Label of each fate of a row, and what it means."""

KINDS: dict[str, str] = {
    "count": "cercles, car c’est un nombre : leur aire est proportionnelle à la valeur",
    "amount": "cercles, car c’est un montant : leur aire est proportionnelle à la valeur",
    "ratio": "aplats, car c’est un rapport : la zone entière prend la couleur de sa classe",
    "level": "aplats, car c’est un niveau, qui ne s’additionne pas : la zone entière prend la couleur de sa classe",
}
"""How the map draws each kind of indicator, and why."""

STATES: dict[str, tuple[str, str, str]] = {
    "value": ("nombre", "Valeur", "Couleur de sa classe, ou cercle à sa taille."),
    "zero": ("0", "Vrai zéro", "Aire blanche : la source couvre la zone et n’y compte rien."),
    "suppressed": (
        "s",
        "Secret statistique",
        "Points : la valeur existe, le producteur ne la publie pas. Un rapport fait d’une valeur secrète l’est aussi.",
    ),
    "missing": (
        "n.d.",
        "Non disponible",
        "Hachures : la publication ne dit rien ici. Ce n’est jamais un zéro.",
    ),
}
"""Mark of each state, its name, and how it is drawn and read."""

METHODS: dict[str, str] = {
    "jenks": "Coupe là où les valeurs s’écartent le plus : les zones d’une même classe se ressemblent (Fisher, 1958). "
    "C’est la méthode proposée d’abord.",
    "quantile": "Met autant de zones dans chaque classe, les ex æquo ensemble : montre le rang plus que l’écart.",
    "equal": "Coupe l’étendue en parts de même largeur : montre l’écart, au risque de classes vides.",
    "rounded": "Coupe aux multiples d’un pas rond (1, 2, 2,5 ou 5) : faciles à dire, classes inégales.",
    "manual": "Les seuils que l’on écrit soi-même, pour garder ceux d’un autre document.",
}
"""Class methods in words, by key of `layers.classing.CLASSINGS`."""
