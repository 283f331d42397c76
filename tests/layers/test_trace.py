"""A figure traces to what it is made of: what is traced adds up to it, is published, and names nobody it may not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layers import demonstration, facts, measure
from layers.indicators import ADDED, COUNT, Indicator
from layers.indicators.held import INDICATORS, to_manifest
from layers.lines import number
from layers.panel import METROPOLE
from layers.release import Release
from layers.series import MISSING, SUPPRESSED, Query
from layers.store import Store
from layers.trace import CELLS, COMPUTED, DENOMINATOR, EMBEDDED, NUMERATOR, RECORDS, Entry, Part, Traced, Tracer
from tests import factories, random_releases
from tests.layers.invented import actor, grant

ALL = 10**9
AREAS = ("8", METROPOLE, factories.ROUBAIX)
CUT = {"actors", "grant_mean", "grants_beneficiaries", "jobs"}
"""Indicators that are traced under filters too, each its own way."""


def entries(part: Part) -> tuple[Entry, ...]:
    return part.entries(0, ALL)


def added(part: Part) -> float:
    return sum(one.amount for one in entries(part))


def made_of(traced: Traced, role: str) -> float | None:
    """What the entries of a role come to; None where some are withheld, or there are none to be."""
    first, *others = traced.of(role) or (None,)
    if first is None or any(part.withheld for part in (first, *others)):
        return None
    if first.kind != COMPUTED:
        return added(first)
    posts, ess, everyone = map(added, others)
    return posts * ess / everyone


def figures(release: Release) -> Iterator[Traced]:
    """Of each indicator that a release has, figures of some areas, of some of them under filters."""
    for key in release.indicators:
        if not measure.available(release, key):
            continue
        plain = Query(key)
        cut = replace(plain, sector="enseignement,commerce", size=None if key == "jobs" else "nn")
        for query in (plain, cut) if key in CUT else (plain,):
            yield from map(Tracer(release, query).figure, AREAS)


def check(release: Release) -> set[str]:
    """Check the figures of a release; return the indicators of which one was traced whole."""
    whole: set[str] = set()
    for traced in figures(release):
        cell, found = traced.cell, {}
        for role, shown in ((NUMERATOR, cell.numerator), (DENOMINATOR, cell.denominator)):
            if shown is None:
                assert traced.of(role) == ()
                continue
            found[role] = made_of(traced, role)
            told = f"{traced.query}, {cell.code}: {role}"
            if found[role] is not None:
                assert found[role] == pytest.approx(shown, abs=1e-6), told
        if found and None not in found.values():
            whole.add(traced.query.indicator)
        if cell.state == SUPPRESSED:
            assert traced.parts == ()
    return whole


def test_what_is_traced_adds_up_in_the_demonstration() -> None:
    release = demonstration.release()
    held = {key for key in release.indicators if measure.available(release, key)}
    secret = {key for key in held if release.indicators[key].secrecy}
    assert check(release) >= held - secret


@pytest.mark.parametrize("seed", range(random_releases.number(1)))
def test_what_is_traced_adds_up_in_a_release_drawn_at_random(seed: int) -> None:
    check(random_releases.release(seed))


def test_what_is_traced_adds_up_in_the_real_files(shared_data: Path, tmp_path: Path) -> None:
    release = factories.real_release(shared_data, Store(tmp_path))
    held = {key for key in release.indicators if measure.available(release, key)}
    assert check(release) >= held - {"poverty_rate"}
    names = {source["file"]: source["sha256"] for source in release.manifest["sources"]}
    for traced in figures(release):
        for part in traced.parts:
            for file in part.files if part.kind != EMBEDDED else ():
                assert names[file.name] == file.sha256


def test_a_beneficiary_leads_to_the_lines_of_all_its_grants() -> None:
    told: dict[str, Any] = {"commune": factories.LILLE, "year": 2020}
    shown = factories.release(
        [actor(9, siret="11111111100019", siren="111111111", name="[ND]", diffusion="P", source="sirene")],
        [
            *(grant(n, 1_000 * n, siren="222222222", name="Essai", row=n, **told) for n in (1, 2, 3)),
            grant(4, 5_000, name="Autre essai", row=4, **told),
            *(grant(n, 9_000, siren="111111111", name="Caché", row=n, **told) for n in (5, 6)),
        ],
    )
    part = Tracer(shown, Query("grants_beneficiaries")).figure("8").of(NUMERATOR)[0]
    lines = {one.name: [line.number for line in one.lines] for one in entries(part)}
    assert lines == {"Essai": [1, 2, 3], "Autre essai": [4], "": [None, None]}
    assert added(part) == 3


@pytest.mark.parametrize("key", ["jobs", "ess_job_share", "ess_establishment_share"])
def test_each_cell_of_posts_that_is_given_is_published_by_itself(key: str) -> None:
    """Under a shown total too: what is hidden below it has neither value nor line."""
    release = demonstration.release()
    traced = Tracer(release, Query(key)).figure(METROPOLE)
    assert any(part.withheld for part in traced.parts)
    for part in traced.parts:
        assert part.kind == CELLS
        assert part.fact in facts.POSTS
        for one in entries(part)[::3]:
            sector, family = one.details.get("sector"), one.details.get("family")
            cell = measure.series(release, Query(key, "commune", sector, family, traced.query.year)).cell(one.number)
            told = cell.numerator if part.role == NUMERATOR else cell.denominator
            assert told == one.amount or (told is None and traced.indicator.denominator is not None)
            assert {line.number for line in one.lines} == {None}, "numbers that are missing tell hidden rows"


def test_who_holds_the_files_reads_the_line_of_each_cell() -> None:
    release = demonstration.release()
    (part,) = Tracer(release, Query("jobs"), lines=True).figure(METROPOLE).parts
    rows = release.jobs.set_index("row")
    for one in entries(part):
        (line,) = one.lines
        assert (rows.at[line.number, "commune"], rows.at[line.number, "posts"]) == (one.number, one.amount)


def test_what_is_hidden_traces_to_nothing() -> None:
    release = demonstration.release()
    tracer = Tracer(release, Query("jobs", "commune"))
    series = measure.series(release, Query("jobs", "commune"))
    hidden = [cell.code for cell in series.cells if cell.state == SUPPRESSED]
    assert hidden
    assert all(tracer.figure(code).parts == () for code in hidden)


def test_what_is_not_there_traces_to_nothing_and_too_few_to_what_there_is() -> None:
    few = [grant(cents=100, commune=factories.LILLE, year=2021) for _ in range(2)]
    release = factories.release(grants=few, observations=factories.everywhere(year=2021))
    traced = Tracer(release, Query("grant_mean", year=2021)).figure("8")
    assert traced.cell.state == MISSING
    assert [added(part) for part in traced.parts] == [2.0, 2]
    assert Tracer(release, Query("grant_mean", year=2021)).figure("1").parts == ()
    with pytest.raises(KeyError):
        Tracer(release, Query("grants_amount")).figure("75056")


def test_the_territory_that_a_file_tells_itself_is_traced_to_its_own_row() -> None:
    rows = [one for one in factories.everywhere("poverty_rate", 2021) if one["commune"] != factories.ROUBAIX]
    rows.append(factories.observation("3", 31.5, "poverty_rate", 2021, row=99))
    release = factories.release(observations=rows)
    (part,) = Tracer(release, Query("poverty_rate")).figure("3").parts
    assert [(one.number, one.amount, one.lines[0].number) for one in entries(part)] == [("3", 31.5, 99)]


def declared() -> Release:
    """A count that a file declares, hidden under five: 2 in a commune, 1 000 and more in the others."""
    own = Indicator(
        key="tableau-essai", label="Essai", kind=COUNT, unit="unités", numerator="tableau-essai", definition="",
        formula="", caveat="", group=ADDED, fewest=5,
    )  # fmt: skip
    unlike = {factories.ROUBAIX: {"value": 2.0, "row": 41}}
    release = factories.release(observations=factories.everywhere(own.key, 2021, unlike))
    (source,) = release.manifest["sources"]
    return replace(release, manifest={**release.manifest, "sources": [{**source, INDICATORS: [to_manifest(own)]}]})


def test_what_a_declaration_hides_is_in_no_trace() -> None:
    """Nor what is hidden with it, lest the rest of a total tell it."""
    release = declared()
    key = "tableau-essai"
    series = measure.series(release, Query(key, "commune"))
    hidden = {cell.code for cell in series.cells if cell.state == SUPPRESSED}
    assert factories.ROUBAIX in hidden
    tracer = Tracer(release, Query(key))
    (part,) = tracer.figure(METROPOLE).parts
    assert part.withheld
    assert {one.number for one in entries(part)} == set(factories.COMMUNES) - hidden
    assert 41 not in {line.number for one in entries(part) for line in one.lines}
    assert all(tracer.figure(code).parts == () for code in hidden)


def partial(**told: Any) -> dict[str, Any]:
    return actor(siret="11111111100019", siren="111111111", commune=factories.LILLE, source="sirene", **told)


def hiding() -> Release:
    """A structure in partial diffusion that another list names, with a grant to its number and one to its name."""
    listed = actor(siret="11111111100019", commune=factories.LILLE, name="Cachée", source="siae", row=41)
    other = actor(siret="22222222200027", commune=factories.LILLE, name="Connue", source="siae", row=42)
    given = {"commune": factories.LILLE, "year": listed["year"], "raw": "Nom : Cachée"}
    return factories.release(
        actors=[partial(name="[ND]", diffusion="P", row=40), listed, other],
        grants=[
            grant(cents=100, siret="11111111100019", name="Cachée", **given),
            grant(cents=200, name="Cachée", **given),
            grant(cents=300, siren="111111111", name="Autre nom", **given),
            grant(cents=400, siret="22222222200027", name="Connue", **given),
        ],
        observations=factories.everywhere(year=listed["year"]),
    )


def test_who_may_not_be_named_is_counted_without_name_place_nor_line() -> None:
    release = hiding()
    for key, shown, count in (
        ("actors", ["Connue"], 2),
        ("grants_count", ["Connue"], 4),
        ("grants_amount", ["Connue"], 4),
    ):
        (part,) = Tracer(release, Query(key)).figure("8").parts
        assert (part.kind, part.count, part.unnamed) == (RECORDS, count, count - 1)
        found = entries(part)
        assert [one.name for one in found if one.named] == shown
        for one in found:
            if not one.named:
                assert (one.name, one.number, one.commune) == ("", "", "")
                assert all((line.number, line.text) == (None, "") for line in one.lines)


def test_a_structure_traces_to_the_line_of_each_list_that_names_it() -> None:
    same = [
        actor(siret="22222222200027", name="Connue", source=kind, row=row) for kind, row in (("siae", 7), ("sirene", 9))
    ]
    release = factories.release(actors=[{**one, "commune": factories.LILLE} for one in same])
    (part,) = Tracer(release, Query("actors")).figure(METROPOLE).parts
    (one,) = entries(part)
    assert sorted(line.number for line in one.lines if line.number) == [7, 9]
    assert {file.kind for file in part.files} == {"siae", "sirene"}


def test_a_line_of_another_sheet_is_told_by_its_name_and_its_own_number() -> None:
    release = factories.release(grants=[grant(row=number(1, 7), year=2021), grant(row=8, year=2021)])
    (source,) = release.manifest["sources"]
    told = {
        **source,
        "sha256": release.grants["file_sha256"].iloc[0],
        "account": {"table": {"sheets": ["2021", "2022"]}},
    }
    release = replace(release, manifest={**release.manifest, "sources": [told]})
    (part,) = Tracer(release, Query("grants_count")).figure(METROPOLE).parts
    found = {(one.lines[0].sheet_name, one.lines[0].number) for one in entries(part)}
    assert found == {("2022", 7), ("2021", 8)}


def test_pages_give_each_entry_once() -> None:
    tracer = Tracer(demonstration.release(), Query("grants_count"))
    (part,) = tracer.figure(METROPOLE).parts
    read = [one for number in range(1, part.pages + 1) for one in part.page(number)]
    assert read == list(entries(part))
    assert len(read) == part.count == replace(part).count
