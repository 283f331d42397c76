"""Small official-looking files about structures that do not exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from layers.identifiers import luhn
from layers.values.periods import MONTHS

SIAE = ["siret", "kind", "naf", "name", "brand", "post_code", "city", "department", "longitude", "latitude"]
SIAE += ["geocoding_score"]
CONSEILLER = ["id", "nom", "pivot", "commune", "code_postal", "latitude", "longitude", "services", "date_maj"]
JAUNE = ["SIREN", "ASSOCIATION", "IMPUTATION", "Total des subventions", "Détail des subventions"]
POPULATION = ["codgeo", "libgeo", "p20_pop", "p21_pop"]
FILOSOFI = ["CODGEO", "NBMENFISC21", "NBPERSMENFISC21", "MED21", "TP6021"]

LILLE_POINT = ("3.0573", "50.6292")

Cells = Sequence[str]


def siren(number: int) -> str:
    """A number of ordinary form that passes the key; *number* below 10 million."""
    return _keyed(f"9{number:07d}")


def siret(number: int) -> str:
    return _keyed(f"{siren(number)}0001")


def _keyed(digits: str) -> str:
    return next(digits + key for key in "0123456789" if luhn(digits + key))


def siae_row(number: int = 1, **changes: str) -> list[str]:
    row = dict(zip(SIAE, ["", "ACI", "8899B", f"Atelier fictif {number}", "", "59000", "Lille", "59"], strict=False))
    row |= {"siret": siret(number), "longitude": LILLE_POINT[0], "latitude": LILLE_POINT[1], "geocoding_score": "0.9"}
    return list((row | changes).values())


def conseiller_row(number: int = 1, **changes: str) -> list[str]:
    row = dict.fromkeys(CONSEILLER, "")
    row |= {"id": f"f{number}", "nom": f"Lieu fictif {number}", "pivot": siret(number), "commune": "ROUBAIX"}
    row |= {"code_postal": "59100", "services": "Accueil;Conseil", "date_maj": "2021-05-02"}
    return list((row | changes).values())


def jaune_total(number: int, amount: str, place: str = "59 LILLE") -> list[str]:
    return [siren(number), f"FICTION N°{number} - {place}", "", amount, ""]


def jaune_detail(number: int, amount: str, place: str = "59 LILLE", programme: str = "Fiction: 1 - Essai") -> list[str]:
    return [siren(number), f"FICTION N°{number} - {place}", programme, "", amount]


ESS_FRANCE = [
    "SIREN",
    "Nom ou raison sociale de l'entreprise",
    "Famille juridique de l'entreprise",
    "Code postal",
    "Libellé de la commune de l'établissement",
    "Code du département de l'établissement",
    "Département de l'établissement",
    "Région de l'établissement",
]
RNA = [
    *("id", "siret", "position", "nature", "titre", "adrs_codeinsee", "adrs_codepostal", "adrs_libcommune"),
    "date_creat",
]
COMPANIES = ["siret", "siren", "nom", "enseigne", "nature_juridique", "est_ess", "identifiant_association"]
COMPANIES += ["etat_unite_legale", "etat_etablissement", "statut_diffusion_unite_legale"]
COMPANIES += ["statut_diffusion_etablissement", "activite_principale", "activite_principale_naf25"]
COMPANIES += ["tranche_effectif_salarie", "date_creation", "code_commune", "longitude", "latitude"]


def company_row(number: int = 1, **changes: str) -> list[str]:
    row = dict.fromkeys(COMPANIES, "") | {
        "siret": siret(number),
        "siren": siren(number),
        "nom": f"Essai fictif {number}",
        "nature_juridique": "9220",
        "est_ess": "true",
        "etat_unite_legale": "A",
        "etat_etablissement": "A",
        "statut_diffusion_unite_legale": "O",
        "statut_diffusion_etablissement": "O",
        "activite_principale": "88.99B",
        "date_creation": "2015-03-02",
        "code_commune": "59350",
        "longitude": LILLE_POINT[0],
        "latitude": LILLE_POINT[1],
    }
    return list((row | changes).values())


SCDL = ["nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire"]
SCDL += ["rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE"]
SCDL += ["notificationUE", "pourcentageSubvention", "dispositifAide"]
METROPOLE_SIRET = "20009320100016"


def scdl_row(number: int = 1, **changes: str) -> list[str]:
    """A grant of the metropole to a fictitious association, as the schema asks for it."""
    row = dict.fromkeys(SCDL, "") | {
        "nomAttribuant": "Métropole fictive",
        "idAttribuant": METROPOLE_SIRET,
        "dateConvention": "2021-06-30",
        "referenceDecision": f"21-C-{number:04d}",
        "nomBeneficiaire": f"Association fictive {number}",
        "idBeneficiaire": siret(number),
        "objet": "Fonctionnement",
        "montant": "12000.50",
        "nature": "aide en numéraire",
        "conditionsVersement": "unique",
        "datesPeriodeVersement": "2021-07-01/2021-12-31",
        "notificationUE": "non",
        "pourcentageSubvention": "1",
    }
    return list((row | changes).values())


VALID = {
    "siae": (SIAE, [siae_row(1), siae_row(2, city="Roubaix", post_code="59100"), siae_row(3, city="Douai")]),
    "conseiller-numerique": (CONSEILLER, [conseiller_row(1), conseiller_row(2, nom="Mairie", pivot="0" * 14)]),
    "ess-france": (
        ESS_FRANCE,
        [
            ["300000015", "Essai fictif 1", "Associations", "59000", "LILLE", "59", "NORD", "HAUTS DE FRANCE"],
            ["300000023", "Essai fictif 2", "", "59100", "ROUBAIX", "59", "NORD", "HAUTS DE FRANCE"],
            ["300000031", "Essai fictif 3", "Mutuelles", "1000", "BOURG EN BRESSE", "01", "AIN", "AUVERGNE"],
        ],
    ),
    "rna": (
        RNA,
        [
            ["W595000001", "", "A", "D", "ESSAI FICTIF 1", "59350", "59000", "Lille", "2001-02-03"],
            ["W595000002", "", "D", "D", "ESSAI FICTIF 2", "59350", "59000", "Lille", ""],
            ["W595000003", "", "A", "D", "ESSAI FICTIF 3", "62041", "62000", "Arras", ""],
        ],
    ),
    "jaune": (
        JAUNE,
        [
            jaune_total(1, "1 500 "),
            jaune_detail(1, "1 000 "),
            jaune_detail(1, "500 ", programme="Fiction: 2 - Autre"),
            jaune_total(2, "7 000", "59 DOUAI"),
            jaune_detail(2, "7 000", "59 DOUAI"),
            jaune_total(3, "300", "59 "),
            jaune_detail(3, "300", "59 "),
        ],
    ),
    "scdl": (SCDL, [scdl_row(1), scdl_row(2, nomBeneficiaire="COMMUNE DE FICTION"), scdl_row(3, montant="deux")]),
    "population": (
        POPULATION,
        [["59350", "Lille", "10", "20"], ["59512", "Roubaix", "5", ""], ["59178", "D", "1", "1"]],
    ),
    "filosofi": (FILOSOFI, [["59350", "10", "20", "21000", "25,5"], ["59512", "5", "9", "18000", "s"]]),
    "flores": (
        ["CODGEO", "annee", "secteur", "famille", "etablissements", "postes", "plus_grand_etablissement"],
        [
            ["59350", "2022", "88", "Associations", "12", "340", "80"],
            ["59512", "2022", "Action sociale", "", "1", "s", ""],
            ["59178", "2022", "88", "Associations", "3", "20", "9"],
        ],
    ),
    "flores-communes": (
        [
            *("GEO", "GEO_OBJECT", "ACTIVITY", "NUMBER_EMPL", "LEGAL_FORM_WITH_PUBLIC", "FLORES_MEASURE"),
            *("OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"),
        ],
        [
            ["59350", "COM", "_T", "_T", "1T9X7", "EMPL3112", "A", "2022", "1000"],
            ["59350", "COM", "GZ", "_T", "1T9X7", "EMPL3112", "A", "2022", "1000"],
            ["59350", "COM", "_T", "_T", "1T9X7", "UNIT_LOC", "A", "2022", "60"],
            ["59512", "COM", "_T", "_T", "1T9X7", "EMPL3112", "K", "2022", ""],
            ["59", "DEP", "_T", "_T", "1T9X7", "EMPL3112", "A", "2022", "9000"],
        ],
    ),
    "flores-etablissements": (
        ["CODGEO", "LIBGEO", "ET_TOT", "ET_AZ", "ET_BE"],
        [["59350", "Lille", "60", "20", "40"], ["59512", "Roubaix", "s", "", "3"], ["59178", "Douai", "8", "8", "0"]],
    ),
    "jobseekers": (
        ["codgeo", "YEAR", "Demandeurs_Emploi"],
        [
            *(["59350", f"{month}_2020", "30980"] for month in MONTHS),
            ["59512", "janvier_2020", "16360"],
            ["59178", "mars_2020", "10"],
        ],
    ),
    "social-housing": (
        ["DEPCOM_ARM", "LIBCOM", "nb_ls"],
        [["59350", "Lille", "30000"], ["59512", "Roubaix", "12000"], ["59178", "Douai", "20"]],
    ),
    "employment-zones": (
        ["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020"],
        [["59350", "Lille", "3216", "Lille"], ["59512", "Roubaix", "16", "Ailleurs"], ["59178", "Douai", "3212", "D"]],
    ),
    "recherche-entreprises": (
        COMPANIES,
        [
            company_row(1),
            company_row(2, code_commune="59355", statut_diffusion_etablissement="P", nom="", longitude="", latitude=""),
            company_row(3, nature_juridique="7344", code_commune="59512"),
            company_row(4, etat_etablissement="F"),
            company_row(5, code_commune="59606"),
        ],
    ),
}


def text(header: Cells, rows: Sequence[Cells], delimiter: str = ";") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerows([header, *rows])
    return stream.getvalue()


def write(folder: Path, header: Cells, rows: Sequence[Cells], name: str = "fiction_2021.csv", **how: str) -> Path:
    path = folder / name
    content = text(header, rows, how.get("delimiter", ";"))
    path.write_bytes(content.encode(how.get("encoding", "utf-8")))
    return path
