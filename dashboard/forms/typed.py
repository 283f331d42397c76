"""What was typed in a form, found again in the page that answers, and put back in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from dashboard.administration.access import FIELD
from dashboard.forms.markup import FRESH, Control, Form, Markup, Tag
from dashboard.i18n import _

PASSWORDS: Final = ("password", "new", "again")
"""Fields that never come back."""
BUTTONS: Final = ("submit", "button", "reset", "image")
QUIET: Final = ("hidden", "password", "file", *BUTTONS)
"""Kinds of controls that nothing is put back in."""
_RENEWED: Final = (FIELD, "version")
"""Hidden fields of which the page that answers has its own: what was read before is no more."""
MOST_ROWS: Final = 12
Edit = tuple[int, int, str]
"""From where to where, and what stands there instead."""


@dataclass(frozen=True)
class Typed:
    """A form as it came: the path it was sent to, its method, its fields in their order."""

    path: str
    method: str
    fields: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        """What came under a name."""
        return [value for key, value in self.fields if key == name]

    @property
    def has_secret(self) -> bool:
        """Whether a password was among it."""
        return any(name in PASSWORDS for name, _value in self.fields)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What may be told again: all but the token, the passwords and what is empty."""
        return [(name, value) for name, value in self.fields if value and name not in (*PASSWORDS, FIELD)]


def form_of(page: Markup, typed: Typed) -> Form | None:
    """The form of a page that the typed one is, by where it goes and what it hides; the closest where two are."""
    return max((form for form in page.forms if _is(form, typed)), key=lambda form: _close(form, typed), default=None)


def _is(form: Form, typed: Typed) -> bool:
    action = form.get("action").partition("?")[0]
    if action not in (typed.path, "") or (form.get("method") or "get").upper() != typed.method:
        return False
    named = [one for one in form.controls if one.kind == "hidden" and one.get("name")]
    kept = [one for one in named if one.get("name") not in _RENEWED and FRESH not in one.attributes]
    return all(one.get("value") in typed.values(one.get("name")) for one in kept)


def _close(form: Form, typed: Typed) -> tuple[int, int]:
    """How much of what is hidden is the same, and how many names."""
    hidden = [one for one in form.controls if one.kind == "hidden"]
    same = sum(one.get("value") in typed.values(one.get("name")) for one in hidden)
    return same, len({name for name, _value in typed.fields} & {one.get("name") for one in form.controls})


def is_written_in(form: Form) -> bool:
    """Whether something is typed or chosen in a form, which is more than buttons."""
    return any(one.kind not in ("hidden", *BUTTONS) for one in form.controls)


def put_back(page: Markup, form: Form, typed: Typed, *, met: bool) -> tuple[list[Edit], list[tuple[str, str]]]:
    """The changes by which a form holds what was typed in it, and what it has no place for.

    ``met``: another wrote in between: what is there now is told below each field that differs.
    """
    left = {name: typed.values(name) for name, _value in typed.fields}
    edits: list[Edit] = []
    for one in form.controls:
        if one.kind in QUIET:
            continue
        values = left.get(one.get("name"), [])
        edits += _filled(page, one, values)
        if met and values and values[:1] != _kept(page, one) and (now := page.value(one)):
            edits.append(_now(one, now))
        _take(one, values)
    quiet = {*PASSWORDS, *(one.get("name") for one in form.controls if one.kind in QUIET)}
    lost = [(name, value) for name, some in left.items() if name not in quiet for value in some if value]
    return [*edits, *_shown(form)], lost


def _filled(page: Markup, one: Control, values: list[str]) -> Iterator[Edit]:
    """The changes of one control."""
    if one.kind in ("checkbox", "radio"):
        is_on = (one.get("value") or "on") in values
        yield one.start, one.end, one.written(checked=is_on)
    elif one.kind == "select-one":
        if values and any(_option(tag, label) == values[0] for tag, label in one.options):
            for tag, label in one.options:
                yield tag.start, tag.end, tag.written(selected=_option(tag, label) == values[0])
    elif values and one.kind == "textarea":
        yield one.end, one.end + len(page.inside(one)), area(values[0])
    elif values:
        yield one.start, one.end, one.written(value=values[0])


def area(value: str) -> str:
    """What a ``textarea`` holds, as it is written: browsers leave the first line out where it is empty."""
    return f"{chr(10) * value.startswith((chr(10), chr(13)))}{escape(value)}"


def _take(one: Control, values: list[str]) -> None:
    """Leave of ``values`` those that the control does not hold."""
    if one.kind in ("checkbox", "radio"):
        values[:] = [value for value in values if value != (one.get("value") or "on")]
    elif values and (one.kind != "select-one" or values[0] in {_option(*option) for option in one.options}):
        del values[0]


def _kept(page: Markup, one: Control) -> list[str]:
    """What a control of the page holds, as it would be sent."""
    if one.kind in ("checkbox", "radio"):
        return []
    if one.kind != "select-one":
        return [page.value(one)]
    chosen = [option for option in one.options if "selected" in option[0].attributes]
    return [_option(*option) for option in (chosen or one.options[:1])]


def _option(tag: Tag, label: str) -> str:
    return tag.get("value") if "value" in tag.attributes else label.strip()


def _now(one: Control, value: str) -> Edit:
    at = max(one.end, one.close)
    told = escape(_("Écrit maintenant\u00a0: {value}").format(value=value))
    return at, at, f'<p class="why now" lang="fr">{told}</p>'


def _shown(form: Form) -> Iterator[Edit]:
    """The changes by which nothing folds the form away."""
    for one in form.folded:
        if "open" not in one.attributes:
            yield one.start, one.end, one.written(open=True)


def copies(lost: Sequence[tuple[str, str]], labels: Mapping[str, str]) -> str:
    """What no form of the page holds: texts that are labelled, to be read and copied; the rest goes with them."""
    fields = []
    for n, (name, value) in enumerate(lost):
        label = labels.get(name.partition("-")[0])
        if label is None:
            fields.append(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">')
        else:
            fields.append(
                f'<div class="field wide"><label for="typed-{n}">{escape(label)}</label>'
                f'<textarea id="typed-{n}" name="{escape(name)}" rows="{_rows(value)}" readonly>'
                f"{area(value)}</textarea></div>"
            )
    return "".join(fields)


def _rows(value: str) -> int:
    return min(MOST_ROWS, 1 + value.count("\n") + len(value) // 80)


def edited(text: str, edits: list[Edit]) -> str:
    """A text with its changes, none of which stands in another."""
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text
