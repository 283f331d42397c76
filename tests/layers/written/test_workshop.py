"""A workshop: its stage, what is sent once or ten times, who voted and who cannot be told, what it adds up to."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from layers.written import register, saving
from layers.written.database import Database
from layers.written.locking import Conflict
from layers.written.register import Finding
from layers.written.schema import CONTRIBUTIONS, DEVICES, JOURNAL, MEETINGS
from layers.written.workshop import contributions, meetings, scenes, tally
from layers.written.workshop.bodies import Refused
from layers.written.workshop.contributions import Contribution, Sending
from layers.written.workshop.meetings import InvalidMeeting, Meeting, UnknownMeeting
from layers.written.workshop.scenes import BOARD, RANK, VALUE, VIEW, VOTE, Scene
from tests.databases import Address

WHO, ORDER = "animatrice fictive", list("31245678")


@pytest.fixture
def database(address: Address) -> Database:
    return Database(address())


def opened(database: Database) -> Meeting:
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), WHO)
    return meetings.open_(database, made.id, WHO)


def scene(database: Database, meeting: Meeting, kind: str, **more: Any) -> Scene:
    return scenes.add(database, Scene(meeting.id, kind, "Question ?", **{"view": "/carte?release=x", **more}), WHO)


def sent(database: Database, meeting: Meeting, device: str, where: Scene, body: Any, *, ident: str = "") -> bool:
    return contributions.send(database, meeting, device, Sending(ident or uuid.uuid4().hex, where.id, body))


def test_a_meeting_is_prepared_opened_led_and_closed(database: Database) -> None:
    one = opened(database)
    assert meetings.by_code(database, f" {one.code[:3].lower()}-{one.code[3:]} ").id == one.id
    first, second = scene(database, one, VIEW), scene(database, one, BOARD)
    before = meetings.pulse(database, one.id)
    led = meetings.lead(database, one.id, WHO, scene=second.id, phase=meetings.REVEALED, minutes_left=5)
    assert (led.scene, led.phase) == (second.id, "revealed")
    assert led.timer
    assert meetings.pulse(database, one.id)[0] > before[0]
    scenes.move(database, second.id, -1, WHO)
    assert [s.id for s in scenes.listed(database, one.id)] == [second.id, first.id]
    contributions.join(database, one, "a", "elected")
    closed = meetings.close(database, one.id, WHO)
    assert (closed.state, closed.attendance["elected"], closed.salt) == ("closed", 1, "")
    with pytest.raises(InvalidMeeting):
        meetings.open_(database, one.id, WHO)
    with pytest.raises(InvalidMeeting):
        meetings.lead(database, one.id, WHO, scene=first.id)
    with database.read() as connection:
        told = connection.execute(select(JOURNAL.c.what).where(JOURNAL.c.entry == one.id)).scalars().all()
        kept = " ".join(filter(None, connection.execute(select(JOURNAL.c.after)).scalars()))
    assert told == ["added", "opened", "led", "closed"]
    assert one.salt not in kept


def test_what_changed_in_between_is_told_and_not_overwritten(database: Database) -> None:
    one = opened(database)
    meetings.change(database, one.id, one.version, {"title": "Le premier", "elected": "12"}, WHO)
    with pytest.raises(Conflict) as met:
        meetings.change(database, one.id, one.version, {"title": "Le second"}, WHO)
    assert (met.value.now.title, met.value.now.attendance) == (
        "Le premier",
        {"elected": 12, "actors": 0, "services": 0},
    )
    found = scene(database, one, VIEW)
    scenes.change(database, found.id, 1, {"question": "Autre ?"}, WHO)
    with pytest.raises(Conflict):
        scenes.change(database, found.id, 1, {"question": "Encore ?"}, WHO)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"title": " "}, "title"), ({"held": "demain"}, "held"), ({"elected": "-1"}, "elected"), ({"code": "x"}, "code")],
)
def test_what_is_no_meeting_is_refused(database: Database, values: dict[str, str], field: str) -> None:
    one = opened(database)
    with pytest.raises(InvalidMeeting) as met:
        meetings.change(database, one.id, one.version, values, WHO)
    assert met.value.field == field
    assert meetings.read(database, one.id) == meetings.listed(database, "3")[0]


def test_nothing_is_read_where_nothing_was_written(database: Database, tmp_path: Path) -> None:
    assert meetings.listed(database) == scenes.listed(database, "x") == []
    for ask in (meetings.read, meetings.by_code, meetings.pulse):
        with pytest.raises(UnknownMeeting):
            ask(database, "ABCDEF")
    assert not (tmp_path / "ess.sqlite").exists()


def test_what_is_sent_ten_times_at_once_is_written_once(database: Database) -> None:
    one = opened(database)
    board = scene(database, one, BOARD)
    contributions.join(database, one, "a", "actors")
    ident, told = uuid.uuid4().hex, []

    def send() -> None:
        told.append(sent(database, one, "a", board, {"sentence": "Une idée.", "quadrant": "threat"}, ident=ident))

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 9 + [True]
    (kept,) = contributions.proposed(database, one.id)
    assert kept.held == {"sentence": "Une idée.", "quadrant": "threat"}


def test_a_proposed_finding_is_accepted_once_into_the_register(database: Database) -> None:
    one = opened(database)
    board = scene(database, one, BOARD)
    contributions.join(database, one, "a", "actors")
    for number in range(2):
        sent(database, one, "a", board, {"sentence": f"Idée {number}.", "quadrant": "threat"})
    first, second = contributions.proposed(database, one.id)
    made = contributions.accept(database, first.id, WHO, "Rencontre fictive")
    assert made is not None
    assert contributions.accept(database, first.id, WHO, "Rencontre fictive") is None
    assert contributions.refuse(database, second.id, WHO)
    assert not contributions.refuse(database, second.id, WHO)
    assert [(f.sentence, f.source) for f in register.listed(database, "3")] == [("Idée 0.", "Rencontre fictive")]
    assert contributions.proposed(database, one.id) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (RANK, list("12345677")),
        (RANK, "12345678x"),
        (VALUE, "beaucoup"),
        (VALUE, float("nan")),
        (VALUE, float("inf")),
        (BOARD, {"sentence": " ", "quadrant": "threat"}),
        (BOARD, {"sentence": "Oui.", "quadrant": "autre"}),
        (BOARD, "Oui."),
        (VOTE, {"inconnu": 1}),
        (VOTE, {}),
        (VOTE, []),
    ],
)
def test_what_is_no_answer_is_refused(database: Database, kind: str, body: Any) -> None:
    one = opened(database)
    where = scene(database, one, kind, area="3")
    contributions.join(database, one, "a", "actors")
    with pytest.raises(Refused) as met:
        sent(database, one, "a", where, body)
    assert met.value.why == "body"


def test_who_has_not_joined_or_comes_too_late_is_told(database: Database) -> None:
    one = opened(database)
    where = scene(database, one, VALUE, area="3")
    with pytest.raises(Refused, match="college"):
        sent(database, one, "a", where, 3)
    with pytest.raises(Refused, match="college"):
        contributions.join(database, one, "a", "presse")
    contributions.join(database, one, "a", "elected")
    with pytest.raises(Refused, match="id"):
        sent(database, one, "a", where, 3, ident="../x")
    meetings.lead(database, one.id, WHO, scene=where.id, phase=meetings.REVEALED)
    assert sent(database, one, "a", where, 3)
    (late,) = contributions.counted(database, where)
    assert late.late
    assert tally.estimates([late]) == {}
    assert contributions.count_late(database, where, WHO) == 1
    assert tally.estimates(contributions.counted(database, where)) == {"": (1, 3.0)}, "one of a college is not told"
    meetings.close(database, one.id, WHO)
    with pytest.raises(Refused, match="closed"):
        sent(database, one, "a", where, 4)


def test_what_was_revealed_is_not_guessed_in_time_by_going_back(database: Database) -> None:
    one = opened(database)
    where = scene(database, one, VALUE, area="3")
    contributions.join(database, one, "a", "elected")
    meetings.lead(database, one.id, WHO, scene=where.id, phase=meetings.REVEALED)
    meetings.lead(database, one.id, WHO, scene=where.id, phase=meetings.ASKED)
    sent(database, one, "a", where, 3)
    assert [answer.late for answer in contributions.counted(database, where)] == [True]


def test_a_late_answer_does_not_take_the_place_of_one_in_time(database: Database) -> None:
    one = opened(database)
    where = scene(database, one, VALUE, area="3")
    contributions.join(database, one, "a", "elected")
    sent(database, one, "a", where, 1)
    sent(database, one, "a", where, 2)
    scenes.set_open(database, where.id, WHO, is_open=False)
    sent(database, one, "a", where, 99)
    assert [answer.held for answer in contributions.counted(database, where)] == [2.0]


def test_votes_are_counted_by_college_with_paper_and_told_apart_only_where_they_may(database: Database) -> None:
    one = opened(database)
    a, b = (register.add(database, Finding("3", f"Constat {n}.", "threat", source="x"), WHO).id for n in range(2))
    vote = scene(database, one, VOTE, dots=3)
    for device in "abc":
        contributions.join(database, one, device, "elected")
        sent(database, one, device, vote, {a: 3})
    sent(database, one, "c", vote, {a: 1, b: 2})
    contributions.type_in(database, one.id, vote.id, {b: 3}, college="actors", number=4, who=WHO)
    contributions.join(database, one, "d", "services")
    sent(database, one, "d", vote, {b: 1})
    with pytest.raises(Refused):
        sent(database, one, "d", vote, {b: 4})
    answers = contributions.counted(database, vote)
    shown = tally.dots(answers, secret=False)
    assert shown.voters == {"elected": 3, "actors": 4, "services": 1}
    assert [(v.finding, v.dots, dict(v.by_college)) for v in shown.votes] == [
        (b, 15, {"elected": 2, "actors": 12, "services": 1}),
        (a, 7, {"elected": 7, "actors": 0, "services": 0}),
    ]
    assert shown.votes[0].gap == pytest.approx(1 - 2 / 9)
    hidden = tally.dots(answers, secret=True)
    assert [dict(v.by_college) for v in hidden.votes] == [
        {"elected": None, "actors": 12, "services": None},
        {"elected": None, "actors": 0, "services": None},
    ], "one voter of the services, whom the total less the others would tell"


@given(st.dictionaries(st.sampled_from(list(meetings.COLLEGES)), st.integers(0, 6)))
def test_nobody_is_told_by_subtraction_in_a_secret_ballot(voters: dict[str, int]) -> None:
    answers = [
        Contribution(f"{college}{n}", "m", "s", "dots", college, None, '{"a": 1}')
        for college, number in voters.items()
        for n in range(number)
    ]
    found = tally.dots(answers, secret=True)
    for one in found.votes:
        hidden = [college for college, number in one.by_college.items() if number is None]
        assert sum(found.voters[college] for college in hidden) not in (1, 2)
        assert all(found.voters[college] not in (1, 2) for college in set(meetings.COLLEGES) - set(hidden))
    assert bool(found.votes) == (len(answers) >= tally.FEWEST)


def test_after_the_close_nothing_tells_which_telephone_voted_what(database: Database) -> None:
    one = opened(database)
    a = register.add(database, Finding("3", "Constat.", "threat", source="x"), WHO).id
    vote = scene(database, one, VOTE)
    idents = []
    for device in "abc":
        contributions.join(database, one, device, "elected")
        for _ in range(2):
            idents.append(uuid.uuid4().hex)
            sent(database, one, device, vote, {a: 1}, ident=idents[-1])
    before = tally.dots(contributions.counted(database, vote), secret=False)
    meetings.close(database, one.id, WHO)
    assert tally.dots(contributions.counted(database, vote), secret=False) == before
    with database.read() as connection:
        rows = connection.execute(select(CONTRIBUTIONS)).mappings().all()
        assert connection.execute(select(DEVICES)).all() == []
        assert connection.execute(select(MEETINGS.c.salt)).scalars().all() == [""]
    assert len(rows) == 3
    assert {row["device"] for row in rows} == {None}
    assert not {row["id"] for row in rows} & set(idents)
    assert len({row["at"] for row in rows}) == 1


@given(st.lists(st.permutations(ORDER), min_size=1, max_size=6))
def test_the_perceived_order_is_that_of_mean_ranks(orders: list[list[str]]) -> None:
    answers = [
        Contribution(str(n), "m", "s", "rank", "elected", None, str(order).replace("'", '"'))
        for n, order in enumerate(orders)
    ]
    found = tally.perceived(answers)
    assert sum(one.mean for one in found) == pytest.approx(36)
    assert [one.mean for one in found] == sorted(one.mean for one in found)
    assert [one.place for one in found] == [1 + sum(o.mean < one.mean for o in found) for one in found]
    if len(orders) == 1:
        assert [one.code for one in found] == orders[0]


def test_a_workshop_is_saved_and_given_back(address: Address, database: Database, tmp_path: Path) -> None:
    one = opened(database)
    board = scene(database, one, BOARD)
    contributions.join(database, one, "a", "actors")
    sent(database, one, "a", board, {"sentence": "Œuvre « commune ».", "quadrant": "strength"})
    saving.save(database, tmp_path / "s")
    other = Database(address())
    saving.give_back(other, tmp_path / "s")
    assert meetings.read(other, one.id) == meetings.read(database, one.id)
    assert contributions.proposed(other, one.id) == contributions.proposed(database, one.id)
