"""What the list of grants shows of an address: rows in their order, their sum, choices, and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from dashboard import locale, provenance
from dashboard.content import Content, Entry, Section, Sheet
from dashboard.directory import labels
from dashboard.grants.state import GrantsState, named, of_year, shown_stage, shown_year
from dashboard.i18n import _, plural
from dashboard.origin import words
from dashboard.pages.acteur import STAGES
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import directory
from layers.dimensions import slug_of
from layers.measure import NOWHERE
from layers.names import plain
from layers.trace.origin import Files, met

if TYPE_CHECKING:
    from layers.release import Release
    from layers.trace import File, Line

PER_PAGE = 50
ALL_STAGES = ("voted", "contracted", "paid", "asked")
NOUNS: Final[Mapping[str, Callable[[int], str]]] = {
    "voted": lambda n: plural("{n} subvention votée", "{n} subventions votées", n),
    "contracted": lambda n: plural("{n} subvention conventionnée", "{n} subventions conventionnées", n),
    "paid": lambda n: plural("{n} subvention versée", "{n} subventions versées", n),
    "asked": lambda n: plural("{n} subvention demandée", "{n} subventions demandées", n),
    "": lambda n: plural("{n} subvention", "{n} subventions", n),
}
"""Grants of a stage, by number; of none where the release has none."""


@dataclass(frozen=True)
class Listing:
    """The grants of a state on a release."""

    release: Release
    state: GrantsState

    @cached_property
    def year(self) -> int | None:
        """The year shown; None where the release has no grant."""
        return shown_year(self.release, self.state)

    @cached_property
    def stage(self) -> str | None:
        """The stage shown: grants of two stages are never added up."""
        return shown_stage(self.release, self.state)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The grants shown, in their order; those whose beneficiary is not named, last of a name or of a place.

        A text is looked for in the names that are told: it never finds who may not be named.
        """
        frame, state = of_year(self.release, self.year), self.state
        frame = frame[frame["kind"].eq(self.stage or "")]
        if state.commune:
            frame = frame[frame["place"].eq(state.commune).fillna(value=False).astype(bool)]
        elif state.territory == NOWHERE:
            frame = frame[~frame["place"].isin(members())]
        elif state.territory:
            inside = [code for code, territory in members().items() if territory == state.territory]
            frame = frame[frame["place"].isin(inside)]
        for column in ("grantor", "instrument"):
            if slug := getattr(state, column):
                frame = frame[frame[column].map(slug_of).eq(slug).to_numpy(dtype=bool)]
        if words := directory.wanted(state.q).split():
            found = (all(word in plain(name) for word in words) for name in frame["name"])
            frame = frame[np.fromiter(found, bool, len(frame))]
        return self._ordered(frame)

    def _ordered(self, frame: pd.DataFrame) -> pd.DataFrame:
        column, down = self.state.sort.removeprefix("-"), self.state.sort.startswith("-")
        names = self.release.geography.communes["name"]
        keys = {
            "amount": frame["amount_cents"],
            "name": pd.Series([plain(name) or None for name in frame["name"]], frame.index, dtype="object"),
            "commune": frame["commune"].map(names).map(directory.wanted, na_action="ignore"),
            "grantor": frame["grantor"].map(slug_of),
            "instrument": frame["instrument"].map(slug_of),
        }
        made = frame.assign(_first=keys[column], _second=-frame["amount_cents"], _third=keys["name"])
        made = made.sort_values(["_third", "grant_id"], kind="stable", na_position="last")
        made = made.sort_values("_second", kind="stable")
        return made.sort_values("_first", ascending=not down, kind="stable", na_position="last")

    @cached_property
    def count(self) -> int:
        """How many."""
        return len(self.frame)

    @cached_property
    def cents(self) -> int:
        """Their sum, in cents."""
        return int(self.frame["amount_cents"].sum())

    @cached_property
    def unnamed(self) -> int:
        """How many have a beneficiary that is not named."""
        return int(self.frame["unnamed"].sum())

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The files of the grants shown, each once."""
        return met(*Files(self.release).of(self.frame))

    @property
    def pages(self) -> int:
        """Pages of the list; one at least."""
        return max(1, -(-self.count // PER_PAGE))

    @property
    def page(self) -> int:
        """The page shown."""
        return min(self.state.page, self.pages)

    def rows(self) -> list[dict[str, Any]]:
        """Rows of the page shown."""
        return self.told(self.frame.iloc[(self.page - 1) * PER_PAGE : self.page * PER_PAGE])

    def told(self, frame: pd.DataFrame) -> list[dict[str, Any]]:
        """Rows in words: ``name``, ``commune``, ``territory``, ``grantor``, ``instrument``, ``stage``, ``line``…"""
        files = Files(self.release)
        return [self._told(row, files.line(row)) for row in frame.to_dict("records")]

    def _told(self, row: dict[Any, Any], line: Line) -> dict[str, Any]:
        commune = row["commune"] if isinstance(row["commune"], str) else ""
        territory = members().get(commune)
        return {
            "named": not row["unnamed"],
            "name": _("non nommé") if row["unnamed"] else str(row["name"]),
            "commune": labels.commune_name(self.release, commune) if commune else labels.DASH,
            "territory": TERRITORIES[territory].short_name if territory else "",
            "grantor": str(row["grantor"]),
            "instrument": str(row["instrument"]),
            "stage": _(STAGES[str(row["kind"])]),
            "cents": int(row["amount_cents"]),
            "amount": locale.euros(int(row["amount_cents"]) / 100),
            "siret": row["siret"] if isinstance(row["siret"], str) else "",
            "siren": row["siren"] if isinstance(row["siren"], str) else "",
            "rna": row["rna"] if isinstance(row["rna"], str) else "",
            "where": words.where(line, alone=len(self.files) == 1),
            "line": line,
        }

    def headline(self) -> str:
        """« 15 subventions votées, Roubaisien, 2023 : 113 600 € »."""
        noun = NOUNS[self.stage or ""](self.count).format(n=locale.number(self.count))
        told = [noun, *self.chosen(), str(self.year or "")]
        where = ", ".join(filter(None, told))
        amount = locale.euros(self.cents / 100)
        return locale.tight(where + _(" : ") + amount) if self.count else where

    def chosen(self) -> list[str]:
        """The choices made, in words."""
        state = self.state
        told = [labels.commune_name(self.release, state.commune)] if state.commune else []
        if state.territory and not state.commune:
            place = TERRITORIES.get(state.territory)
            told += [place.short_name if place else _("Sans commune ou multi-territoires")]
        told += [named(self.release, "grantor")[state.grantor]] if state.grantor else []
        told += [named(self.release, "instrument")[state.instrument]] if state.instrument else []
        return [*told, _("« {text} »").format(text=state.q)] if state.q else told

    def unnamed_told(self) -> str:
        """What is said of those that are not named; empty where there are none."""
        if not self.unnamed:
            return ""
        told = plural(
            "{n} bénéficiaire n’est pas nommé : diffusion partielle ou personne physique. Son montant est compté.",
            "{n} bénéficiaires ne sont pas nommés : diffusion partielle ou personnes physiques. Leurs montants sont "
            "comptés.",
            self.unnamed,
        )
        return locale.tight(told.format(n=locale.number(self.unnamed)))

    def content(self) -> Content:
        """All the grants of the view as a content of one table."""
        heads = (
            _("Bénéficiaire"), _("Commune"), _("Territoire"), _("Attribuée par"), _("Dispositif"), _("Stade"),
            _("Montant (€)"), "SIRET", "SIREN", "RNA", _("Fichier"), _("Feuille"), _("Ligne"), "sha256",
            _("Texte de la ligne"),
        )  # fmt: skip
        title = _("Subventions, {year}").format(year=self.year or "")
        kinds = tuple(dict.fromkeys(str(kind) for kind in self.frame["source"]))
        vintages = tuple(dict.fromkeys(str(one) for one in self.frame["vintage"]))
        said = [_("Données de démonstration, fictives.")] if self.release.demonstration else []
        said += provenance.line(self.release, kinds, vintages)
        said += [told] if (told := self.unnamed_told()) else []
        said.append(_("Publication {release}.").format(release=self.release.id))
        table = Sheet("grants", title, heads, tuple(map(_row, self.told(self.frame))))
        return Content(
            key="subventions",
            address=replace(self.state, release=self.release.id, page=1).href,
            title=title,
            headline=self.headline(),
            subtitle="",
            sections=(Section("list", title, sheets=(table,)),),
            definitions=(),
            lines=tuple(map(locale.tight, said)),
            release=self.release.id,
            demonstration=self.release.demonstration,
        )


def _row(told: dict[str, Any]) -> tuple[Entry, ...]:
    line: Line = told["line"]
    texts = [told[name] for name in ("name", "commune", "territory", "grantor", "instrument", "stage")]
    cells = [_text(text) for text in texts]
    cells.append(Entry(told["cents"] / 100, told["amount"]))
    cells += [_text(told[name]) for name in ("siret", "siren", "rna")]
    cells += [_text(line.file.name or line.file.title), _text(line.sheet_name)]
    cells += [_text("" if line.number is None else str(line.number)), _text(line.file.sha256), _text(line.text)]
    return tuple(cells)


def _text(text: str) -> Entry:
    return Entry(text, text)
