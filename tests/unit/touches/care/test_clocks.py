"""When promises, complaints and conversations are due for what."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.care.complaint_clock import (
    CLOCKS,
    ORDER,
    ComplaintStep,
    Harm,
    Reaction,
    gravity,
    has_cooled,
    is_late,
    keeps_selling_away,
    priority_of,
    step_after,
    step_deadline,
    why_not_step,
)
from touches.care.conversation_clock import ConversationDue, conversation_due, keeps_waiting
from touches.care.local import LocalClock
from touches.care.promise_clock import PromiseStep, breaks_word, kept_rate, promise_due, warn_at
from touches.model.care import CareState, Complaint, Conversation, Promise

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
HELSINKI = LocalClock(zone="Europe/Helsinki")
WARN, INTERIM, ESCALATE = PromiseStep.WARN, PromiseStep.INTERIM, PromiseStep.ESCALATE


def make_promise(hours: float = 8, **changes: object) -> Promise:
    known = {"id": 1, "lead_id": 1, "text": "x", "by": NOW + timedelta(hours=hours), "owner": "", "made_at": NOW}
    return Promise(**{"state": CareState.OPEN, **known, **changes})  # type: ignore[arg-type]


def make_complaint(**changes: object) -> Complaint:
    known = {"id": 1, "lead_id": 1, "opened_at": NOW, "text": "x", "state": CareState.OPEN}
    return Complaint(**{**known, **changes})  # type: ignore[arg-type]


def make_conversation(**changes: object) -> Conversation:
    known = {"id": 1, "lead_id": 1, "opened_at": NOW, "state": CareState.OPEN}
    times = {"answer_by": NOW + timedelta(days=1), "stalled_at": NOW + timedelta(days=5)}
    return Conversation(**{**known, **times, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hours", "before"),
    [(8, timedelta(hours=2)), (1, timedelta(minutes=30)), (0.5, timedelta(minutes=15)), (240, timedelta(hours=60))],
)
def test_the_warning_comes_a_quarter_of_the_time_before_at_least_half_an_hour(hours: float, before: timedelta) -> None:
    promise = make_promise(hours)
    assert promise.by - warn_at(promise) == before


@pytest.mark.parametrize(
    ("after", "changes", "expected"),
    [
        (0, {}, ()),
        (5.9, {}, ()),
        (6, {}, (WARN,)),
        (7, {"warned_at": NOW}, ()),
        (8, {}, (INTERIM, ESCALATE)),
        (8, {"interim_at": NOW}, (ESCALATE,)),
        (9, {"interim_at": NOW, "escalated_at": NOW}, ()),
        (9, {"parent_id": 7}, (ESCALATE,)),
        (9, {"state": CareState.KEPT}, ()),
        (9, {"state": CareState.CLOSED}, ()),
    ],
)
def test_a_promise_asks_for_what_its_hour_asks_for(
    after: float, changes: dict[str, object], expected: tuple[PromiseStep, ...]
) -> None:
    assert promise_due(make_promise(**changes), NOW + timedelta(hours=after)) == expected  # type: ignore[arg-type]


def test_only_a_promise_to_the_customer_breaks_our_word() -> None:
    late = NOW + timedelta(hours=9)
    assert breaks_word(make_promise(), late)
    assert not breaks_word(make_promise(parent_id=3), late)
    assert not breaks_word(make_promise(state=CareState.KEPT), late)


@given(st.integers(1, 10_000), st.integers(0, 20_000))
def test_a_promise_is_warned_of_or_overdue_never_both(length: int, after: int) -> None:
    promise = make_promise(length / 60)
    due = promise_due(promise, NOW + timedelta(minutes=after))
    assert (WARN in due) == (warn_at(promise) <= NOW + timedelta(minutes=after) < promise.by)
    assert (ESCALATE in due) == (after >= length)


def test_the_kept_rate_counts_in_time_late_and_broken() -> None:
    late = NOW + timedelta(hours=9)
    promises = [
        make_promise(state=CareState.KEPT, kept_at=NOW),
        make_promise(state=CareState.KEPT, kept_at=late, renewals=2),
        make_promise(state=CareState.BROKEN),
        make_promise(100),
        make_promise(state=CareState.KEPT, kept_at=NOW, parent_id=1),
    ]
    found = kept_rate(promises, late)
    done = {"state": CareState.KEPT, "kept_at": NOW, "renewals": 1}
    put_off = kept_rate([make_promise(**done), make_promise(**done, missed=1)], late)
    assert (put_off.kept, put_off.late) == (1, 1), "a new time makes no passed one good"
    assert (found.kept, found.late, found.broken, found.renewals) == (1, 1, 1, 2)
    assert found.rate == pytest.approx(1 / 3)
    assert kept_rate([], late).rate is None


def test_more_harm_never_gives_more_time() -> None:
    for step in ComplaintStep:
        deadlines = [step_deadline(step, harm, NOW, HELSINKI) for harm in (Harm.HIGH, Harm.MIDDLE, Harm.LOW)]
        assert deadlines == sorted(deadlines)
    assert all(set(CLOCKS[harm]) == set(ComplaintStep) for harm in Harm)


def test_the_steps_follow_one_another_and_end() -> None:
    assert [step_after(step) for step in ORDER] == [*ORDER[1:], None]


def test_nobody_looks_for_a_cause_that_is_known() -> None:
    assert step_after(ComplaintStep.CALM, cause_known=True) is ComplaintStep.SOLUTION
    assert step_after(ComplaintStep.PROVE, cause_known=True) is None


@pytest.mark.parametrize(
    ("harm", "reaction", "expected"),
    [
        (Harm.LOW, Reaction.CALM, Harm.LOW),
        (Harm.LOW, Reaction.ANGRY, Harm.MIDDLE),
        (Harm.MIDDLE, Reaction.ANGRY, Harm.HIGH),
        (Harm.HIGH, Reaction.ANGRY, Harm.HIGH),
        (Harm.LOW, Reaction.LEAVING, Harm.HIGH),
    ],
)
def test_anger_makes_a_case_graver_and_whoever_means_to_leave_the_gravest(
    harm: Harm, reaction: Reaction, expected: Harm
) -> None:
    assert gravity(harm, reaction) is expected


def test_a_worse_reaction_never_goes_later_and_a_graver_case_always_first() -> None:
    for harm in Harm:
        ranks = [priority_of(harm, reaction) for reaction in Reaction]
        assert ranks == sorted(set(ranks))
    assert priority_of(Harm.HIGH, Reaction.CALM) > priority_of(Harm.LOW, Reaction.ANGRY)


@pytest.mark.parametrize(
    ("done", "step", "allowed"),
    [
        ([], ComplaintStep.CALM, True),
        ([], ComplaintStep.SOLUTION, True),
        (["cause"], ComplaintStep.SOLUTION, True),
        (["cause"], ComplaintStep.CAUSE, False),
        (["cause"], ComplaintStep.CALM, False),
    ],
)
def test_steps_may_be_skipped_and_never_gone_back(done: list[str], step: ComplaintStep, allowed: bool) -> None:
    complaint = make_complaint(steps=tuple({"step": name} for name in done))
    assert (why_not_step(complaint, step) == "") is allowed


def test_no_step_follows_a_solution() -> None:
    assert "solved already" in why_not_step(make_complaint(state=CareState.SOLVED), ComplaintStep.CAUSE)


def test_a_complaint_keeps_selling_away_until_its_peace_is_over() -> None:
    solved = make_complaint(state=CareState.SOLVED, cool_until=NOW + timedelta(days=7))
    assert keeps_selling_away(make_complaint(), NOW)
    assert keeps_selling_away(solved, NOW)
    assert has_cooled(solved, NOW + timedelta(days=7))
    assert not keeps_selling_away(solved, NOW + timedelta(days=7))
    assert not keeps_selling_away(make_complaint(state=CareState.CLOSED), NOW)


def test_only_an_open_complaint_is_late() -> None:
    assert is_late(make_complaint(step_by=NOW), NOW)
    assert not is_late(make_complaint(step_by=NOW + timedelta(seconds=1)), NOW)
    assert not is_late(make_complaint(step_by=NOW, state=CareState.SOLVED), NOW)


@pytest.mark.parametrize(
    ("days", "changes", "expected"),
    [
        (0, {}, ConversationDue.NOTHING),
        (1, {}, ConversationDue.ESCALATE),
        (1, {"answered_at": NOW}, ConversationDue.NOTHING),
        (5, {}, ConversationDue.STALLED),
        (5, {"answered_at": NOW}, ConversationDue.STALLED),
        (9, {"state": CareState.CLOSED}, ConversationDue.NOTHING),
    ],
)
def test_a_conversation_asks_for_an_answer_and_stalls(
    days: int, changes: dict[str, object], expected: ConversationDue
) -> None:
    conversation = make_conversation(**changes)
    assert conversation_due(conversation, NOW + timedelta(days=days)) is expected


def test_sending_stays_stopped_until_a_conversation_has_stalled_or_ended() -> None:
    assert keeps_waiting(make_conversation(), NOW)
    assert not keeps_waiting(make_conversation(), NOW + timedelta(days=5))
    assert not keeps_waiting(make_conversation(state=CareState.CLOSED), NOW)
