"""``ess template``: an empty workbook for what only the metropole holds."""

from __future__ import annotations

from pathlib import Path

from dashboard.cli_errors import WrongUsage
from layers.templates import TEMPLATES, workbook

SUFFIX = ".xlsx"


def write(kind: str, out: Path) -> None:
    """Write the workbook and say what to do with it; an existing file is never replaced."""
    if kind not in TEMPLATES:
        raise WrongUsage(f"Modèle inconnu\u202f: {kind}. Au choix\u202f: {', '.join(TEMPLATES)}.")
    if out.suffix.lower() != SUFFIX:
        raise WrongUsage(f"Le classeur s’écrit en XLSX\u202f: {out.stem}{SUFFIX}.")
    if out.exists():
        raise WrongUsage(f"{out} existe déjà\u202f: choisir un autre nom, pour ne rien perdre de ce qui y est saisi.")
    if not out.parent.is_dir():
        raise WrongUsage(f"Le dossier {out.parent} n’existe pas.")
    workbook.write(TEMPLATES[kind], out)
    print(f"{out}\u202f: modèle «\u00a0{TEMPLATES[kind].title}\u00a0». Une fois rempli\u202f: ess import {out}")
