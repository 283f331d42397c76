"""Grants published by administrations (SCDL "subventions" 2.0 and 2.1, order of 17 November 2017), as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layers.readers import scdl_conformity
from layers.readers.columns import Column
from layers.readers.grants.declaration import NEEDED, Layout
from layers.readers.grants.layout import reader
from layers.readers.reader import Reader
from layers.recognition.columns import ColumnMeaning
from layers.recognition.titles import GRANT

KIND: Final = scdl_conformity.KIND
LAYOUT: Final = Layout(
    kind=KIND,
    title="Subventions publiées par les administrations (données essentielles)",
    part="subventions publiées par les administrations",
    publisher="Administrations attribuantes (nommées par le fichier)",
    licence="Licence de l’administration qui publie, à préciser",
    attribution="Données essentielles des conventions de subvention, administration attribuante",
    caveats=(
        "Où le fichier ne dit pas le lieu du bénéficiaire, il est situé par le registre : son SIRET, son SIREN, son"
        " numéro RNA, puis son nom.",
        "Sont gardés les bénéficiaires que le registre, un numéro RNA ou leur nom disent de l’ESS.",
        "Montants conventionnés, comptés en entier à l’année de la convention, même s’ils courent sur plusieurs.",
        "Ni les aides en nature, ni les prêts, ni les garanties ne sont comptés.",
    ),
    stage="contracted",
    no_scheme="Convention de subvention",
    names={meaning: name for name, meaning in scdl_conformity.MEANINGS.items()},
)
_TOLD: Final = (*NEEDED, "grantor")
_BESIDE: Final = (
    "reference", "purpose", "nature", "conditions", "period", "grantor_siret", "share", "state_aid", "rae", "siret",
    "date",
)  # fmt: skip
_PROOFS: Final = 2


def is_published(columns: Sequence[ColumnMeaning]) -> bool:
    """Whether columns are those of grants as they are published: who gives, who receives, how much, and two more."""
    told = {one.meaning for one in columns if one.confidence and (one.meaning != "amount" or one.money.form == GRANT)}
    return told.issuperset(_TOLD) and len(told.intersection(_BESIDE)) >= _PROOFS


_FIELDS: Final = tuple(
    Column(meaning, name, required=meaning in NEEDED) for name, meaning in scdl_conformity.MEANINGS.items()
)
READER: Final[Reader] = replace(reader(LAYOUT, ()), columns=_FIELDS)
"""As the schema has it; a file is read by what its columns mean, whatever their titles."""
