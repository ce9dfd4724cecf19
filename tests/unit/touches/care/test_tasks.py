"""Names of tasks, their order, and what may hide in what is known of a lead."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import Refused
from touches.care.finding_news import as_data, facts_to_start_from
from touches.care.tasks import LAST_WIDTH, Task, TaskKind, TaskName, in_short, name_for, task_name, working_order
from touches.model.care import Activity, Interaction
from touches.model.people import Lead

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17", TaskName(kind=TaskKind.CALL, number=17)),
        ("answer-12", TaskName(kind=TaskKind.ANSWER, number=12)),
        (" Promise-7 ", TaskName(kind=TaskKind.PROMISE, number=7)),
        ("complaint-3", TaskName(kind=TaskKind.COMPLAINT, number=3)),
        ("news-1234", TaskName(kind=TaskKind.FIND_NEWS, number=1234)),
        ("letters", TaskName(kind=TaskKind.POST_LETTERS)),
    ],
)
def test_a_task_is_named_as_the_list_shows_it(text: str, expected: TaskName) -> None:
    assert task_name(text) == expected


@pytest.mark.parametrize("kind", [TaskKind.ANSWER, TaskKind.PROMISE, TaskKind.COMPLAINT, TaskKind.FIND_NEWS])
def test_a_name_is_read_as_it_is_written(kind: TaskKind) -> None:
    assert task_name(name_for(kind, 5)) == TaskName(kind=kind, number=5)


@pytest.mark.parametrize("text", ["", "x", "call-3", "answer-", "answer-x", "-1", "1.5", "answer-1-2", "9" * 40])
def test_what_is_no_task_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no task"):
        task_name(text)


def make_task(kind: TaskKind, hours: float, **changes: object) -> Task:
    known = {"task": f"{kind}{hours}", "lead_id": 1, "lead": "ann", "name": "Ann", "phone": "", "owner": "aino"}
    return Task(kind=kind, due_at=NOW + timedelta(hours=hours), **{**known, **changes})  # type: ignore[arg-type]


def test_complaints_come_before_what_is_owed_and_late_and_that_before_the_days_calls() -> None:
    call, meeting = make_task(TaskKind.CALL, -3), make_task(TaskKind.MEETING, 1)
    late, soon = make_task(TaskKind.PROMISE, -1), make_task(TaskKind.ANSWER, 2)
    mild, grave = make_task(TaskKind.COMPLAINT, 1, priority=10), make_task(TaskKind.COMPLAINT, 5, priority=90)
    shuffled = [soon, meeting, mild, call, grave, late]
    ordered = sorted(shuffled, key=lambda task: working_order(task, NOW))
    assert ordered == [grave, mild, late, call, meeting, soon]


def test_a_call_is_late_when_its_day_is_over() -> None:
    call = make_task(TaskKind.CALL, -3, late_at=NOW + timedelta(hours=5))
    assert not call.overdue(NOW)
    assert call.overdue(NOW + timedelta(hours=5))


def test_facts_name_the_last_purchase_the_anniversary_and_the_concern() -> None:
    lead = Lead(id=1, concerns=("price",), segment="cafe", attributes={"machine": "X200"})
    first = Activity(lead_id=1, kind="purchase", at=datetime(2024, 11, 20, tzinfo=UTC))
    last = Activity(lead_id=1, kind="purchase", at=datetime(2026, 9, 1, tzinfo=UTC), amount=Decimal("19.00"))
    facts = facts_to_start_from(lead, [first, last], NOW)
    assert "last purchase on 2026-09-01 for 19.00, 2 in all" in facts
    assert "a customer for 2 years on 2026-11-20" in facts
    assert "worries about price" in facts
    assert "machine: X200" in facts


def test_a_customer_since_a_leap_day_has_an_anniversary() -> None:
    leap = Activity(lead_id=1, kind="purchase", at=datetime(2024, 2, 29, tzinfo=UTC))
    facts = facts_to_start_from(Lead(id=1), [leap], datetime(2027, 2, 10, tzinfo=UTC))
    assert "a customer for 3 years on 2027-02-28" in facts


def test_nothing_known_is_said_as_well() -> None:
    assert facts_to_start_from(Lead(id=1), [], NOW) != []


@given(st.text(alphabet="{}%#' \\nab", max_size=30))
def test_what_somebody_typed_is_never_a_template(text: str) -> None:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(keep_trailing_newline=True)
    assert environment.from_string(as_data(text)).render() == text


@pytest.mark.parametrize("said", ["A" * 4000, "word " * 900, "one\n\n\ntwo"])
def test_what_was_said_last_is_a_hint_however_much_it_was(said: str) -> None:
    told = in_short(Interaction(lead_id=1, at=NOW, who="engine", channel="sms", direction="in", said=said))

    assert told.startswith("2026-11-02 engine, sms; from the lead; said: ")
    assert len(told) <= LAST_WIDTH
    assert "\n" not in told
    assert said[:3] in told
