"""Weights of the draw: orders of magnitude of the social economy at large, not of the metropole."""

from __future__ import annotations

from layers.ess import FAMILIES, SECTORS

FAMILY_WEIGHTS = {
    "association": 800,
    "cooperative": 95,
    "mutuelle": 35,
    "fondation": 25,
    "societe_commerciale_ess": 45,
}

# In the order of `SECTORS`: action sociale, santé, enseignement, finance, arts, sports, soutien, commerce,
# hébergement, construction, agriculture et industrie, divers.
SECTOR_WEIGHTS = {
    "association": (190, 50, 120, 2, 130, 170, 90, 12, 26, 3, 7, 200),
    "cooperative": (20, 8, 25, 190, 25, 5, 240, 150, 40, 130, 140, 27),
    "mutuelle": (60, 220, 5, 680, 1, 3, 20, 5, 1, 1, 1, 3),
    "fondation": (330, 200, 140, 10, 110, 10, 80, 5, 25, 1, 4, 85),
    "societe_commerciale_ess": (140, 40, 60, 10, 30, 20, 300, 150, 70, 70, 90, 20),
}

SIZE_WEIGHTS = {
    "NN": 3400,
    "00": 600,
    "01": 2000,
    "02": 1300,
    "03": 900,
    "11": 800,
    "12": 650,
    "21": 220,
    "22": 90,
    "31": 20,
    "32": 14,
    "41": 9,
}

POSTS_BY_SIZE = {
    "NN": (0, 0),
    "00": (0, 0),
    "01": (1, 2),
    "02": (3, 5),
    "03": (6, 9),
    "11": (10, 19),
    "12": (20, 49),
    "21": (50, 99),
    "22": (100, 199),
    "31": (200, 249),
    "32": (250, 499),
    "41": (500, 999),
}
"""Least and most posts of a size class."""

NOUNS = {
    "association": "Association Démo",
    "cooperative": "Coopérative Démo",
    "mutuelle": "Mutuelle Démo",
    "fondation": "Fondation Démo",
    "societe_commerciale_ess": "Société Démo",
}

FLOWERS = (
    "Aconit", "Ancolie", "Anémone", "Aubépine", "Bleuet", "Bourrache", "Bruyère", "Camomille", "Campanule",
    "Capucine", "Centaurée", "Chicorée", "Clématite", "Colchique", "Coquelicot", "Cosmos", "Crocus", "Cyclamen",
    "Dahlia", "Digitale", "Églantine", "Fuchsia", "Gentiane", "Géranium", "Giroflée", "Glycine", "Hellébore",
    "Hortensia", "Iris", "Jacinthe", "Jasmin", "Jonquille", "Lavande", "Liseron", "Lupin", "Marguerite", "Mauve",
    "Mélisse", "Muguet", "Myosotis", "Narcisse", "Nénuphar", "Œillet", "Pâquerette", "Pensée", "Perce-neige",
    "Pervenche", "Pivoine", "Primevère", "Renoncule", "Romarin", "Sauge", "Tulipe", "Valériane", "Verveine",
    "Violette",
)  # fmt: skip

FAMILY_SLUGS = tuple(FAMILIES)
SECTOR_SLUGS = tuple(SECTORS)
