"""What the engine asks again and again goes by an index, on both databases: with ten million touches nothing is
walked through. Plans are read from the databases themselves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from touches.model.states import TouchState
from touches.store.doubts import Doubts
from touches.store.hand_overs import Lease
from touches.store.units import Store, Unit

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
LEASE = Lease(token="d#1", until=NOW)
ASKED: dict[str, Callable[[Unit], object]] = {
    "claim": lambda unit: unit.hand_overs.claim_due("email", now=NOW, up_to_id=9, limit=500, lease=LEASE),
    "rates": lambda unit: unit.vitals.may_have_left_since("email", NOW),
    "leases": lambda unit: unit.hand_overs.leased(before=NOW),
    "leases are kept": lambda unit: unit.hand_overs.extend(["d#1"], seconds=30, now=NOW),
    "held": lambda unit: unit.touches.held(after=0, limit=500),
    "in doubt": lambda unit: Doubts(unit.connection).all(),
    "quarantined": lambda unit: unit.touches.in_states([TouchState.QUARANTINED]),
    "what is due": lambda unit: unit.vitals.due(NOW),
    "the oldest due": lambda unit: unit.vitals.oldest_due(NOW),
    "the number due": lambda unit: unit.vitals._count_due("email", NOW),
    "drained": lambda unit: unit.vitals.is_due("email", NOW, up_to_id=9),
    "what others asked": lambda unit: unit.asked.since(NOW, ["cafe"]),
    "open": lambda unit: unit.vitals.open(),
    "the oldest doubt": lambda unit: unit.vitals.oldest_doubt(),
    "by hour": lambda unit: unit.vitals.handed_over_by_hour("email", since=NOW, until=NOW),
    "last left": lambda unit: unit.vitals.last_handed_over(),
    "first left": lambda unit: unit.vitals.first_handed_over("email"),
    "calls of the day": lambda unit: unit.call_days.claim(
        ["call", "meeting"], before=NOW, up_to_id=9, limit=500, lease=LEASE
    ),
    "calls on lists": lambda unit: unit.worklist.listed(until=NOW),
    "calls not on lists": lambda unit: unit.worklist.unlisted(until=NOW),
    "what fills the days": lambda unit: [
        *(unit.call_days.standing(), unit.call_days.waiting(since=NOW), unit.call_days.spoken(since=NOW))
    ],
    "pauses that are over": lambda unit: unit.enrollments.resumable(NOW),
    "nobody without a next touch": lambda unit: unit.touches.unplanned(after=3, up_to=9, limit=500),
    "markers": lambda unit: unit.hand_overs.mark_committing([1, 2], lease="d#1", until=NOW, now=NOW).rows(),
}


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def plans(unit: Unit, ask: Callable[[Unit], object]) -> list[str]:
    """One line for each step of each statement's plan."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said.append((statement, values))

    event.listen(unit.connection, "before_cursor_execute", note)
    try:
        ask(unit)
    finally:
        event.remove(unit.connection, "before_cursor_execute", note)
    assert said
    if unit.connection.dialect.name == "sqlite":
        return [
            str(row[3])
            for statement, values in said
            for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    unit.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # for a walk through few rows would be right
    return [
        str(row[0])
        for statement, values in said
        for row in unit.connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", values)
    ]


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_again_and_again_is_sought_by_an_index(store: Store, asked: str) -> None:
    with store.write() as unit:
        steps = plans(unit, ASKED[asked])

    assert steps
    walked = [step for step in steps if "SCAN" in step or "Seq Scan" in step]
    # The keys that were asked for are a list, and the queues of a channel are sought one after another.
    lists = ("json_each", "CONSTANT ROW", "SCAN queue")
    assert [step for step in walked if not any(name in step for name in lists)] == []


def test_a_claim_reads_the_order_of_its_index(store: Store) -> None:
    with store.write() as unit:
        steps = plans(unit, ASKED["claim"])

    assert any("ix_touch_due" in step for step in steps)
    assert [step for step in steps if "TEMP B-TREE" in step or "Sort" in step] == []


def test_a_plan_that_walks_is_seen(store: Store) -> None:
    with store.write() as unit:
        steps = plans(
            unit, lambda unit: unit.connection.exec_driver_sql("SELECT count(*) FROM touch WHERE reason <> ''")
        )

    assert any("SCAN" in step or "Seq Scan" in step for step in steps)
