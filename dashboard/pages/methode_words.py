"""What the method page calls things: facts, fates of rows, states, class methods."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.i18n import _, msg
from layers.account import Outcome
from layers.indicators import Indicator


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
    "actors": FactWords(msg("structures retenues comme ESS"), _ACTORS),
    "jobseekers": FactWords(msg("demandeurs d’emploi, en moyenne sur l’année"), ("jobseekers",)),
    "social_housing": FactWords(msg("logements sociaux"), ("social-housing",)),
    "openings": FactWords(msg("établissements de l’ESS ouverts dans l’année"), ("sirene",)),
    "closures": FactWords(msg("établissements de l’ESS fermés dans l’année"), ("sirene",)),
    "grants": FactWords(msg("subventions"), ("jaune",)),
    "amount": FactWords(msg("montants des subventions, en euros"), ("jaune",)),
    "beneficiaries": FactWords(msg("bénéficiaires distincts de l’année"), ("jaune",)),
    "population": FactWords(msg("population municipale")),
    "area_km2": FactWords(msg("superficie, en km²")),
    "census": FactWords(msg("population du recensement")),
    "under_20": FactWords(msg("habitants de 0 à 19 ans")),
    "over_65": FactWords(msg("habitants de 65 ans et plus")),
    "housing": FactWords(msg("logements")),
    "vacant": FactWords(msg("logements vacants")),
    "median_income": FactWords(msg("niveau de vie médian publié par commune"), ("filosofi",)),
    "poverty_rate": FactWords(msg("taux de pauvreté publié par commune"), ("filosofi",)),
    "jobs": FactWords(msg("postes salariés de l’ESS"), _ESS_JOBS),
    "private_jobs": FactWords(msg("postes salariés des employeurs privés"), _ESS_JOBS),
    "ess_establishments": FactWords(msg("établissements employeurs de l’ESS"), _ESS_JOBS),
    "all_establishments": FactWords(msg("établissements de tous les employeurs"), _ESTABLISHMENTS),
    "all_jobs": FactWords(msg("postes salariés de tous les employeurs"), _JOBS),
    "jobs_expected": FactWords(msg("postes ESS qu’aurait la zone avec la part métropolitaine"), _JOBS),
}

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "accepted": (msg("Retenues"), msg("entrent dans la publication")),
    "rejected": (msg("Rejetées"), msg("illisibles ou impossibles à situer : motif et remède ci-dessous")),
    "outside": (msg("Hors métropole"), msg("situées dans une autre commune que les 95")),
    "duplicate": (msg("En double"), msg("déjà lues, comptées une fois")),
    "not_ess": (msg("Hors ESS"), msg("organismes publics, activités hors du champ")),
    "control": (msg("De contrôle"), msg("répètent un total, qui a été vérifié ; jamais ajoutées")),
}
"""Label of each fate of a row, and what it means."""

KINDS: dict[str, str] = {
    "count": msg("cercles, car c’est un nombre : leur aire est proportionnelle à la valeur"),
    "amount": msg("cercles, car c’est un montant : leur aire est proportionnelle à la valeur"),
    "ratio": msg("aplats, car c’est un rapport : la zone entière prend la couleur de sa classe"),
    "level": msg(
        "aplats, car c’est un niveau, qui ne s’additionne pas : la zone entière prend la couleur de sa classe"
    ),
}
"""How the map draws each kind of indicator, and why."""

STATES: dict[str, tuple[str, str, str]] = {
    "value": (msg("nombre"), msg("Valeur"), msg("Couleur de sa classe, ou cercle à sa taille.")),
    "zero": ("0", msg("Vrai zéro"), msg("Aire blanche : la source couvre la zone et n’y compte rien.")),
    "suppressed": (
        "s",
        msg("Secret statistique"),
        msg(
            "Points : la valeur existe, le producteur ne la publie pas. "
            "Un rapport fait d’une valeur secrète l’est aussi."
        ),
    ),
    "missing": (
        msg("n.d."),
        msg("Non disponible"),
        msg("Hachures : la publication ne dit rien ici. Ce n’est jamais un zéro."),
    ),
}
"""Mark of each state, its name, and how it is drawn and read."""

METHODS: dict[str, str] = {
    "jenks": msg(
        "Coupe là où les valeurs s’écartent le plus : les zones d’une même classe se ressemblent (Fisher, 1958). "
        "C’est la méthode proposée d’abord."
    ),
    "quantile": msg("Met autant de zones dans chaque classe, les ex æquo ensemble : montre le rang plus que l’écart."),
    "equal": msg("Coupe l’étendue en parts de même largeur : montre l’écart, au risque de classes vides."),
    "rounded": msg("Coupe aux multiples d’un pas rond (1, 2, 2,5 ou 5) : faciles à dire, classes inégales."),
    "manual": msg("Les seuils que l’on écrit soi-même, pour garder ceux d’un autre document."),
}
"""Class methods in words, by key of `layers.classing.CLASSINGS`."""

PERIMETERS: dict[str, str] = {
    msg("Même périmètre à toutes les années"): msg(
        "Cartes, classements, courbes et évolutions gardent les communes du périmètre choisi, celui de 95 communes "
        "sans autre choix : ce qui change n’est jamais l’arrivée d’une commune. Celui de 85 communes sert à lire les "
        "années d’avant 2017."
    ),
    msg("Périmètre de chaque année"): msg(
        "La courbe d’un indicateur le montre sur demande, au 31 décembre de chaque année : elle est rompue là où des "
        "communes entrent, et ni indice ni évolution n’y passe."
    ),
    msg("Subventions d’avant l’entrée"): msg(
        "Une commune qui n’était pas encore dans la métropole ne pouvait rien en recevoir : elle est « n.d. (hors "
        "MEL) », et non à zéro. Les totaux d’un territoire qu’elle a rejoint le disent. Ce qu’un autre financeur "
        "accorde est connu."
    ),
    msg("Comparaison à la métropole"): msg(
        "La métropole est celle du périmètre choisi, y compris dans le quotient de localisation, qui y vaut toujours 1."
    ),
    msg("Secret statistique"): msg(
        "Les trois périmètres sont protégés ensemble : aucune valeur cachée ne se retrouve en retranchant l’un de "
        "l’autre."
    ),
}
"""What is done about communes that entered, and where."""


def fact(indicator: Indicator, name: str) -> str:
    """What the numerator or the denominator of an indicator counts; of a declared one, which of both it is."""
    if name in FACTS:
        return _(FACTS[name].label)
    told = _("numérateur de « {label} »") if name == indicator.numerator else _("dénominateur de « {label} »")
    return told.format(label=indicator.label)
