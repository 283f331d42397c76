"""The commands ``ess …``: from ``serve`` and ``import`` to ``export`` and ``backup``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import cli_admin, cli_choices, cli_errors, cli_privacy, cli_saving, cli_trace
from dashboard.cli_errors import DataDir
from dashboard.cli_options import Employer, Family, Instrument, Perimeter, Qpv, ReleaseId, Sector, Size, Year

app = typer.Typer(
    name="ess",
    help="Tableau de bord territorial de l’économie sociale et solidaire.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for more in (cli_saving, cli_privacy, cli_choices, cli_trace):
    more.register(app)
app.add_typer(cli_admin.app, name="admin")


class Level(StrEnum):
    """Areas of a series."""

    territory = "territory"
    commune = "commune"


class Format(StrEnum):
    """How values are printed."""

    csv = "csv"
    json = "json"


@app.command()
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Adresse d’écoute (HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port, de 0 à 65535 (PORT).", min=0, max=65535)] = None,
    data_dir: DataDir = None,
    release: ReleaseId = None,
    workers: Annotated[int | None, typer.Option(help="Nombre de processus, au moins 1 (ESS_WORKERS).", min=1)] = None,
) -> None:
    """Sert l’application."""
    from dashboard.serving import serve as run  # noqa: PLC0415

    run(cli_errors.settings(host=host, port=port, data_dir=data_dir, release=release, workers=workers))


@app.command("import")
def import_(
    *,
    files: Annotated[list[Path], typer.Argument(help="Fichiers officiels.", metavar="FICHIER…")],
    kind: Annotated[
        str | None,
        typer.Option("--as", help="Nature des fichiers, si leurs colonnes ne la disent pas.", metavar="NATURE"),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Année, si le fichier ne la dit pas (de 1900 à 2100).", min=1900, max=2100)
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="Correspondance de colonnes d’un tableau (--as table).", metavar="FICHIER.json"),
    ] = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(help="Écrit la correspondance devinée, à corriger, sans rien importer.", metavar="FICHIER.json"),
    ] = None,
    declare: Annotated[
        Path | None, typer.Option(help="Déclaration des indicateurs d’un tableau.", metavar="FICHIER.json")
    ] = None,
    save_declaration: Annotated[
        Path | None, typer.Option(help="Écrit une déclaration à compléter, sans importer.", metavar="FICHIER.json")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Contrôle sans rien publier.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Publie même si des lignes déjà publiées partent sans être redites.")
    ] = False,
    usable: Annotated[
        bool,
        typer.Option("--usable", help="Publie les fichiers utilisables et laisse les autres de côté, en les nommant."),
    ] = False,
    review: Annotated[
        bool,
        typer.Option("--review", help="Montre comment chaque fichier est compris, et pose les questions qui restent."),
    ] = False,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            help="Répond à une question, par son nom dans le compte rendu, ou dit un choix\u202f: column:TITRE=SENS.",
            metavar="QUESTION=RÉPONSE",
        ),
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Écrit le compte rendu complet.", metavar="RAPPORT.json")] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(help="Écrit les lignes rejetées, chacune avec son motif, à corriger.", metavar="DOSSIER"),
    ] = None,
    map_: Annotated[
        Path | None,
        typer.Option("--map", help="Avec --dry-run\u202f: écrit deux cartes, avant et après.", metavar="CARTES.html"),
    ] = None,
    indicator: Annotated[str, typer.Option(help="Indicateur de ces cartes.")] = "actors_per_1000",
    data_dir: DataDir = None,
) -> None:
    """Lit des fichiers officiels et publie ce qu’ils disent."""
    from dashboard import cli_import  # noqa: PLC0415

    settings = cli_errors.settings(data_dir=data_dir)
    if save_mapping is not None:
        raise typer.Exit(cli_import.save_mapping(files, settings.data_dir, save_mapping))
    if save_declaration is not None:
        raise typer.Exit(cli_import.save_declaration(files, save_declaration))
    how = cli_import.How(
        kind,
        year,
        mapping,
        dry_run,
        replace,
        usable=usable,
        review=review,
        answers=cli_import.answers(answer or ()),
        report=report,
        rejects=rejects,
        map=map_,
        indicator=indicator,
        declaration=declare,
    )
    raise typer.Exit(cli_import.run(files, settings.data_dir, how))


@app.command()
def fetch(
    *,
    source: Annotated[
        str, typer.Argument(help="recherche-entreprises, sirene, ess-france ou boundaries.", metavar="SOURCE")
    ],
    out: Annotated[Path | None, typer.Option(help="Dossier où écrire\u202f; sinon sources.", metavar="D")] = None,
    address: Annotated[
        str | None, typer.Option(help="Adresse du service, si ce n’est pas l’officielle.", metavar="URL")
    ] = None,
    for_: Annotated[
        list[Path] | None,
        typer.Option(
            "--for",
            help="Avec recherche-entreprises : demande où sont les bénéficiaires de ce fichier qui n’ont pas de lieu.",
            metavar="FICHIER",
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Récupère une source officielle ouverte ; relancée, elle reprend où elle en était."""
    from dashboard import cli_fetch  # noqa: PLC0415

    settings = cli_errors.settings(data_dir=data_dir)
    if for_:
        from dashboard import cli_lookup  # noqa: PLC0415

        raise typer.Exit(cli_lookup.run(source, for_, settings, address))
    raise typer.Exit(cli_fetch.run(source, out or settings.data_dir / "sources", settings, address))


