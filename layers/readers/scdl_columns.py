"""Columns of the grants that administrations publish (SCDL "subventions"), and the names they really give them."""

from __future__ import annotations

from typing import Final

from layers.readers.columns import Column

_OF_SUBSIDY: Final = "(?:_de_la_subvention|_subvention|_de_subvention)?"

COLUMNS: Final = (
    Column(
        "grantor",
        "nomAttribuant",
        r"nom_?attribuant|(?:nom_)?(?:de_l_)?attribu(?:taire|ant)|nom_de_l_attribu(?:taire|ant)",
    ),
    Column(
        "grantor_siret",
        "idAttribuant",
        r"id_?attribuant|siret_?(?:de_l_)?attribu(?:taire|ant)|identification_de_l_attribu(?:taire|ant)(?:_siret)?",
        required=False,
    ),
    Column("date", "dateConvention", r"date_?(?:de_)?(?:la_)?convention" + _OF_SUBSIDY + r"|date_(?:de_)?decision"),
    Column("reference", "referenceDecision", r"reference_?(?:de_)?(?:la_)?decision", required=False),
    Column("name", "nomBeneficiaire", r"nom_?(?:du_)?beneficiaire|beneficiaire|raison_sociale_(?:du_)?beneficiaire"),
    Column(
        "siret",
        "idBeneficiaire",
        r"id_?beneficiaire|(?:n_?)?siret_?(?:du_)?beneficiaire|identification_du_beneficiaire(?:_siret)?",
        required=False,
    ),
    Column("rna", "rnaBeneficiaire", r"rna_?(?:du_)?beneficiaire", required=False),
    Column("purpose", "objet", r"objet" + _OF_SUBSIDY, required=False),
    Column("amount", "montant", r"montant(?:_total)?(?:_vote|_attribue)?" + _OF_SUBSIDY + r"(?:_(?:en_)?euros?)?"),
    Column("nature", "nature", r"nature(?:_de_l_aide)?" + _OF_SUBSIDY, required=False),
    Column("conditions", "conditionsVersement", r"conditions?_?(?:de_)?versement", required=False),
    Column(
        "period", "datesPeriodeVersement", r"dates?_?(?:s_)?(?:ou_)?periodes?_?(?:s_)?(?:de_)?versement", required=False
    ),
    Column("rae", "idRAE", r"id_?rae|numero_unique_de_referencement_au_rae", required=False),
    Column(
        "state_aid",
        "notificationUE",
        r"notification_?ue|aide_d_etat_notifiee?_a_la_commission_europeenne",
        required=False,
    ),
    Column(
        "share",
        "pourcentageSubvention",
        r"pourcentage_?subvention|pourcentage_du_montant_de_la_subvention_attribuee?_au_beneficiaire",
        required=False,
    ),
    Column("scheme", "dispositifAide", r"dispositif_?(?:d_)?aide", required=False),
)
"""In the order of the schema 2.1; 2.0 has neither ``rnaBeneficiaire`` nor ``dispositifAide``."""
