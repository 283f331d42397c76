"""A content made of an invented release: two maps, a chart, tables in every state, long names."""

from __future__ import annotations

from dashboard import geometry, smallmaps
from dashboard.content import Content, Definition, Entry, Map, Section, Sheet, Statement
from dashboard.drawing import Drawing, rect, text
from dashboard.slices import scale_of
from layers import measure
from layers.classing import Classing
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Query
from tests.factories import LILLE, ROUBAIX, TOURCOING, everywhere, release
from tests.layers.invented import actor

LONG = "Villeneuve-d’Ascq et les communes de la couronne de l’Est métropolitain, avec leurs quartiers prioritaires"
STATES = (("value", 1234.5, "1 234,5"), ("zero", 0.0, "0"), ("suppressed", None, "s"), ("missing", None, "n.d."))


def invented() -> Release:
    """A release with structures in three communes and a population in all but one."""
    people = [row for row in everywhere() if row["commune"] != TOURCOING]
    found = [actor(n, code) for n, code in enumerate([LILLE] * 9 + [ROUBAIX] * 5 + ["59009"])]
    return release(found, observations=people)


def map_of(shown: Release, level: str, pixels: int = 560) -> Map:
    """The structures for 1000 inhabitants."""
    query = Query("actors_per_1000", level)
    series = measure.series(shown, query)
    scale = scale_of(shown, series.query, Classing())
    painter = smallmaps.Painter(
        INDICATORS["actors_per_1000"], level, scale, lambda code: f"/{code}", pixels, names=level == "territory"
    )
    drawn = painter.draw(f"map-{level}", "Structures pour 1 000 habitants", series.cells, geometry.drawing(shown, 95))
    return Map(
        drawn,
        f"Structures pour 1 000 habitants ({level})",
        tuple(smallmaps.blocks(["moins de 0,1", "0,1 à 0,5", "0,5 et plus"][: len(scale.marks)], scale, drawn.states))
        if len(scale.marks) <= 3
        else tuple((mark, f"classe {mark}") for mark in scale.marks),
        classes=len(scale.marks),
    )


def drawing(rows: int = 6, columns: int = 1) -> Drawing:
    """Bars."""
    names = [f"Secteur {n} : {LONG}" if n == 1 else f"Secteur {n}" for n in range(rows)]
    numbers = tuple(tuple(None if n == 2 else 10.5 * n + c for c in range(columns)) for n in range(rows))
    body = rect(0, 0, 200, 20) + text(4, 40, "Secteur 0")
    return Drawing(
        "sectors",
        "Structures par secteur",
        "Le secteur 5 est le premier.",
        60,
        body,
        ("Secteur", *(f"Valeur {c}" for c in range(columns))),
        tuple(
            (name, *("n.d." if v is None else f"{v:.1f}" for v in row))
            for name, row in zip(names, numbers, strict=True)
        ),
        numbers,
    )


def content(*, demonstration: bool = True, sections: tuple[Section, ...] = (), rows: int = 4) -> Content:
    """A content with every part that there is."""
    shown = invented()
    sheet = Sheet(
        "values",
        "Valeurs et rangs",
        ("Indicateur", "Valeur", "Rang"),
        tuple(
            (Entry(f"Indicateur {n}", f"Indicateur {n}"), Entry(value, written, state), Entry(n, f"{n}e sur 8"))
            for n in range(rows)
            for state, value, written in [STATES[n % 4]]
        ),
        note="Une valeur manque : la source ne la donne pas.",
    )
    briefing = Section(
        "briefing",
        "Mon territoire en 90 secondes",
        ("Le territoire compte neuf structures.",),
        (
            Statement(
                "L’emploi de l’ESS y pèse 12,5 % de l’emploi privé, 3e sur 8.", "Force", "/carte?indicator=actors"
            ),
            Statement(f"Aucune subvention n’y est connue pour {LONG}.", "Alerte"),
            Statement("Qui accompagne les porteurs de projets ?", "Question"),
        ),
        maps=(map_of(shown, "territory"),),
        sheets=(sheet,),
    )
    structure = Section("structure", "Structure de l’ESS", drawings=(drawing(),), sheets=(sheet,))
    communes = Section("communes", "Communes", maps=(map_of(shown, "commune"),))
    return Content(
        "territoire-3",
        f"/territoire/3?release={shown.id}",
        "Portrait du Territoire Roubaisien",
        "L’ESS y pèse plus qu’ailleurs : 12,5 % de l’emploi",
        "Structures et emplois, 2020, périmètre de 95 communes",
        sections or (briefing, structure, communes),
        (
            Definition(
                "actors",
                "Structures",
                "structures",
                "Établissements de l’ESS",
                "somme",
                "Liste siae, 2020",
                "Liste partielle",
            ),
        ),
        (f"Publication {shown.id}", "Périmètre : 95 communes", "Source : Liste siae, 2020, Licence Ouverte"),
        shown.id,
        demonstration,
    )
