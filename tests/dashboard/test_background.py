"""The background plan: nothing of it without the setting, one more origin for images with it, a refused address."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.application import build
from dashboard.background import Background
from dashboard.settings import Settings
from layers import demonstration

URL = "https://maps.example/wms-r"


def page(tmp_path: Path, url: str) -> tuple[str, str]:
    answer = build(Settings(data_dir=tmp_path, background_url=url)).server.test_client().get("/carte")
    return answer.get_data(as_text=True), answer.headers["Content-Security-Policy"]


def test_nothing_of_it_unless_it_is_set(tmp_path: Path) -> None:
    content, policy = page(tmp_path, "")
    assert "plan-choice" not in content.partition("</style>")[2]
    assert "img-src 'self' data: blob:;" in policy


def test_the_setting_lets_images_come_from_that_origin_alone(tmp_path: Path) -> None:
    content, policy = page(tmp_path, URL)
    assert f'data-url="{URL}"' in content
    assert 'data-layer="GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"' in content
    assert "img-src 'self' data: blob: https://maps.example;" in policy
    assert policy.count("maps.example") == 1


def test_the_place_of_the_map_is_in_lambert_93() -> None:
    drawn = Background(URL, "plan", "IGN").drawn(demonstration.release())
    west, _, _, north = demonstration.release().geography.communes.total_bounds
    assert (drawn["west"], drawn["north"]) == pytest.approx((west, north))


@pytest.mark.parametrize(
    "url", ["ftp://maps.example/wms", "maps.example", "https://", "https://maps.example/?map=x", "javascript:1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="fond de plan"):
        Background(url, "plan", "")


def test_who_may_ask_is_not_in_the_policy() -> None:
    assert Background("https://someone:secret@maps.example:8443/wms", "plan", "").origin == "https://maps.example:8443"