@app.command()
def template(
    *,
    kind: Annotated[
        str,
        typer.Argument(help="appel-a-projets, emplois, budget, rencontres, bonnes-pratiques, indicateur.", metavar="M"),
    ],
    out: Annotated[Path, typer.Option(help="Fichier à écrire (XLSX, ou JSON).", metavar="FICHIER")],
) -> None:
    """Écrit un classeur vide à remplir, que « ess import » sait lire."""
    from dashboard import cli_template  # noqa: PLC0415

    cli_template.write(kind, out)


@app.command()
def releases(data_dir: DataDir = None) -> None:
    """Liste les publications, la plus récente d’abord."""
    from dashboard import cli_releases  # noqa: PLC0415

    cli_releases.show(cli_errors.settings(data_dir=data_dir).data_dir)


@app.command()
def rollback(
    release: Annotated[str, typer.Argument(help="Publication à montrer de nouveau.", metavar="ID")],
    data_dir: DataDir = None,
) -> None:
    """Revient à une publication plus ancienne."""
    from dashboard import cli_releases  # noqa: PLC0415

    cli_releases.roll_back(cli_errors.settings(data_dir=data_dir).data_dir, release)


@app.command()
def values(
    *,
    indicator: Annotated[str, typer.Argument(help="Clé de l’indicateur.", metavar="INDICATEUR")],
    level: Annotated[Level, typer.Option(help="Maille\u202f: territory ou commune.")] = Level.territory,
    sector: Sector = None,
    family: Family = None,
    size: Size = None,
    employer: Employer = None,
    qpv: Qpv = None,
    instrument: Instrument = None,
    year: Year = None,
    compare: Annotated[int | None, typer.Option(help="Année à comparer\u202f: ajoute ce qui a changé.")] = None,
    perimeter: Perimeter = 95,
    format_: Annotated[Format, typer.Option("--format", help="Forme\u202f: csv ou json.")] = Format.csv,
    data_dir: DataDir = None,
    release: ReleaseId = None,
) -> None:
    """Écrit une série\u202f: une ligne par territoire ou commune."""
    from dashboard import cli_values  # noqa: PLC0415
    from layers.series import Query  # noqa: PLC0415

    chosen = {"size": size, "employer": employer, "qpv": qpv, "instrument": instrument}
    query = Query(indicator, level.value, sector, family, year, perimeter, **chosen)
    settings = cli_errors.settings(data_dir=data_dir, release=release)
    cli_values.show(settings.data_dir, settings.release, query, format_.value, compare)


@app.command()
def export(
    *,
    form: Annotated[
        str,
        typer.Argument(
            help="xlsx, csv, pdf, docx, pptx, png, svg, card ; la carte aussi en gpkg, geojson, json ; "
            "session\u202f: une rencontre de l’atelier en une page à ouvrir sans serveur (--meeting).",
            metavar="FORME",
        ),
    ],
    out: Annotated[Path, typer.Option(help="Fichier à écrire.", dir_okay=False)],
    view: Annotated[
        str, typer.Option(help="La page et ce qui suit son « ? » : /territoire/3, /comparer?areas=3,8…")
    ] = "",
    drawing: Annotated[
        str | None, typer.Option(help="Un graphique seul de la page, en svg ou png.", metavar="NOM")
    ] = None,
    address: Annotated[
        str, typer.Option(help="Où le lien du fichier mène : https://hôte.", metavar="ADRESSE")
    ] = "http://127.0.0.1:8050",
    meeting: Annotated[
        str | None, typer.Option(help="Avec session\u202f: code de la rencontre, écrit sur sa page.", metavar="CODE")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Avec session\u202f: les notes de l’animateur aussi.")] = False,
    data_dir: DataDir = None,
    release: ReleaseId = None,
) -> None:
    """Écrit le fichier de ce que montre une page, ou d’une rencontre."""
    from dashboard import cli_export  # noqa: PLC0415

    settings = cli_errors.settings(data_dir=data_dir, release=release)
    if form == "session":
        from dashboard import cli_session  # noqa: PLC0415

        cli_session.export(settings, meeting, out, notes=notes)
        return
    cli_export.export(settings, form, view, out=out, address=address.rstrip("/"), drawing=drawing)


@app.command()
def export_all(
    *,
    folder: Annotated[Path, typer.Argument(help="Dossier à remplir.", metavar="DOSSIER", file_okay=False)],
    address: Annotated[
        str, typer.Option(help="Où le lien des fichiers mène : https://hôte.", metavar="ADRESSE")
    ] = "http://127.0.0.1:8050",
    data_dir: DataDir = None,
    release: ReleaseId = None,
) -> None:
    """Écrit les portraits de tous les territoires, les financements et le suivi, dans toutes les formes."""
    from dashboard import cli_export  # noqa: PLC0415

    settings = cli_errors.settings(data_dir=data_dir, release=release)
    number = cli_export.everything(settings, folder, address=address.rstrip("/"))
    typer.echo(f"{number} fichiers dans {folder}.")


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status: 0 done, 1 nothing usable, 2 wrong usage. Never a traceback."""

    def run() -> Any:
        return app(args=arguments, prog_name="ess", standalone_mode=False)

    raise SystemExit(cli_errors.guarded(run))
