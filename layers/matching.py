"""One structure in several lists is one actor with several sources (domain: SIRET, else SIREN and commune, else RNA).

The release keeps the rows of each list as they were read, so that a new list takes the place of the older one. They
are brought together here, year by year: lists of two years are never added up. A name alone brings nothing together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from layers.tables import COLUMNS

if TYPE_CHECKING:
    from layers.release import Release

PRIORITY: Final = ("sirene", "recherche-entreprises", "siae", "ess-france", "table", "rna", "conseiller-numerique")
"""Whose word is taken first for what several lists say; a source that is not named comes last, by name."""
PARTIAL: Final = "P"
STRUCTURE: Final = ["year", "_structure"]
YEARLY: Final = ("siren", "rna")
"""Kinds of keys that begin by the year, since the same number may mean another structure in another one."""
CONTRADICTED: Final = ("actor_id", "name", "year", "field", "values")
COMPARED: Final = ("commune", "family", "sector")
"""What lists may contradict each other on; names are written in too many ways to be compared."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The structures of a release.

    Attributes
    ----------
    structures : the columns of the table ``actors`` and ``sources`` (kinds parted by spaces, sorted); one row a
        structure and year. A structure is of the ESS where one of its sources says yes. One in partial diffusion in any
        list has neither name nor point.
    contradictions : ``actor_id``, ``name``, ``year``, ``field``, ``values`` (each with its source): what lists say
        differently of one structure; the first by `PRIORITY` was kept.
    keys : for each row of ``structures``, the name of the structure in an address, the same from one year and release
        to the next: SIRET, else SIREN and commune, else RNA number, else the list that names it and its number there.
    rows : the rows of the lists with the ``key`` of their structure, those whose word is taken first before the others.
    """

    structures: pd.DataFrame
    contradictions: pd.DataFrame
    keys: pd.Series
    rows: pd.DataFrame


def matched(release: Release) -> Matched:
    """The structures of a release, brought together once."""
    found: Matched = release.cache.get("matched", lambda: match(release.actors))
    return found


def structures(release: Release) -> pd.DataFrame:
    """The structures of a release; see `Matched`."""
    return matched(release).structures


def match(actors: pd.DataFrame) -> Matched:
    """Bring together the rows of a table ``actors``, whatever their order."""
    ranked = _ranked(actors)
    keyed = ranked.assign(_structure=_keys(ranked), _of_ess=ranked["ess"].eq("yes"))
    keyed = keyed.assign(_partial=keyed["diffusion"].eq(PARTIAL).fillna(value=False).astype(bool))
    placed = keyed.assign(position=keyed["position"].where(keyed["longitude"].notna()), _vague=keyed["position"])
    groups = placed.groupby(STRUCTURE, sort=False)
    merged = groups.first().reset_index()
    whole = groups[["_of_ess", "_partial"]].any().reset_index(drop=True)
    merged = merged.assign(
        ess=whole["_of_ess"].map({True: "yes", False: "to_review"}).astype("string"),
        position=merged["position"].fillna(merged["_vague"]),
        sources=_sources(keyed),
    )
    merged = _hidden(merged, whole["_partial"])
    columns = [*COLUMNS["actors"], "sources"]
    rows = ranked.assign(key=_public(keyed))
    return Matched(_typed(merged[columns], actors), _contradictions(keyed, merged), _public(merged), rows)


def _sources(keyed: pd.DataFrame) -> list[str]:
    """Kinds of each structure, sorted and parted by spaces, in the order in which structures are met."""
    kinds = keyed[[*STRUCTURE, "source"]].drop_duplicates().sort_values("source", kind="stable")
    joined = kinds.groupby(STRUCTURE, sort=False)["source"].agg(" ".join)
    met = pd.MultiIndex.from_frame(keyed[STRUCTURE].drop_duplicates())
    return [str(text) for text in joined.reindex(met)]


def _ranked(actors: pd.DataFrame) -> pd.DataFrame:
    """Rows in an order that does not depend on that of the imports: those whose word is taken first."""
    rank = {kind: place for place, kind in enumerate(PRIORITY)}
    order = actors["source"].map(rank).fillna(len(rank)).astype(int)
    return (
        actors.assign(_rank=order)
        .sort_values(["year", "_rank", "source", "siret", "actor_id"], kind="stable", na_position="last")
        .drop(columns="_rank")
        .reset_index(drop=True)
    )


def _keys(ranked: pd.DataFrame) -> pd.Series:
    """What each row is the same structure as, within its year.

    A SIRET stands for itself. A row without SIRET is that of the first SIRET of its legal unit in its commune, else of
    its legal unit there, else of the first structure of its RNA number, else of itself alone.
    """
    year = ranked["year"].astype("string")
    own = ranked["source"] + ":" + ranked["actor_id"]
    unit = year + "|" + ranked["siren"] + "|" + ranked["commune"].fillna("")
    siret = "siret:" + ranked["siret"]
    of_unit = siret.groupby(unit).transform("first")
    key = siret.fillna(of_unit).fillna("siren:" + unit)
    rna = year + "|" + ranked["rna"]
    of_rna = key.groupby(rna).transform("first")
    keys: pd.Series = key.fillna(of_rna).fillna("rna:" + rna).fillna("own:" + own)
    return keys


def _public(keyed: pd.DataFrame) -> pd.Series:
    """Keys as addresses bear them: without year nor kind, their parts joined by hyphens."""
    told = [key.split(":", 1) for key in keyed["_structure"]]
    plain = ["-".join(filter(None, rest.split("|")[kind in YEARLY :])) for kind, rest in told]
    return pd.Series(plain, keyed.index, dtype="string")


def _hidden(merged: pd.DataFrame, partial: pd.Series) -> pd.DataFrame:
    merged = merged.copy()
    merged.loc[partial, "diffusion"] = PARTIAL
    merged.loc[partial, "name"] = ""
    merged.loc[partial, ["longitude", "latitude"]] = float("nan")
    merged.loc[partial & merged["position"].notna(), "position"] = "commune"
    return merged


def _typed(frame: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    kinds = {name: kind for name, kind in actors.dtypes.items() if name in frame}
    typed: pd.DataFrame = frame.astype(kinds)
    return typed


def _contradictions(keyed: pd.DataFrame, merged: pd.DataFrame) -> pd.DataFrame:
    several = keyed[keyed.duplicated(STRUCTURE, keep=False)]
    if several.empty:
        return pd.DataFrame(columns=pd.Index(CONTRADICTED), dtype="string").astype({"year": keyed["year"].dtype})
    kept = merged[[*STRUCTURE, "actor_id", "name"]]
    found = [_told(several[several[field].notna()], field) for field in COMPARED]
    told = pd.concat(found, ignore_index=True).merge(kept, on=STRUCTURE, how="left")
    return told[[*CONTRADICTED]].sort_values(["year", "actor_id", "field"])


def _told(said: pd.DataFrame, field: str) -> pd.DataFrame:
    """One row a structure whose rows differ on *field*, with what each source says."""
    differing = said[said.groupby(STRUCTURE)[field].transform("nunique") > 1]
    texts = differing[field] + " (" + differing["source"] + ")"
    pairs = differing[STRUCTURE].assign(values=texts).drop_duplicates()
    joined = pairs.groupby(STRUCTURE)["values"].agg(", ".join).reset_index()
    return joined.assign(field=field)
