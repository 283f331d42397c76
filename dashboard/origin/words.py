"""The words of a trace: its parts, its records, the lines of its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.directory import labels
from dashboard.i18n import _, msg, plural
from dashboard.pages.acteur import STAGES
from dashboard.pages.acteurs import size_label
from dashboard.pages.methode_words import fact
from dashboard.provenance import EMBEDDED_TITLES
from layers.dimensions import ACTORS
from layers.facts import RECORDS as RECORDED
from layers.indicators.declaration import LEVEL
from layers.trace import CELLS, EMBEDDED, RECORDS

if TYPE_CHECKING:
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.trace import Entry, File, Line, Part

ROLES = {"numerator": msg("Numérateur"), "denominator": msg("Dénominateur")}
ALONE = msg("Ce qui est compté")
EUROS = ("amount",)
FINE = ("area_km2",)


@dataclass(frozen=True, slots=True)
class Row:
    """One record or cell of a table: its cells, each with the heading of its column, then its lines."""

    name: str
    cells: tuple[tuple[str, str], ...]
    amount: str
    lines: tuple[tuple[str, str], ...]


def is_of_grants(part: Part) -> bool:
    """Whether a part adds grants up."""
    return part.kind == RECORDS and RECORDED[part.fact].table != ACTORS


def titled(indicator: Indicator, part: Part) -> str:
    """« Numérateur : montants des subventions, en euros, 2023 »."""
    role = _(ALONE) if indicator.denominator is None else _(ROLES[part.role])
    told = ", ".join(str(one) for one in (fact(indicator, part.fact), part.year) if one)
    return locale.tight(role + _(" : ") + told)


def amount(indicator: Indicator, name: str, value: float) -> str:
    """A number of a part, as its fact is written."""
    if name in EUROS:
        return locale.euros(value)
    if indicator.kind == LEVEL:
        return locale.value(indicator, value)
    return locale.number(value, 2 if name in FINE else 0 if float(value).is_integer() else 1)


def heads(part: Part) -> tuple[str, ...]:
    """Headings of the columns of a part, the first and the last two apart."""
    if part.kind == EMBEDDED:
        return ()
    if is_of_grants(part):
        return (_("Commune"), _("Attribuée par"), _("Dispositif"), _("Stade"))
    if part.kind == RECORDS:
        return (_("Commune"), labels.facet_label("sector"), labels.facet_label("family"))
    return (labels.facet_label("sector"), labels.facet_label("family"), labels.facet_label("size"))


def first_head(part: Part) -> str:
    """Heading of the first column."""
    if part.kind != RECORDS:
        return _("Zone")
    return _("Bénéficiaire") if is_of_grants(part) else _("Structure")


def rows(release: Release, indicator: Indicator, part: Part, page: int) -> tuple[Row, ...]:
    """The records or cells of a page of a part."""
    return tuple(_row(release, indicator, part, entry) for entry in part.page(page))


def _row(release: Release, indicator: Indicator, part: Part, entry: Entry) -> Row:
    said = entry.details
    told = {
        labels.facet_label("sector"): labels.told(release, "sector", said.get("sector")),
        labels.facet_label("family"): labels.kind_label(said.get("family")),
        labels.facet_label("size"): size_label(said.get("size_class")),
        _("Commune"): labels.commune_name(release, entry.commune) if entry.commune else labels.DASH,
        _("Attribuée par"): said.get("grantor", labels.DASH),
        _("Dispositif"): said.get("instrument", labels.DASH),
        _("Stade"): _(STAGES[said["kind"]]) if "kind" in said else labels.DASH,
    }
    return Row(
        name=entry.name if entry.named else _("non nommé"),
        cells=tuple((head, told[head]) for head in heads(part)),
        amount=amount(indicator, part.fact, entry.amount),
        lines=tuple((where(line, alone=len(part.files) == 1), line.text) for line in entry.lines),
    )


def where(line: Line, *, alone: bool) -> str:
    """« grants.csv, ligne 12 », the line alone where all are of one file; the file where the line may not be told."""
    told = [_("feuille « {name} »").format(name=line.sheet_name)] if line.sheet_name else []
    told += [_("ligne {n}").format(n=line.number)] if line.number is not None else []
    named = [] if alone and told else [line.file.name or file_title(line.file)]
    return locale.tight(", ".join([*named, *told]))


def file_title(file: File) -> str:
    """Title of a file, in the language in force."""
    return _(EMBEDDED_TITLES.get(file.kind, file.title))


def counted(part: Part) -> str:
    """How many records or cells there are to be read."""
    if part.kind != RECORDS:
        told = plural("{n} cellule", "{n} cellules", part.count)
    elif is_of_grants(part):
        told = plural("{n} subvention", "{n} subventions", part.count)
        if part.fact == "beneficiaries":
            told = plural("{n} bénéficiaire", "{n} bénéficiaires", part.count)
    else:
        told = plural("{n} structure", "{n} structures", part.count)
    return locale.tight(told.format(n=locale.number(part.count)))


def remarks(part: Part) -> list[str]:
    """What is to be known of a part, beside its records."""
    found = []
    if part.withheld:
        found.append(
            _("D’autres cellules de ce total sont sous secret statistique : elles ne sont ni montrées, ni dénombrées.")
        )
    if part.unlined:
        found.append(
            _("Les lignes d’un fichier sous secret ne sont pas données : leurs trous diraient ce qui est caché.")
        )
    if part.unnamed:
        told = plural(
            "{n} est comptée sans être nommée : diffusion partielle ou personne physique, ni nom, ni lieu, ni ligne.",
            "{n} sont comptées sans être nommées : diffusion partielle ou personnes physiques, ni nom, ni lieu, ni "
            "ligne.",
            part.unnamed,
        )
        found.append(told.format(n=locale.number(part.unnamed)))
    if part.fact == "beneficiaries":
        found.append(_("De chaque bénéficiaire, la ligne est celle de sa subvention la plus forte."))
    if part.kind == EMBEDDED:
        found.append(_("Fichier livré avec le programme : la ligne est le rang de la commune dans ce fichier."))
    if part.kind == CELLS and not part.count and not part.withheld:
        found.append(_("Aucune cellule."))
    return [locale.tight(one) for one in found]
