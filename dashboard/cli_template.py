"""``ess template``: an empty workbook for what only the metropole holds."""

from __future__ import annotations

import json
from pathlib import Path

from dashboard.cli_errors import WrongUsage
from layers import durable
from layers.templates import TEMPLATES, workbook

SUFFIX, JSON = ".xlsx", ".json"
INDICATOR = "indicateur"
MODEL = {
    "aide": [
        "source, publisher, licence : d’où vient le tableau ; la page Méthode et les exports les reprennent.",
        "area, year : titres des colonnes du lieu et de l’année ; vides, ils sont trouvés. year peut être une année.",
        "numerator, denominator : titres de colonnes ; {year} tient la place de l’année dans « Bénéficiaires 2021 ».",
        "number : count (nombre), amount (montant), ratio (numérateur / dénominateur), median ou rate (taux publié) ; "
        "une médiane ou un taux publié ne s’additionnent pas.",
        "secrecy : nombre d’unités sous lequel rien n’est montré ; 0 si la source cache déjà, par « s ».",
        "measure, value : si tous les nombres sont dans une seule colonne, celle de la mesure et celle du nombre ; "
        "numerator et denominator sont alors des valeurs de measure. where : valeurs voulues dans d’autres colonnes.",
    ],
    "source": "Caf du Nord, allocataires par commune",
    "publisher": "Caf du Nord",
    "licence": "Licence Ouverte 2.0",
    "area": "",
    "year": "",
    "measure": "",
    "value": "",
    "where": {},
    "indicators": [
        {"label": "Allocataires du RSA", "unit": "allocataires", "number": "count", "numerator": "RSA {year}",
         "definition": "Allocataires qui perçoivent le RSA au 31 décembre.", "secrecy": 5},
        {"label": "Part des allocataires au RSA", "unit": "%", "number": "ratio", "numerator": "RSA {year}",
         "denominator": "Allocataires {year}", "scale": 100, "digits": 1, "secrecy": 5},
    ],
}  # fmt: skip
"""A declaration to be edited (`layers.indicators.declared`)."""


def write(kind: str, out: Path) -> None:
    """Write the workbook and say what to do with it; an existing file is never replaced."""
    if kind not in (*TEMPLATES, INDICATOR):
        raise WrongUsage(f"Modèle inconnu\u202f: {kind}. Au choix\u202f: {', '.join((*TEMPLATES, INDICATOR))}.")
    suffix = JSON if kind == INDICATOR else SUFFIX
    if out.suffix.lower() != suffix:
        raise WrongUsage(f"Ce modèle s’écrit en {suffix[1:].upper()}\u202f: {out.stem}{suffix}.")
    if out.exists():
        raise WrongUsage(f"{out} existe déjà\u202f: choisir un autre nom, pour ne rien perdre de ce qui y est saisi.")
    if not out.parent.is_dir():
        raise WrongUsage(f"Le dossier {out.parent} n’existe pas.")
    if kind == INDICATOR:
        durable.write(out, (json.dumps(MODEL, ensure_ascii=False, indent=1) + "\n").encode())
        print(f"{out}\u202f: déclaration à adapter au tableau, puis\u202f: ess import TABLEAU --declare {out}")
        return
    workbook.write(TEMPLATES[kind], out)
    print(f"{out}\u202f: modèle «\u00a0{TEMPLATES[kind].title}\u00a0». Une fois rempli\u202f: ess import {out}")
