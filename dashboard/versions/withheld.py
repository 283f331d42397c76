"""A version as everybody may read it: without the figures under secrecy that the release shown now says otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from layers.series import SUPPRESSED

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.written.versions import Version


def read(view: View, version: Version) -> Version:
    """A version itself, or without these figures: its digest goes with them, for the rest of it would tell them."""
    held = version.held
    figures = [
        {**one, "value": None, "state": SUPPRESSED}
        if view.withheld(version.release, one["indicator"], one["year"])
        else one
        for one in held["figures"]
    ]
    disputes = [
        {**one, "shown": ""} if view.withheld(version.release, one["indicator"], one["year"]) else one
        for one in held["disputes"]
    ]
    baselines = any(
        view.withheld(one.get("baseline_release"), one.get("indicator"), one.get("baseline_year"))
        for one in held["actions"]
    )
    if figures == held["figures"] and disputes == held["disputes"] and not baselines:
        return version
    text = json.dumps(held | {"figures": figures, "disputes": disputes}, ensure_ascii=False, sort_keys=True)
    return replace(version, content=text, digest="")
