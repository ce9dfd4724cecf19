"""The states of a touch: the database's set, the enum and the table of moves agree; what the database promises holds
under two connections. On both databases."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, inspect, select, update

from tests.integration.people import NOW, People
from touches.model.cadence import Touch
from touches.model.states import FINAL, MOVES, OPEN, EnrollmentState, LedgerStatus, Phase, TouchState, may_move
from touches.store.hand_overs import Lease, SentRow
from touches.store.rows import metadata
from touches.store.touches import Move
from touches.store.units import Conflict, Store

TOUCH = metadata.tables["touch"]
LEASE = Lease(token="a:1", until=NOW + timedelta(minutes=5))


@pytest.fixture
def people(database_url: str) -> Iterator[People]:
    store = Store(database_url)
    yield People(store)
    store.close()


@pytest.fixture
def lead_id(people: People) -> int:
    return people.add("c1", email="a@x.example")


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("touch", "state", TouchState),
        ("enrollment", "state", EnrollmentState),
        ("enrollment", "phase", Phase),
        ("ledger", "status", LedgerStatus),
    ],
)
def test_the_database_knows_the_same_words_as_the_program(
    people: People, table: str, column: str, words: type[TouchState]
) -> None:
    checks = inspect(people.store.engine).get_check_constraints(table)
    (text,) = [str(check["sqltext"]) for check in checks if check["name"] == f"ck_{table}_{column}_known"]
    assert set(re.findall(r"'([a-z_]+)'", text)) == {str(word) for word in words}


def test_a_word_that_nobody_knows_is_refused_by_the_database(people: People, lead_id: int) -> None:
    touch_id = people.touch(lead_id, None, "s1")
    with pytest.raises(Conflict), people.store.write() as unit:
        unit.connection.execute(update(TOUCH).where(TOUCH.c.id == touch_id).values(state="lost"))


def test_every_state_has_its_moves_and_final_and_open_are_all() -> None:
    assert set(MOVES) == set(TouchState)
    assert set(TouchState) == FINAL | OPEN
    reachable = {TouchState.PLANNED, TouchState.HELD}
    while more := {new for old in reachable for new in MOVES[old]} - reachable:
        reachable |= more
    assert reachable == set(TouchState)


@pytest.mark.parametrize(
    ("old", "new"),
    [(old, new) for old in TouchState for new in TouchState if not may_move(old, new)],
)
def test_a_move_that_the_table_does_not_have_is_an_error(sqlite_url: str, old: TouchState, new: TouchState) -> None:
    store = Store(sqlite_url)
    with pytest.raises(ValueError, match="no move"), store.write() as unit:
        unit.touches.move([Move(touch_id=1, old=old, new=new)])
    store.close()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "planned", "due_at": None},
        {"state": "ready", "due_at": None},
        {"state": "sent", "handed_over_at": None},
        {"state": "claimed", "lease_owner": ""},
        {"state": "committing", "lease_owner": ""},
        {"kind": "advert"},
    ],
)
def test_a_row_that_contradicts_itself_is_refused(people: People, lead_id: int, values: dict[str, object]) -> None:
    touch_id = people.touch(lead_id, None, "s1")
    with pytest.raises(Conflict), people.store.write() as unit:
        unit.connection.execute(update(TOUCH).where(TOUCH.c.id == touch_id).values(**values))


def twice(people: People, act: object) -> list[object]:
    """Do the same from two connections at once; what each got (a Conflict counts as a result)."""
    start = threading.Barrier(2)
    results: list[object] = []

    def run() -> None:
        store = Store(people.store.url)
        start.wait()
        try:
            results.append(act(store))  # type: ignore[operator]
        except Conflict:
            results.append("conflict")
        finally:
            store.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_a_step_of_an_enrollment_exists_once_whoever_plans_it(people: People, lead_id: int) -> None:
    enrollment = people.enroll(lead_id, "p")

    def plan(store: Store) -> str:
        People(store).touch(lead_id, enrollment, "s1")
        return "planned"

    assert sorted(map(str, twice(people, plan))) == ["conflict", "planned"]
    people.touch(lead_id, enrollment, "s1", round=2)
    people.touch(lead_id, people.enroll(lead_id, "q"), "s1")


def test_a_lead_runs_once_in_a_policy_whoever_enrolls_it(people: People, lead_id: int) -> None:
    results = twice(people, lambda store: bool(People(store).enroll(lead_id, "p")))
    assert sorted(map(str, results)) == ["True", "conflict"]


def test_a_lead_is_told_a_news_class_once_whoever_tells_it(people: People, lead_id: int) -> None:
    def reserve(store: Store) -> bool:
        with store.write() as unit:
            return unit.ledger.reserve(lead_id=lead_id, news_class="hours", news="hours", touch_id=None, at=NOW)

    assert sorted(map(str, twice(people, reserve))) == ["False", "True"]
    ledger = metadata.tables["ledger"]
    row = {"lead_id": lead_id, "news_class": "hours", "news": "other", "status": "told", "at": NOW}
    with pytest.raises(Conflict), people.store.write() as unit:
        unit.connection.execute(insert(ledger).values(**row))
    with people.store.write() as unit:  # what was given back is history, and in nobody's way
        unit.connection.execute(insert(ledger).values(**{**row, "status": "released"}))


def claim(store: Store, token: str, limit: int) -> list[Touch]:
    with store.write() as unit:
        return unit.hand_overs.claim_due(
            "email", now=NOW, up_to_id=10**9, limit=limit, lease=Lease(token=token, until=NOW + timedelta(minutes=5))
        )


def test_two_that_claim_at_once_never_get_the_same_touch(people: People, lead_id: int) -> None:
    ids = {people.touch(lead_id, None, f"s{n}") for n in range(40)}
    taken: list[int] = []
    names = iter(["a:1", "b:1"])

    def work(store: Store) -> int:
        token, mine = next(names), 0
        while batch := claim(store, token, 3):
            taken.extend(touch.id for touch in batch)
            mine += len(batch)
        return mine

    twice(people, work)
    assert sorted(taken) == sorted(ids)
    with people.store.read() as unit:
        found = unit.connection.execute(select(TOUCH.c.fence, TOUCH.c.lease_owner)).all()
    assert {row.fence for row in found} == {1}
    assert {row.lease_owner for row in found} <= {"a:1", "b:1"}


def test_a_lease_that_was_taken_away_changes_nothing(people: People, lead_id: int) -> None:
    touch_id = people.touch(lead_id, None, "s1")
    assert [touch.id for touch in claim(people.store, "old:1", 1)] == [touch_id]
    with people.store.write() as unit:
        back = Move(touch_id=touch_id, old=TouchState.CLAIMED, new=TouchState.READY, values={"due_at": NOW})
        assert unit.touches.move([back]) == {touch_id}
    assert [touch.id for touch in claim(people.store, "new:1", 1)] == [touch_id]
    late = Move(touch_id=touch_id, old=TouchState.CLAIMED, new=TouchState.FAILED, lease="old:1")
    with people.store.write() as unit:
        assert unit.touches.move([late]) == set()
        assert unit.hand_overs.mark_committing([touch_id], lease="old:1", until=LEASE.until, now=NOW).rows() == []
        assert unit.hand_overs.record_sent([SentRow(touch_id, "", "", NOW)], lease="old:1").count() == 0
        touch = unit.touches.by_ids([touch_id])[touch_id]
    assert (touch.state, touch.lease_owner, touch.fence) == (TouchState.CLAIMED, "new:1", 2)


def test_a_move_from_a_state_that_has_passed_changes_nothing(people: People, lead_id: int) -> None:
    touch_id = people.touch(lead_id, None, "s1", state=TouchState.HELD, reason="no news")
    move = Move(touch_id=touch_id, old=TouchState.READY, new=TouchState.CLAIMED, values={"lease_owner": "a:1"})
    with people.store.write() as unit:
        assert unit.touches.move([move]) == set()
