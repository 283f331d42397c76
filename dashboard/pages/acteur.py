"""``/acteurs/<key>``: the sheet of one structure, from what every list says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from dashboard import geometry, locale
from dashboard.directory import labels
from dashboard.directory.state import PATH, DirectoryState, address, parse
from dashboard.i18n import _, msg
from dashboard.pages import Page
from dashboard.pages.acteurs import size_label
from dashboard.viewstate import ViewState
from geodata.perimeter import CURRENT, members
from layers.ess import legal_categories
from layers.ess_rule import CATEGORY, CATEGORY_YES_FLAG_NO, ESUS, FLAG, FLAG_OR_LIST, LIST, MANUAL, REVIEW

if TYPE_CHECKING:
    from dashboard.services import Services, View
    from layers.sheets import Sheet

PAGE = Page(
    "acteur",
    f"{PATH}/",
    msg("Fiche d’une structure"),
    msg("Ce que chaque source dit d’une structure."),
    ("carte.css", "acteurs.css", "acteur.css"),
)
FIELDS = {
    "name": msg("Nom"),
    "commune": msg("Commune"),
    "sector": msg("Secteur"),
    "family": msg("Famille"),
    "size_class": msg("Tranche d’effectifs"),
    "legal_category": msg("Catégorie juridique"),
    "ape": msg("Activité (APE)"),
    "ess": msg("Statut ESS"),
    "reasons": msg("Pourquoi l’ESS"),
    "position": msg("Position"),
    "created": msg("Création"),
    "priority_area": msg("Quartier prioritaire"),
}
REASONS = {
    CATEGORY: msg("catégorie juridique de l’ESS"),
    FLAG: msg("indicateur ESS de Sirene"),
    LIST: msg("présence dans une liste de l’ESS"),
    FLAG_OR_LIST: msg("liste d’ESS France ou indicateur de Sirene (sans dire lequel)"),
    ESUS: msg("agrément ESUS"),
    MANUAL: msg("saisie de la métropole"),
}
STANDINGS = {"yes": msg("retenue comme ESS"), REVIEW: msg("à vérifier")}
POSITIONS = {"address": msg("à l’adresse"), "commune": msg("commune seulement")}
STAGES = {
    "asked": msg("demandée"),
    "voted": msg("votée"),
    "contracted": msg("conventionnée"),
    "paid": msg("versée"),
}
FOUND_BY = {
    "siret": msg("SIRET"),
    "siren_in_commune": msg("SIREN et commune"),
    "siren": msg("SIREN"),
    "rna": msg("RNA"),
    "name_in_commune": msg("nom exact dans la commune"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of what the lists say: what is kept, then the word of each; ``differs`` where they disagree."""

    label: str
    kept: str
    words: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the word of one list comes from: title, vintage, file, line."""

    title: str
    vintage: str
    file: str
    line: int
    sha256: str


def context(view: View, services: Services, found: Sheet) -> dict[str, Any]:
    """All that the template ``acteur.html`` prints."""
    state, ignored = parse(view.query, view.release)
    origins = [_origin(view, row) for _index, row in found.rows.iterrows()]
    said = [_said(view, found, name, label) for name, label in FIELDS.items()]
    kept = found.kept
    commune = kept["commune"] if isinstance(kept["commune"], str) else None
    return {
        "title": str(kept["name"]),
        "ignored": ignored,
        "sheet": found,
        "back": replace(state, actor=found.key).href,
        "numbers": [
            (name.upper(), str(kept[name])) for name in ("siret", "siren", "rna") if isinstance(kept[name], str)
        ],
        "summary": _summary(view, kept),
        "standing": word(view, "ess", kept["ess"]),
        "to_review": kept["ess"] == REVIEW,
        "reasons": [_(REASONS.get(code, code)) for code in str(kept["reasons"]).split()]
        if isinstance(kept["reasons"], str)
        else [],
        "flag_conflict": kept["conflict"] == CATEGORY_YES_FLAG_NO if isinstance(kept["conflict"], str) else False,
        "origins": origins,
        "lines": [one for one in said if one.kept != labels.DASH or any(word != labels.DASH for word in one.words)],
        "years": [
            (year, address(f"{PATH}/{quote(found.key, safe=':')}", replace(state, year=year).to_query()))
            for year in found.years
        ],
        "spot": _spot(view, kept),
        "geometry": geometry.drawing(view.release, CURRENT),
        "grants": _grants(found.grants),
        "unit_grants": _grants(found.unit_grants),
        "sums": _sums(found.grants),
        "report": report(view, found, origins),
        "mail": mail(services.contact, report(view, found, origins), str(kept["name"])),
        "contact": services.contact,
        "territory_url": _on_the_map(state, commune) if commune else "",
    }


def _on_the_map(state: DirectoryState, commune: str) -> str:
    """The commune on ``/carte``, in the release and the language of the sheet."""
    return address("/carte", ViewState(commune=commune, release=state.release, lang=state.lang).to_query())


def report(view: View, found: Sheet, origins: list[Origin]) -> str:
    """The reference of a structure, exact to the line, for whoever reports an error on it."""
    kept = found.kept
    lines = [
        _("Signalement d’une erreur sur une structure"),
        _("Structure : {name}").format(name=kept["name"]),
        _("Référence : {key}").format(key=found.key),
        _("Année : {year}").format(year=found.year),
        _("Publication : {release}").format(release=view.release.id),
        *(
            _("Source : {title}, {vintage}, fichier {file}, ligne {line}, sha256 {digest}").format(
                title=one.title, vintage=one.vintage, file=one.file, line=one.line, digest=one.sha256
            )
            for one in origins
        ),
        _("Ce qui est faux, et ce qu’il faudrait lire :"),
    ]
    return "\n".join(lines)


def mail(contact: str, body: str, name: str) -> str:
    """A ``mailto:`` address that opens the message ready to be completed; empty where no contact is set."""
    if not contact:
        return ""
    subject = _("Erreur signalée : {name}").format(name=name)
    return f"mailto:{quote(contact, safe='@')}?subject={quote(subject)}&body={quote(body + chr(10))}"


def word(view: View, name: str, value: object) -> str:
    """A value of a list in words; a dash where it says nothing."""
    if not isinstance(value, str) or not value:
        return labels.DASH
    if name in {"commune", "sector", "family"}:
        return labels.told(view.release, name, value)
    if name == "legal_category":
        category = legal_categories().get(value)
        return f"{value} {category.label}" if category else value
    if name == "reasons":
        return ", ".join(_(REASONS.get(code, code)) for code in value.split())
    if name == "size_class":
        return size_label(value)
    tables = {"ess": STANDINGS, "position": POSITIONS}
    return _(tables[name].get(value, value)) if name in tables else value


def _said(view: View, found: Sheet, name: str, label: str) -> Said:
    words = tuple(word(view, name, value) for value in found.rows[name])
    return Said(_(label), word(view, name, found.kept[name]), words, name in found.disagreements)


def _summary(view: View, kept: pd.Series) -> list[str]:
    commune = kept["commune"] if isinstance(kept["commune"], str) else None
    told = [
        labels.kind_label(kept["family"]),
        labels.told(view.release, "sector", kept["sector"]),
        size_label(kept["size_class"]),
    ]
    told += [labels.commune_name(view.release, commune)] if commune else []
    told += [labels.value_label(view.release, "territory", members()[commune])] if commune in members() else []
    return [one for one in told if one != labels.DASH]


def _origin(view: View, row: pd.Series) -> Origin:
    sources = view.release.manifest["sources"]
    held = next((s for s in sources if s["kind"] == row["source"] and s.get("sha256") == row["file_sha256"]), None)
    title = held["title"] if held else labels.source_label(str(row["source"]))
    file = str(held.get("file") or labels.DASH) if held else labels.DASH
    return Origin(str(title), str(row["vintage"]), file, int(row["row"]), str(row["file_sha256"]))


def _spot(view: View, kept: pd.Series) -> dict[str, Any] | None:
    """Where it stands on the map: at its address, or its commune whole where only that is known."""
    shapes = geometry.drawing(view.release, CURRENT).paths.communes
    commune = kept["commune"] if isinstance(kept["commune"], str) and kept["commune"] in shapes else None
    told = pd.notna(kept["position"]) and pd.notna(kept["longitude"]) and pd.notna(kept["latitude"])
    if told and kept["position"] == "address":
        ((x, y),) = geometry.place(view.release, [kept["longitude"]], [kept["latitude"]])
        return {"x": x, "y": y, "exact": True, "commune": commune}
    return {"exact": False, "commune": commune} if commune else None


def _grants(grants: pd.DataFrame) -> list[dict[str, str]]:
    return [_grant(row) for _index, row in grants.iterrows()]


def _grant(row: pd.Series) -> dict[str, str]:
    found_by, stage = FOUND_BY.get(str(row["found_by"]), labels.DASH), STAGES[str(row["kind"])]
    line = _("ligne {n}").format(n=row["row"])
    return {
        "year": str(row["year"]),
        "grantor": str(row["grantor"]),
        "instrument": str(row["instrument"]),
        "stage": _(stage),
        "amount": locale.euros(int(row["amount_cents"]) / 100),
        "found_by": _(found_by),
        "source": ", ".join((labels.source_label(str(row["source"])), str(row["vintage"]), line)),
    }


def _sums(grants: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Sum of each year and stage: stages are never added to one another."""
    sums = grants.groupby(["year", "kind"], sort=True)["amount_cents"].agg(["sum", "count"])
    rows = [*sums.reset_index().itertuples(index=False, name=None)]
    return [
        (str(year), _(STAGES[str(kind)]), locale.euros(int(cents) / 100))
        for year, kind, cents, count in reversed(rows)
        if count > 1
    ]
