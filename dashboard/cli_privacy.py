"""``ess purge`` and ``ess person``: what goes in time, and what concerns a person."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard import cli_errors
from dashboard.cli_errors import DataDir

Told = Annotated[
    str,
    typer.Argument(
        help="Le contact laissé, le numéro de la contestation, ou le nom du compte.", metavar="CONTACT|NUMÉRO|NOM"
    ),
]
BY = "ligne de commande"
person = typer.Typer(help="Ce qui concerne une personne : le lui remettre, ou l’effacer.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(purge)
    app.add_typer(person, name="person")


def purge(
    *,
    at: Annotated[
        str | None, typer.Option(help="Comme si l’on était à ce moment (ISO 8601) ; maintenant par défaut.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Efface ce qui a fait son temps : contacts, téléphones des rencontres oubliées, noms des vieux journaux."""
    from layers.written import purging  # noqa: PLC0415
    from layers.written.database import Database  # noqa: PLC0415

    settings = cli_errors.settings(data_dir=data_dir)
    try:
        moment = datetime.fromisoformat(at) if at else datetime.now(UTC)
    except ValueError as error:
        raise cli_errors.WrongUsage(f"{at} : ce n’est pas un moment. Exemple : 2026-11-27T12:00:00+00:00.") from error
    found = purging.purge(
        Database(settings.database), open_days=settings.open_days, journal_days=settings.journal_days,
        now=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
    )  # fmt: skip
    typer.echo(
        f"Effacé : {found.contacts} contact(s) ; {found.meetings} rencontre(s) close(s), téléphones oubliés ; "
        f"{found.names} ligne(s) de journal sans nom."
    )


@person.command("export")
def export(
    *,
    told: Told,
    out: Annotated[Path, typer.Option(help="Fichier JSON à écrire.", dir_okay=False)],
    data_dir: DataDir = None,
) -> None:
    """Écrit tout ce qui concerne une personne."""
    from layers.written import persons  # noqa: PLC0415
    from layers.written.database import Database  # noqa: PLC0415

    found = persons.exported(Database(cli_errors.settings(data_dir=data_dir).database), told)
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{sum(map(len, found.values()))} élément(s) dans {out}.")


@person.command("delete")
def delete(*, told: Told, data_dir: DataDir = None) -> None:
    """Efface ce qui concerne une personne : contact, motif et source de ses contestations, retirées ; son compte."""
    from layers.written import persons  # noqa: PLC0415
    from layers.written.database import Database  # noqa: PLC0415

    found = persons.deleted(Database(cli_errors.settings(data_dir=data_dir).database), told, BY)
    typer.echo(f"{sum(found.values())} élément(s) effacé(s). Les sauvegardes déjà faites les contiennent encore.")
