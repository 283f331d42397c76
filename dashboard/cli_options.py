"""Options that several commands share: what narrows a series, each by its name in an address."""

from __future__ import annotations

from typing import Annotated

import typer

Sector = Annotated[str | None, typer.Option(help="Secteur\u202f; plusieurs séparés par des virgules.")]
Family = Annotated[str | None, typer.Option(help="Famille de l’ESS\u202f; une ou plusieurs.")]
Size = Annotated[str | None, typer.Option(help="Tranche d’effectifs de Sirene\u202f; une ou plusieurs.")]
Employer = Annotated[str | None, typer.Option(help="Employeuses (yes, zero) ou non (no).")]
Qpv = Annotated[str | None, typer.Option(help="Quartier prioritaire\u202f: in, out ou inconnu.")]
Instrument = Annotated[str | None, typer.Option(help="Dispositif des subventions\u202f; un ou plusieurs.")]
Perimeter = Annotated[int, typer.Option(help="Périmètre\u202f: 85, 90 ou 95 communes.")]
Year = Annotated[int | None, typer.Option(help="Année\u202f; sinon la dernière.")]
ReleaseId = Annotated[
    str | None, typer.Option("--release", help="Publication à montrer\u202f; sinon la courante.", metavar="ID")
]
