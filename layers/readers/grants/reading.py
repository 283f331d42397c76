"""Reading a file of grants: rows to agreements, agreements once each, and each to its place or to what rules it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from layers import ess, legal_forms
from layers.questions import GRANTOR, NAME, YEAR, Answers, Question
from layers.readers import grantors, scdl_conformity
from layers.readers.grant_records import Beneficiary, decided, identified
from layers.readers.grants import aside, audit, parts
from layers.readers.grants.agreement import UNKNOWN_GRANTOR, UNTOLD, Agreement, Part, agreement
from layers.readers.grants.context import NO_YEAR, Context, below
from layers.readers.grants.declaration import Layout
from layers.readers.grants.place import Where, where
from layers.readers.grants.shares import shared
from layers.readers.intake import Intake, Record
from layers.readers.jaune import report_unlocated
from layers.readers.reader import Records
from layers.readers.rows import Money
from layers.recognition import titles
from layers.recognition.columns import FLOOR
from layers.recognition.titles import PAID
from layers.register import plain_name
from layers.sought import Sought, sought
from layers.typography import euros_text

_NUMBERS: Final = 0.8
_SPAN: Final = 60
_BACK: Final = 6
"""Years before the likeliest that are proposed where nothing tells the year."""
_STRANGE: Final = (
    "Rien ne dit que « {grantor} » donne dans la métropole, et {count} de ses bénéficiaires ({euros}) n’ont pas de "
    "lieu : où sont-ils ?"
)
_NO_PLACE: Final = (
    "Bénéficiaires sans lieu connu, comptés hors des territoires ; « ess fetch recherche-entreprises --for FICHIER » ou"
    " le bouton du contrôle les cherche"
)
_MAYBE_ELSEWHERE: Final = "Sans lieu connu, d’un attribuant qui donne aussi ailleurs : peut-être hors de la métropole"
_REPEATED: Final = "redit la somme d’autres colonnes"
OUTSIDE, INSIDE = "Hors de la métropole", "Dans la métropole, sans commune connue"


def read(intake: Intake, known: Context, layout: Layout) -> Records:
    """The grants of a file of a layout; every row is ruled on once. *known* is what holds for all its rows."""
    intake.account.has_amounts = True
    places = tuple(at for one in known.amounts.granted for at in one.places)
    held = list(intake.source.rows)
    intake.source = replace(intake.source, rows=iter(held))
    known = below(known, [cells for _, cells in held], intake.account.answers)
    known = audit.in_doubt(intake.source, known, held, intake.account.answers)
    rows = list(intake.rows(Money(places, known.cents, mends=not layout.private)))
    if intake.kind == scdl_conformity.KIND:
        scdl_conformity.report(intake, rows)
    rows = aside.ruled(intake, known, aside.without_totals(intake, known, rows))
    told = _dated(intake, known, [one for row in rows if (one := agreement(intake, known, row))])
    kept = shared(intake, _once(intake, told))
    _name_edition(intake, kept, layout.title)
    _tell_columns(intake, known)
    placed = [(one, where(intake, one)) for one in kept]
    intake.account.sought += [_sought(one) for one, place in placed if place.unplaced and not _is_public(intake, one)]
    elsewhere = _unknown_grantors(intake, placed)
    ordinals: Counter[str] = Counter()
    grants = [
        record
        for one, place in placed
        for record in _grants(intake, one, _settled(one, place, elsewhere), ordinals, layout)
    ]
    for question in (
        *_doubts(known, intake.account.answers),
        *known.amounts.questions,
        *([known.doubt] if known.doubt else []),
        *(one.question for one in intake.source.doubtful),
    ):
        intake.account.ask(question)
    audit.asked(intake, rows, known, held)
    parts.asked(intake, known, rows, held)
    report_unlocated(intake)
    return {"grants": grants}


def _sought(found: Agreement) -> Sought:
    form = f"{found.row['legal']} {found.row['category']}".strip()
    return sought(found.siret, found.siren, found.rna, found.name, form)


def _is_public(intake: Intake, found: Agreement) -> bool:
    told = ess.public_body(found.siren, found.name, None, found.row["legal"], found.row["category"])
    return bool(told) or intake.is_a_commune(found.name)


def _doubts(known: Context, answers: Answers) -> list[Question]:
    """What to ask where who receives is only guessed, or was answered."""
    name = next((one for one in known.columns.values() if one.meaning == "name"), None)
    if name is None or (name.confidence >= FLOOR and answers.get(NAME) != name.name):
        return []
    texts = tuple(one.name for one in known.columns.values() if one.content["text"] and one.name)
    return [Question(NAME, "Quelle colonne nomme le bénéficiaire ?", texts, name.name)]


def _dated(intake: Intake, known: Context, read_: Sequence[Agreement]) -> list[Agreement]:
    """Rows that tell no year, nor does the file, are of the only year of the others; else it is asked."""
    years = Counter(part.year for one in read_ for part in one.parts if part.year != UNTOLD)
    silent = [one for one in read_ if any(part.year == UNTOLD for part in one.parts)]
    if not silent:
        return list(read_)
    year = years.most_common(1)[0][0] if years else known.years[0]
    if len(years) == 1:
        code, how = "year_of_others", "Année des autres lignes"
    else:
        code, how = "year_assumed", "Année supposée"
        choices = tuple(str(one) for one in sorted({*years, *range(year - _BACK, year + 1)}, reverse=True))
        year = int(intake.account.ask(Question(YEAR, NO_YEAR, choices, str(year))))
    for one in silent:
        intake.note(code, f"{how} ({year}), que la ligne ne dit pas", one.row.line)
    return [_in_year(one, year) for one in read_]


def _in_year(found: Agreement, year: int) -> Agreement:
    return replace(found, parts=tuple(replace(part, year=part.year or year) for part in found.parts))


def _once(intake: Intake, read_: Sequence[Agreement]) -> list[Agreement]:
    """An agreement that is repeated, word for word or for each of its instalments, is counted once.

    One that has neither reference nor purpose cannot be told from another of the same amount: each counts.
    """
    seen: set[tuple[object, ...]] = set()
    kept = []
    for found in read_:
        if found.identified and found.content in seen:
            intake.note("instalment", "Lignes qui répètent une convention déjà lue", found.row.line)
            intake.repeat(found.row, found.name, cents=found.cents)
        else:
            seen.add(found.content)
            kept.append(found)
    return kept


def _name_edition(intake: Intake, kept: Sequence[Agreement], title: str) -> None:
    """The file is known by who gives and for which years."""
    years = {part.year for one in kept for part in one.parts}
    names = {one.grantor for one in kept}
    if not years:
        return
    span = str(min(years)) if len(years) == 1 else f"{min(years)}-{max(years)}"
    if intake.kind == scdl_conformity.KIND:
        who = next(iter(names))[:_SPAN] if len(names) == 1 else f"{len(names)} attribuants"
    else:
        who = title
    intake.vintage = replace(intake.vintage, year=max(years), label=f"{who}, {span}")


def _tell_columns(intake: Intake, known: Context) -> None:
    """Which columns of amounts, or of numbers that nothing explains, are not read."""
    for column in known.columns.values():
        if not column.meaning and column.content["number"] > _NUMBERS and column.name:
            counts = titles.read(column.name).meaning == "count"
            why = "ils comptent autre chose que des euros" if counts else "rien ne dit ce qu’ils sont"
            told = f"Colonne « {column.name} » de nombres, non lue : {why}."
            intake.account.warn("numbers_unread", told, column.content.filled)
    columns = {one["place"] - 1: one for one in intake.account.table["columns"]}
    for at in known.amounts.checked:
        columns.get(at, {})["left"] = _REPEATED
    for column, why in known.amounts.left:
        columns.get(column.at, {})["left"] = why
        intake.account.warn("amounts_left", f"Colonne « {column.name} » non lue : {why}.", column.content.filled or 1)


def _unknown_grantors(intake: Intake, placed: Sequence[tuple[Agreement, Where]]) -> frozenset[str]:
    """Grantors of which nothing says that they give in the metropole: it is asked, and meanwhile they do not."""
    silent: dict[str, list[Agreement]] = defaultdict(list)
    inside: set[str] = set()
    for one, place in placed:
        if place.commune is not None:
            inside.add(one.grantor)
        elif (
            place.unplaced
            and one.grantor != UNKNOWN_GRANTOR
            and grantors.reach(one.grantor_siren, one.grantor) == grantors.STRANGE
        ):
            silent[one.grantor].append(one)
    elsewhere: set[str] = set()
    for name in (name for name in silent if name not in inside):
        euros = euros_text(sum(one.cents for one in silent[name]))
        about = _STRANGE.format(grantor=name, count=len(silent[name]), euros=euros)
        if intake.account.ask(Question(GRANTOR, about, (OUTSIDE, INSIDE), OUTSIDE, name)) == OUTSIDE:
            elsewhere.add(name)
    return frozenset(elsewhere)


def _settled(found: Agreement, place: Where, elsewhere: frozenset[str]) -> Where:
    return Where(None, None, outside=True) if place.unplaced and found.grantor in elsewhere else place


def _grants(intake: Intake, found: Agreement, place: Where, ordinals: Counter[str], layout: Layout) -> list[Record]:
    """The records of a row, one a year; none once it has been ruled out."""
    row, cents = found.row, found.cents
    family = _family(intake, found, place, layout.constants)
    if family is None:
        return []
    if place.commune:
        intake.accept(place.commune, cents)
    else:
        if place.unplaced:
            intake.note("no_place", _NO_PLACE, row.line)
            if grantors.reach(found.grantor_siren, found.grantor) == grantors.UNKNOWN:
                intake.note("maybe_elsewhere", _MAYBE_ELSEWHERE, row.line)
        intake.account.accept(None, cents)
    instrument = layout.constants.get("instrument") or row["scheme"] or layout.no_scheme
    who = Beneficiary(found.siret, found.siren, found.rna, found.name)
    return [
        {
            **identified(intake.kind, _said(found, part), ordinals, who),
            "commune": place.commune,
            "located_by": place.way,
            "family": family or None,
            "grantor": found.grantor,
            "instrument": instrument,
            "kind": layout.constants.get("stage") or (PAID if part.stage == PAID else layout.stage),
            "year": part.year,
            "amount_cents": part.cents,
            "decision": decided(row["reference"], found.date, row["purpose"]),
            **intake.written(row),
        }
        for part in found.parts
    ]


def _said(found: Agreement, part: Part) -> tuple[object, ...]:
    """What makes the identifier of a grant; that of a row of one year is the same as it always was."""
    return found.content if len(found.parts) == 1 else (*found.content, part.year)


def _stated(intake: Intake, found: Agreement) -> str | None:
    """Family that the name or the legal form of a beneficiary tells; what is only suggested is said."""
    row = found.row
    if (proved := legal_forms.proved_family(found.name)) is not None:
        return proved
    for text in (row["legal"], row["category"], found.name):
        if (form := legal_forms.family_in(text)) is not None:
            if text == found.name:
                message = "Associations d’après leur nom (amicale, club, comité…), à confirmer"
                intake.note("family_suggested", message, row.line)
            return form.family
    return None


def _family(intake: Intake, found: Agreement, place: Where, constants: Mapping[str, str]) -> str | None:
    """Family of a beneficiary of the ESS, empty where only the register knows it; None once the row is ruled out."""
    row, cents = found.row, found.cents
    if _is_public(intake, found):
        intake.note("public_body", "Organismes publics : hors ESS", row.line)
        intake.account.count("not_ess", cents)
        return None
    if place.outside:
        intake.account.count("outside", cents)
        return None
    numbers = found.siret, found.siren, found.rna, plain_name(found.name)
    told = ("association" if found.rna else None) or _stated(intake, found) or constants.get("family")
    told = told or intake.register.family(*numbers)
    if told is None and not intake.register.is_of_ess(*numbers):
        intake.note("not_known_as_ess", "Bénéficiaires que ni le registre, ni leur nom ne disent de l’ESS", row.line)
        intake.account.count("not_ess", cents)
        return None
    return told or ""
