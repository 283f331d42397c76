"""What a column of a spreadsheet can be, and a mapping that says which is which."""

from __future__ import annotations

import re
from collections.abc import Mapping as Columns
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from layers.ess import FAMILIES
from layers.ess_rule import ESUS, LIST
from layers.headings import normalised
from layers.tables import KINDS

ACTORS, GRANTS = "actors", "grants"
TO_REVIEW: Final = "to_review"
BASES: Final = (LIST, ESUS, TO_REVIEW)
"""Why the structures of a list are of the ESS: the list says so, an ESUS approval, or nothing does."""
_SIGNATURE: Final = 16


@dataclass(frozen=True, slots=True)
class Target:
    """What a column can be: its label in French and the headers that are taken for it."""

    key: str
    label: str
    pattern: str

    def matches(self, header: str) -> bool:
        """Whether a header is this, whatever its capitals and accents."""
        return re.fullmatch(self.pattern, normalised(header)) is not None


_WHOSE: Final = "structure|beneficiaire|etablissement|entreprise|association|organisme|siege"
_OF: Final = rf"(?:_(?:de_|du_|de_la_|de_l_)?(?:{_WHOSE}))?"
TARGETS: Final[tuple[Target, ...]] = (
    Target("siret", "SIRET", r"(?:n_|numero_|num_)?siret" + _OF + r"|id_?beneficiaire"),
    Target("siren", "SIREN", r"(?:n_|numero_|num_)?siren" + _OF),
    Target("rna", "RNA", r"(?:n_|numero_)?(?:rna|waldec|w)" + _OF),
    Target(
        "name",
        "Nom",
        r"(?:nom|denomination|raison_sociale|structure|beneficiaire|association|organisme|enseigne|entreprise|porteur)(?:_(?:sociale|legale|usuelle|ou_raison_sociale))?"
        + _OF,
    ),
    Target(
        "insee",
        "Code Insee",
        r"(?:code_)?(?:insee|depcom|codgeo|cog)(?:_(?:de_la_)?commune)?|code_commune(?:_insee)?",
    ),
    Target("postcode", "Code postal", r"(?:code_postal|cp|codepostal|post_code)" + _OF),
    Target("city", "Commune", r"(?:commune|ville|localite|city|libelle_commune|nom_(?:de_la_)?commune)" + _OF),
    Target("address", "Adresse", r"adresse(?:_(?:postale|complete))?" + _OF),
    Target("department", "Département", r"(?:code_)?(?:departement|dept|dep)(?:_(?:de_l_etablissement))?"),
    Target("ape", "Code APE", r"(?:code_)?(?:ape|naf|activite_principale)(?:_naf)?"),
    Target("amount", "Montant", r"montant(?:_.*)?|subvention(?:_(?:accordee|versee|votee|en_euros?))?|somme(?:_.*)?"),
    Target("year", "Année", r"annee(?:_.*)?|exercice(?:_.*)?|millesime"),
    Target("date", "Date", r"date(?:_(?:de_)?(?:la_)?(?:decision|convention|vote|attribution|versement))?"),
    Target("grantor", "Financeur", r"(?:nom_)?(?:financeur|attribuant|attributaire|payeur|collectivite)"),
    Target("instrument", "Dispositif", r"dispositif(?:_.*)?|programme(?:_budgetaire)?|instrument"),
)
BY_KEY: Final = {target.key: target for target in TARGETS}
OF_GRANTS_ALONE: Final = ("amount", "year", "date", "grantor", "instrument")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a spreadsheet is read.

    Attributes
    ----------
    table : ``actors`` or ``grants``.
    title : name of the list, in French, as it is shown.
    columns : key of a `Target` by header; a header that is not there is left aside.
    constants : what holds for every row: ``basis`` (one of `BASES`), ``family``, ``stage`` (of `layers.tables.KINDS`),
        ``grantor``, ``instrument``, ``year``.
    private : the columns left aside are of persons: nothing of them is kept, even of a refused row.
    """

    table: str
    title: str
    columns: Columns[str, str]
    constants: Columns[str, str] = field(default_factory=dict)
    private: bool = False

    def suits(self, header: Sequence[str]) -> bool:
        """Whether *header* has every column of the mapping."""
        known = {normalised(name) for name in header}
        return bool(self.columns) and all(normalised(name) in known for name in self.columns)

    def to_json(self) -> dict[str, Any]:
        """As it is saved, and edited."""
        return {
            "table": self.table,
            "title": self.title,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "private": self.private,
        }


def signature(header: Sequence[str]) -> str:
    """What makes two spreadsheets the same list of another day: their headers, in any order."""
    told = "|".join(sorted(normalised(name) for name in header if name))
    return sha256(told.encode()).hexdigest()[:_SIGNATURE]


def from_json(content: Any) -> Mapping:
    """A mapping read back; ``ValueError`` in French where it cannot be used."""
    if not isinstance(content, dict):
        raise ValueError("un objet JSON est attendu")
    table = content.get("table")
    columns, constants = content.get("columns"), content.get("constants", {})
    if table not in (ACTORS, GRANTS):
        raise ValueError(f"« table » : {ACTORS} ou {GRANTS} attendu")
    if not isinstance(columns, dict) or not isinstance(constants, dict):
        raise ValueError("« columns » et « constants » : des objets sont attendus")
    read = {str(name): _key(str(key)) for name, key in columns.items() if key}
    _check(table, read, constants)
    said = {str(key): str(value) for key, value in constants.items()}
    return Mapping(table, str(content.get("title") or "Liste"), read, said, bool(content.get("private", False)))


def _key(said: str) -> str:
    """Key of a target by its key or its label in French."""
    found = next((one.key for one in TARGETS if normalised(said) in (one.key, normalised(one.label))), None)
    if found is None:
        raise ValueError(f"« {said} » n’est pas une colonne connue : {', '.join(one.label for one in TARGETS)}")
    return found


def _check(table: str, columns: Columns[str, str], constants: Columns[str, Any]) -> None:
    keys = list(columns.values())
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(f"« {BY_KEY[twice].label} » est donné deux fois")
    if "name" not in keys:
        raise ValueError("une colonne « Nom » est nécessaire")
    if table == GRANTS and "amount" not in keys:
        raise ValueError("une colonne « Montant » est nécessaire")
    allowed = {"basis": BASES, "family": tuple(FAMILIES), "stage": KINDS}
    for key, values in allowed.items():
        if key in constants and constants[key] not in values:
            raise ValueError(f"« {key} » : {', '.join(values)}")
    if "year" in constants and not re.fullmatch(r"(?:19|20)\d\d", str(constants["year"])):
        raise ValueError("« year » : une année à quatre chiffres")
