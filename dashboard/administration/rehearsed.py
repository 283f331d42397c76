"""What the page of a rehearsal prints, from what its process left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard import beforeafter, deliveries, hidden_shares, locale
from dashboard.areas import named
from dashboard.assistant.web import waits
from dashboard.i18n import _
from layers.account import OUTCOMES
from layers.drafts.draft import CHANGED, READY, REFUSED
from layers.indicators.declared import is_declared
from layers.rehearsal_json import indicators_of, to_difference
from layers.report import UNREADABLE, UNUSABLE, is_unusable
from layers.series import MISSING, SUPPRESSED, ZERO
from layers.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.drafts import Draft
    from layers.drafts.draft import State
    from layers.indicators import Indicator

PAGE = 50
"""Rejects on one page."""
MOST = 200
"""Lines of any other list; the report has them all."""


@dataclass(frozen=True, slots=True)
class Rejects:
    """One page of the rejects of one file."""

    place: int
    file: str
    rows: Sequence[Mapping[str, Any]]
    total: int
    page: int
    pages: int


def context(draft: Draft, state: State, asked: Mapping[str, str]) -> dict[str, Any]:
    """All that the template ``admin_rehearsal.html`` prints; ``asked`` is the query string."""
    known = state["status"] in (READY, REFUSED, CHANGED)
    files = draft.read("report.json") if known else []
    found: dict[str, Any] = {
        "asked": sum(len(file.get("questions", ())) for file in files),
        "draft": draft.id,
        "status": state["status"],
        "progress": state,
        "counts": [_counted(file, place) for place, file in enumerate(files)],
        "outcomes": [(outcome, _outcome(outcome)) for outcome in OUTCOMES],
        "unusable": [file["file"] for file in files if is_unusable(file)],
        "refusals": [why for file in files if (why := _refusal(file))],
        "rejects": _rejects(files, asked),
        "rehearsal": None,
    }
    if state["status"] == READY:
        said = draft.read("rehearsal.json")
        given = indicators_of(said)
        changes = [*said["totals"], *said["communes"], *said["sectors"]]
        found |= {
            "rehearsal": said,
            "removed": deliveries.removed(said["departures"]),
            "said_again": deliveries.said_again(said["departures"])[:MOST],
            "tables": deliveries.changed(said["tables"], given)[:MOST],
            "still": said["still"],
            "unusual": [_change(change, given) for change in changes if change["unusual"]],
            "usual": [_change(change, given) for change in changes if not change["unusual"]][:MOST],
            "classes": _classes(said["classes"], given),
            "implausible": [{**one, "value": _plain(one["value"])} for one in said["implausible"][:MOST]],
            "hidden": hidden_shares.told(said.get("hidden", ())),
            "unmatched": said["unmatched"][:MOST],
            "duplicates": [(file, row) for file, rows in said["duplicates"].items() for row in rows][:MOST],
            "totals": {
                "implausible": len(said["implausible"]),
                "unmatched": len(said["unmatched"]),
                "classes": len(said["classes"]),
                "duplicates": sum(len(rows) for rows in said["duplicates"].values()),
            },
            **_maps(draft.read("maps.json"), asked, own=any(is_declared(file["kind"]) for file in files)),
        }
    return found


def _counted(file: Mapping[str, Any], place: int) -> dict[str, Any]:
    """One file: rows by outcome, whose sum is what was read."""
    counts = [file[f"rows_{outcome}"] for outcome in OUTCOMES]
    warnings = [one for one in file["warnings"] if one["code"] != UNREADABLE]
    opened = len(warnings) == len(file["warnings"])
    about = ", ".join(part for part in (file["kind"], file["vintage"], file["encoding"]) if part)
    return {
        "file": file["file"],
        "about": about,
        "read": locale.number(file["rows_read"]),
        "counts": [locale.number(count) for count in counts],
        "balanced": sum(counts) == file["rows_read"],
        "amount": None if file["amount_total"] is None else f"{locale.number(file['amount_total'])}\u202f€",
        "warnings": [(locale.number(one["count"]), one["message"]) for one in warnings],
        "unusable": is_unusable(dict(file)),
        "place": place,
        "table": bool(file.get("table")),
        "waits": waits(file),
        "declares": is_declared(file["kind"]) or (is_unusable(dict(file)) and (bool(file.get("table")) or opened)),
    }


def _refusal(file: Mapping[str, Any]) -> str:
    """Why nothing of a file can be used, in one sentence that names it; empty where something can."""
    told = next((one for one in file["warnings"] if one["code"] in UNUSABLE), None)
    if told is None or told["code"] == UNREADABLE:
        return told["message"] if told else ""
    return typeset(f"{file['file']} : {told['message']}")


def _outcome(outcome: str) -> str:
    return {
        "accepted": _("acceptées"),
        "rejected": _("rejetées"),
        "outside": _("hors métropole"),
        "duplicate": _("en double"),
        "not_ess": _("hors ESS"),
        "control": _("de contrôle"),
    }[outcome]


def _rejects(files: Sequence[Mapping[str, Any]], asked: Mapping[str, str]) -> list[Rejects]:
    """A page of the rejects of each file but those refused whole: of the one asked for, else the first."""
    found = []
    for place, file in enumerate(files):
        rows = file["rejects"]
        if not rows or any(one["code"] == UNREADABLE for one in file["warnings"]):
            continue
        pages = -(-len(rows) // PAGE)
        wanted = asked.get("page", "") if asked.get("file", "0") == str(place) else ""
        page = min(max(int(wanted), 1), pages) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 8 else 1  # noqa: PLR2004
        found.append(Rejects(place, file["file"], rows[(page - 1) * PAGE : page * PAGE], len(rows), page, pages))
    return found


def _plain(value: float) -> str:
    """A number of a file as it is, in the language in force."""
    return locale.number(value, 0 if float(value).is_integer() else 2)


def _change(change: Mapping[str, Any], known: Mapping[str, Indicator]) -> dict[str, Any]:
    indicator = known[change["indicator"]]
    before, after = (
        _("rien") if value is None else locale.value(indicator, value) for value in (change["before"], change["after"])
    )
    return {"what": _(indicator.label), "where": change["where"], "before": before, "after": after}


def _classes(
    changes: Sequence[Mapping[str, Any]], known: Mapping[str, Indicator]
) -> list[tuple[str, list[dict[str, str]]]]:
    """By indicator: each area with its class now, on the scale of now, and to come."""
    return [
        (
            _(known[key].label),
            [
                {
                    "name": named(one["level"], one["code"], one["name"]).short,
                    "before": _place(one["before"]),
                    "same": _place(one["same_scale"]),
                    "after": _place(one["after"]),
                }
                for one in some
            ],
        )
        for key, some in groupby(changes[:MOST], key=lambda one: str(one["indicator"]))
    ]


def _place(place: int | str) -> str:
    if isinstance(place, int):
        return _("classe {number}").format(number=place)
    return {ZERO: "0", SUPPRESSED: _("s (secret)"), MISSING: "n.d."}[place]


def _maps(maps: Sequence[Mapping[str, Any]], asked: Mapping[str, str], *, own: bool) -> dict[str, Any]:
    """The pair of maps that the address asks for, else the first, of a declared indicator where files are *own*."""
    known = {(one["indicator"], one["level"]): one for one in maps}
    levels = {"territory": _("par territoire"), "commune": _("par commune")}
    choices = [
        (f"{key}.{level}", f"{_(indicators_of(one)[key].label)}, {levels[level]}")
        for (key, level), one in known.items()
    ]
    key, _dot, level = asked.get("carte", "").partition(".")
    first = next((pair for pair in known if own and is_declared(pair[0])), next(iter(known), None))
    chosen = (key, level) if (key, level) in known else first
    pair = beforeafter.made(to_difference(dict(known[chosen]))) if chosen else None
    return {"choices": choices, "chosen": ".".join(chosen) if chosen else "", "pair": pair}
