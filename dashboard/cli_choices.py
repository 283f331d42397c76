"""``ess choices``: what was said of files and serves for the next ones of their shape, listed and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard import cli_errors
from dashboard.cli_errors import DataDir

if TYPE_CHECKING:
    from layers.remembered import Remembered


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(choices)


def choices(
    *,
    forget: Annotated[
        list[str] | None, typer.Option(help="Oublie ce choix, par son nom dans la liste.", metavar="NOM")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Liste ce qui a été dit des fichiers et sert aux suivants de même forme ; --forget l’oublie."""
    from layers import remembered  # noqa: PLC0415
    from layers.typography import typeset  # noqa: PLC0415

    folder = cli_errors.settings(data_dir=data_dir).data_dir
    for name in forget or ():
        if not remembered.forget(folder, name):
            raise cli_errors.WrongUsage(f"Rien n’est enregistré sous «\u00a0{name}\u00a0» : « ess choices » les liste.")
        typer.echo(typeset(f"{name} : oublié. Les publications ne changent pas."))
    if forget:
        return
    found = remembered.all_of(folder)
    for one in found:
        typer.echo(typeset(_told(one)))
    if not found:
        typer.echo(f"Aucun choix n’est enregistré dans {folder}.")


def _told(one: Remembered) -> str:
    said = " ; ".join(f"{name} = {value}" for name, value in one.said.items()) or "illisible"
    return f"{one.id}  {one.on:%Y-%m-%d %H:%M} UTC  {one.file or 'fichier non noté'}\n  {said}"
