"""ESS units of the public company-search API, as ``ess fetch recherche-entreprises`` writes them: one line a SIRET."""

from __future__ import annotations

from typing import Final

from layers import ess_rule
from layers.ape import ape_code
from layers.ess import sector_of
from layers.fetching.units import PARTIAL
from layers.readers import vintages
from layers.readers.actor_records import Seen, checked_siret, is_out, listed, point, point_in, record
from layers.readers.columns import Column
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader
from layers.readers.rows import Row

KIND: Final = "recherche-entreprises"
ACTIVE: Final = "A"
SIREN_DIGITS: Final = 9

COLUMNS: Final = (
    Column("siret", "siret"),
    Column("name", "nom"),
    Column("sign", "enseigne", required=False),
    Column("category", "nature_juridique"),
    Column("ess", "est_ess"),
    Column("rna", "identifiant_association", required=False),
    Column("unit_state", "etat_unite_legale"),
    Column("state", "etat_etablissement"),
    Column("unit_diffusion", "statut_diffusion_unite_legale"),
    Column("diffusion", "statut_diffusion_etablissement"),
    Column("ape", "activite_principale"),
    Column("ape_2025", "activite_principale_naf25", required=False),
    Column("size_class", "tranche_effectif_salarie"),
    Column("created", "date_creation", required=False),
    Column("commune", "code_commune"),
    Column("longitude", "longitude", required=False),
    Column("latitude", "latitude", required=False),
)


def _actor(intake: Intake, row: Row, seen: Seen) -> Record | None:
    siret = checked_siret(intake, row, "siret")
    if siret is None:
        return None
    if siret.code is None:
        intake.reject(row, "siret", "SIRET absent", "Récupérer à nouveau le fichier.")
        return None
    place = intake.place(row, "commune", intake.attacher.attach(insee=row["commune"] or None))
    if place is None or _is_not_counted(intake, row, siret.code, seen):
        return None
    judgement = _judged(row)
    why = "Hors de l’ESS par leur catégorie juridique ou leur activité"
    if is_out(intake, row, (judgement.ess == ess_rule.NO, "not_ess", why)):
        return None
    partial = PARTIAL in (row["unit_diffusion"], row["diffusion"])
    if partial:
        intake.note("partial_diffusion", "Unités en diffusion partielle : comptées, jamais nommées", row.line)
    told = {
        "rna": row["rna"] or None,
        "name": "" if partial else _name(row),
        "sector": sector_of(row["ape"]),
        "family": judgement.family,
        "ess": judgement.ess,
        "size_class": row["size_class"] or None,
        "legal_category": row["category"] or None,
        "ape": ape_code(row["ape"]),
        "ape_2025": ape_code(row["ape_2025"]),
        "created": row["created"] or None,
        "diffusion": PARTIAL if partial else "O",
        "reasons": " ".join(judgement.reasons) or None,
        "conflict": judgement.conflict,
        **point_in(intake, row, place.commune, None if partial else point(intake, row)),
    }
    return record(intake, row, place, f"{KIND}:{siret.code}", siret.code, **told)


def _is_not_counted(intake: Intake, row: Row, siret: str, seen: Seen) -> bool:
    """Whether the row was met before, or is of a closed establishment or unit; it is then ruled on."""
    closed = not row["state"] == row["unit_state"] == ACTIVE
    why = "Établissements fermés, ou d’une unité légale cessée : hors du champ"
    return intake.is_seen(row, siret, siret, seen) or is_out(intake, row, (closed, "closed", why))


def _judged(row: Row) -> ess_rule.Judgement:
    """The rule of the ESS; ``est_ess`` means flag O or list, without telling which."""
    said = (ess_rule.FLAG_OR_LIST,) if row["ess"].lower() == "true" else ()
    return ess_rule.judge(row["category"], row["ape"], None, said)


def _name(row: Row) -> str:
    name, sign = row["name"], row["sign"]
    if name and sign and sign.casefold() not in name.casefold():
        return f"{name} ({sign})"
    return name or sign or f"SIREN {row['siret'][:SIREN_DIGITS]}"


READER: Final = Reader(
    kind=KIND,
    title="Unités de l’ESS de l’API Recherche d’entreprises",
    publisher="Direction interministérielle du numérique (DINUM), d’après l’Insee et ESS France",
    licence="Licence Ouverte 2.0",
    attribution="Annuaire des entreprises (DINUM), API Recherche d’entreprises, d’après l’Insee et ESS France",
    caveats=(
        "Une unité est de l’ESS selon cette API si la liste d’ESS France la nomme ou si Sirene la dit de l’ESS ;"
        " l’API ne dit pas lequel des deux.",
        "Une association que ni Sirene ni la liste ne disent de l’ESS n’y est pas : le stock Sirene en retient"
        " davantage.",
        "Ni les unités non diffusibles, ni les personnes physiques en diffusion partielle n’y figurent.",
        "Établissements actifs, employeurs ou non. La tranche d’effectifs est une classe, jamais un nombre d’emplois.",
    ),
    columns=COLUMNS,
    read=listed(_actor),
    vintage=vintages.of_list,
)
