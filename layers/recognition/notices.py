"""What is said of a table that is opened: what stands above it, its titles, the sheets that are not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from layers.account import Warning_
from layers.recognition.sheets import Union


def of_text(names: Sequence[str], above: int, fixed: int) -> Iterator[Warning_]:
    """What is said of a text: *above* title rows, *fixed* titles that were encoded twice."""
    yield from _repeated(names)
    yield from _titles(above)
    yield from _twice_encoded(fixed)


def of_workbook(union: Union, *, several: bool) -> Iterator[Warning_]:
    """What is said of a workbook; of its sheets too where it may have *several*."""
    yield from _repeated(union.names)
    yield from _titles(union.blocks[0].header.first)
    if several:
        yield from _sheets(union)


def _titles(count: int) -> Iterator[Warning_]:
    if count:
        yield Warning_("title_rows", count, "Lignes de titre au-dessus de l’en-tête, laissées de côté.")


def _twice_encoded(count: int) -> Iterator[Warning_]:
    if count:
        yield Warning_("encoding_twice", count, "Textes encodés deux fois (« Ã© » pour « é ») : lus comme ils étaient.")


def _repeated(header: Sequence[str]) -> Iterator[Warning_]:
    for name, count in Counter(name for name in header if name).items():
        if count > 1:
            yield Warning_("repeated_column", count, f"La colonne « {name} » figure {count} fois.")


def _sheets(union: Union) -> Iterator[Warning_]:
    """Which sheets are read, which are not and why: nothing of a workbook is passed over in silence."""
    read = list(dict.fromkeys(block.name for block in union.blocks))
    if len(union.blocks) > len(read):
        count = len(union.blocks)
        yield Warning_("tables", count, f"{count} tableaux se suivent dans une même feuille : ils sont lus ensemble.")
    parts = [
        f"Feuille lue : « {', '.join(read)} »." if len(read) == 1 else f"Feuilles lues ensemble : {', '.join(read)}."
    ]
    parts += [f"Reprises d’une autre, non lues : {', '.join(union.copies)}."] if union.copies else []
    parts += [f"Non lues : {', '.join(union.unread)}."] if union.unread else []
    parts += [f"Masquées, non lues : {', '.join(union.hidden)}."] if union.hidden else []
    if len(parts) > 1 or len(read) > 1:
        yield Warning_("sheet", 1, " ".join(parts))
