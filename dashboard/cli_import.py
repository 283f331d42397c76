"""``ess import``: progress, summary in French, report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard import cli_review
from dashboard.cli_errors import UNUSABLE, WrongUsage
from dashboard.cli_summary import number, summarise
from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from layers import differences, durable, measure, questions, rejected
from layers.class_changes import level_of
from layers.importing import OnProgress, Report, import_files
from layers.indicators import DEFAULT, INDICATORS
from layers.indicators.declared import Declaration, is_declared
from layers.mapping import Mapping, choosing, known
from layers.mapping.known import Mappings
from layers.mapping.reading import KIND as TABLE
from layers.questions import Answers
from layers.readers import READERS, declarations, declaring, is_header
from layers.recognition.opening import open_source
from layers.rehearsal import Rehearsal
from layers.report import waits
from layers.store import Store
from layers.typography import typeset
from layers.unreadable import UnreadableFile

UNCONFIRMED: Final = (
    "Rien n’est publié\u202f: des lignes déjà publiées partiraient sans être redites (ci-dessus). Si ces fichiers "
    "corrigent bien les précédents, recommencez avec --replace\u202f; s’ils les complètent, importez les anciens et "
    "les nouveaux dans la même commande\u202f: ils s’ajoutent. La publication précédente reste montrée."
)
WAITING: Final = {
    "unconfirmed": UNCONFIRMED,
    "asked": "Rien n’est publié\u202f: des questions attendent leur réponse (ci-dessus). Répondez-y une à une avec "
    "--review, ou par --answer QUESTION=RÉPONSE\u202f; l’année aussi par --year, les colonnes aussi par --mapping. "
    "--usable publie les autres fichiers. La publication précédente reste montrée.",
}


@dataclass(frozen=True, slots=True)
class How:
    """What the command says beside its files."""

    kind: str | None = None
    year: int | None = None
    mapping: Path | None = None
    dry_run: bool = False
    replace: bool = False
    usable: bool = False
    review: bool = False
    answers: Answers = field(default_factory=dict)
    report: Path | None = None
    rejects: Path | None = None
    map: Path | None = None
    indicator: str = DEFAULT
    declaration: Path | None = None


def answers(given: Sequence[str]) -> dict[str, str]:
    """Answers as they are typed, ``QUESTION=RÉPONSE``. Raises `WrongUsage`."""
    for one in given:
        if "=" not in one:
            raise WrongUsage(f"--answer {one}\u202f: QUESTION=RÉPONSE est attendu, par exemple year=2023.")
    return dict(_parted(one) for one in given)


def _parted(one: str) -> tuple[str, str]:
    """A question and its answer: the title of a column may have an equals sign, its meaning has none."""
    of_column = one.partition(":")[0].rpartition("/")[2] in (questions.COLUMN, questions.UNIT)
    name, _sep, said = one.rpartition("=") if of_column else one.partition("=")
    return name, said


def run(files: list[Path], data_dir: Path, how: How) -> int:
    """Import, print the summary, write the report; return the exit status."""
    kinds = [*READERS, TABLE]
    kind = TABLE if how.mapping is not None else how.kind
    if kind is not None and kind not in kinds:
        raise WrongUsage(f"Nature inconnue\u202f: {kind}. Au choix\u202f: {', '.join(kinds)}.")
    if how.report is not None and not how.report.parent.is_dir():
        raise WrongUsage(f"Le dossier {how.report.parent} n’existe pas\u202f: le compte rendu ne peut y être écrit.")
    if how.rejects is not None and not how.rejects.is_dir():
        raise WrongUsage(f"Le dossier {how.rejects} n’existe pas\u202f: les lignes rejetées ne peuvent y être écrites.")
    _check_map(how)
    mapping = None if how.mapping is None else _mapping(how.mapping)
    told = None if how.declaration is None else _declaration(how.declaration)
    store = Store(data_dir)
    mappings = declarations.of_folder(data_dir, mapping, {"": told} if told else {})
    if how.review:
        cli_review.show(files, kind, mappings, questions.known(data_dir, how.answers), Console(highlight=False))
    done = _import(files, store, kind, how, (mapping, told))
    while how.review and (said := cli_review.asked(done, how.answers)):
        how = replace(how, answers={**how.answers, **said})
        done = _import(files, store, kind, how, (mapping, told))
    if done.outcome == "unconfirmed" and sys.stdin.isatty() and sys.stdout.isatty():
        summarise(done, Console(highlight=False), how.report)
        if typer.confirm("Publier quand même, et retirer ces lignes\u202f?", default=False):
            done = _import(files, store, kind, replace(how, replace=True), (mapping, told))
    if how.report is not None:
        durable.write(how.report, (json.dumps(done.to_json(), ensure_ascii=False, indent=1) + "\n").encode())
    summarise(done, Console(highlight=False), how.report)
    if how.rejects is not None:
        _write_rejects(files, done, how.rejects, (kind, mappings, questions.known(data_dir, how.answers)))
    if how.map is not None and done.rehearsal is not None:
        _write_map(done.rehearsal, how.indicator, how.map)
    _say(done)
    return done.exit_status


def _say(done: Report) -> None:
    """Say why nothing is published, or not everything."""
    if done.unusable and not done.left_out:
        print(_refusal(done), file=sys.stderr)
    elif done.outcome in WAITING:
        print(WAITING[done.outcome], file=sys.stderr)
    if done.left_out:
        print(_left_out(done), file=sys.stderr)


def _import(
    files: list[Path], store: Store, kind: str | None, how: How, said: tuple[Mapping | None, Declaration | None]
) -> Report:
    progress = Console(stderr=True, highlight=False)
    with _shown(progress) as tell:
        return import_files(
            files,
            store,
            kind,
            how.year,
            mapping=said[0],
            declaration=said[1],
            dry_run=how.dry_run,
            replace=how.replace,
            usable=how.usable,
            answers=how.answers,
            on_progress=tell,
            on_wait=progress.print,
        )


def _write_rejects(
    files: list[Path], done: Report, folder: Path, read: tuple[str | None, Mappings, questions.Known]
) -> None:
    """Write the workbooks of the rejected rows, and say how they come back."""
    for path, report in zip(files, done.files, strict=True):
        try:
            kind, mappings, said = read
            out = rejected.write(path, report, kind, mappings, folder, answers=said)
        except UnreadableFile as error:
            print(f"Lignes rejetées non écrites\u202f: {error.sentence}", file=sys.stderr)
            continue
        if out is not None:
            print(
                f"{out}\u202f: {number(len(report['rejects']))} ligne(s) à corriger, puis à importer\u202f: elles "
                f"complètent {path.name}, et ne sont jamais comptées deux fois."
            )


def _check_map(how: How) -> None:
    if how.map is None:
        return
    if not how.dry_run:
        raise WrongUsage("--map va avec --dry-run\u202f: les deux cartes comparent avant de publier.")
    if how.indicator not in INDICATORS and not is_declared(how.indicator):
        raise WrongUsage(f"Indicateur inconnu\u202f: {how.indicator}. Au choix\u202f: {', '.join(INDICATORS)}.")
    if not how.map.parent.is_dir():
        raise WrongUsage(f"Le dossier {how.map.parent} n’existe pas\u202f: les cartes ne peuvent y être écrites.")


def _write_map(rehearsal: Rehearsal, indicator: str, out: Path) -> None:
    """Write the maps before and after, at the level that the indicator is first shown at."""
    from dashboard import beforeafter  # noqa: PLC0415  (maps are drawn only where asked)

    if rehearsal.after is None or not measure.available(rehearsal.after, indicator):
        print(f"Pas de carte\u202f: ces fichiers ne donnent pas l’indicateur {indicator}.", file=sys.stderr)
        return
    level = level_of(rehearsal.after.indicators[indicator])
    found = differences.between(rehearsal.before, rehearsal.after, indicator, level)
    durable.write(out, beforeafter.page(found).encode())
    print(f"{out}\u202f: deux cartes sur une même échelle, et leurs différences.")


def save_mapping(files: list[Path], data_dir: Path, out: Path) -> int:
    """Write the mapping known or guessed for one spreadsheet, to be edited; import nothing."""
    if len(files) != 1:
        raise WrongUsage("--save-mapping\u202f: un seul tableau à la fois.")
    if not out.parent.is_dir():
        raise WrongUsage(f"Le dossier {out.parent} n’existe pas.")
    mappings = Mappings(None, tuple(known.saved(data_dir)))
    try:
        table = open_source(files[0], is_header(TABLE, mappings))
        found = mappings.of(table.header) or choosing.guessed(table)
    except UnreadableFile as error:
        print(error.sentence, file=sys.stderr)
        return UNUSABLE
    known.write(out, found)
    print(f"{typeset(choosing.shown(found))}\n{out}\u202f: à relire, puis\u202f: ess import {files[0]} --mapping {out}")
    return 0


def save_declaration(files: list[Path], out: Path) -> int:
    """Write a first declaration of the numbers of one table, to be completed; import nothing."""
    if len(files) != 1:
        raise WrongUsage("--save-declaration\u202f: un seul tableau à la fois.")
    if not out.parent.is_dir():
        raise WrongUsage(f"Le dossier {out.parent} n’existe pas.")
    try:
        found = declaring.guessed(
            declaring.opened(files[0], is_header(None, Mappings())), Attacher(gazetteers.load(), geographies.load())
        )
    except UnreadableFile as error:
        print(error.sentence, file=sys.stderr)
        return UNUSABLE
    except ValueError as error:
        print(typeset(f"{files[0].name} : {error}."), file=sys.stderr)
        return UNUSABLE
    declarations.write(out, found)
    print(f"{out}\u202f: à compléter (source, producteur, licence, unités), puis\u202f:")
    print(f"ess import {files[0]} --declare {out}")
    return 0


def _declaration(path: Path) -> Declaration:
    try:
        return declarations.read(path)
    except UnreadableFile as error:
        raise WrongUsage(error.sentence) from error


def _mapping(path: Path) -> Mapping:
    try:
        return known.read(path)
    except UnreadableFile as error:
        raise WrongUsage(error.sentence) from error


@contextmanager
def _shown(console: Console) -> Iterator[OnProgress]:
    """A bar on a terminal, one line a step elsewhere."""
    if not console.is_terminal:
        yield lambda what, done, total: print(f"[{done + 1}/{total}] {what}", file=sys.stderr, flush=True)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Import", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _left_out(report: Report) -> str:
    names = ", ".join(file["file"] for file in report.files if waits(file))
    return f"Laissés de côté ({report.left_out}), rien n’en est publié\u202f: {names}. Leurs motifs sont ci-dessus."


def _refusal(report: Report) -> str:
    names = ", ".join(file["file"] for file in report.unusable)
    whole = "" if len(report.files) == len(report.unusable) else " (tout ou rien\u202f: les autres attendent)"
    return (
        f"Rien n’est publié\u202f: {len(report.unusable)} fichier(s) sur {len(report.files)} inutilisable(s) "
        f"({names}){whole}. La publication précédente reste montrée."
    )
