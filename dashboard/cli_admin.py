"""``ess admin``: the first administrator, a password that was lost, a link of local administration."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard import cli_errors
from dashboard.cli_errors import DataDir

app = typer.Typer(help="Comptes et liens d’administration.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Nom avec lequel on se connecte.", metavar="NOM")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Lit le mot de passe sur l’entrée.")]


@app.command("create")
def admin_create(name: Name, *, from_input: FromInput = False, data_dir: DataDir = None) -> None:
    """Crée le compte d’un administrateur."""
    from dashboard import cli_accounts  # noqa: PLC0415

    typer.echo(cli_accounts.create(cli_errors.settings(data_dir=data_dir), name, from_input=from_input))


@app.command("reset")
def admin_reset(name: Name, *, from_input: FromInput = False, data_dir: DataDir = None) -> None:
    """Donne un autre mot de passe à un compte, et le rouvre."""
    from dashboard import cli_accounts  # noqa: PLC0415

    typer.echo(cli_accounts.reset(cli_errors.settings(data_dir=data_dir), name, from_input=from_input))


@app.command("link")
def admin_link(*, data_dir: DataDir = None) -> None:
    """Donne un lien qui ouvre l’administration, une fois, dans un navigateur de cette machine."""
    from dashboard import cli_accounts  # noqa: PLC0415

    typer.echo(cli_accounts.link(cli_errors.settings(data_dir=data_dir)))
