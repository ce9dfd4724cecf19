"""What follows from a text message and from a provider's report: pure decisions."""

from datetime import UTC, datetime

import pytest

from channels.inbound.sms import SmsIntent
from channels.inbound.webhooks.values import Status
from touches.inbound.acts import (
    AskPerson,
    CloseNumber,
    Converse,
    OpenNumber,
    OptIn,
    OptOut,
    ProveArrival,
    Remember,
    TakeBack,
)
from touches.inbound.reports import report_reaction
from touches.inbound.texting import sms_reaction
from touches.inbound.values import By, Match
from touches.model.cadence import Touch
from touches.model.states import TouchState

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
ANN = Match(by=By.SENDER, because="the only one", lead_id=1, speakers=(1,))
SHARED = Match(by=By.NOBODY, because="several", speakers=(1, 2), may_be=(1, 2))
NOBODY = Match(by=By.NOBODY, because="nobody known")


def touch(state: TouchState, channel: str = "sms") -> Touch:
    return Touch(
        id=10, kind="touch", enrollment_id=1, lead_id=1, policy="p", version=1, step="a", round=1, number=1,
        channel=channel, point_id=1, address="+358401234567", news="n", news_class="n", state=state, reason="",
        due_at=NOW, latest_at=None, local_time="", zone="", rank=2050, owner="", variant="", attempts=1, fence=1,
        message_id="", reference="", digest="", created_at=NOW, handed_over_at=NOW, finished_at=NOW,
    )  # fmt: skip


def kinds(intent: SmsIntent, found: Match, text: str = "") -> list[type]:
    return [type(act) for act in sms_reaction(intent, found, numbers=["+358401234567"], text=text)]


@pytest.mark.parametrize(("found", "expected"), [(ANN, [OptOut]), (SHARED, [OptOut, OptOut]), (NOBODY, [CloseNumber])])
def test_stop_always_closes_something(found: Match, expected: list[type]) -> None:
    assert kinds(SmsIntent.STOP, found) == expected


def test_stop_from_a_name_instead_of_a_number_is_told_to_a_person() -> None:
    (act,) = sms_reaction(SmsIntent.STOP, NOBODY, numbers=[], text="STOP")
    assert isinstance(act, AskPerson)
    assert act.urgent


def test_start_opens_what_the_sender_may_open() -> None:
    assert kinds(SmsIntent.START, ANN) == [OptIn]
    assert kinds(SmsIntent.START, NOBODY) == [OpenNumber]


@pytest.mark.parametrize("intent", [SmsIntent.HELP, SmsIntent.UNCLEAR, SmsIntent.REPLY])
def test_everything_else_goes_to_a_person(intent: SmsIntent) -> None:
    assert kinds(intent, ANN) == [Converse]
    assert kinds(intent, SHARED) == [AskPerson]
    assert kinds(intent, NOBODY) == [AskPerson]


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNDELIVERED])
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (TouchState.SENT, [TakeBack]),
        (TouchState.IN_DOUBT, [TakeBack]),
        (TouchState.DELIVERED, [Remember]),
        (TouchState.BOUNCED, [Remember]),
        (TouchState.FAILED, [Remember]),
    ],
)
def test_a_failure_takes_back_what_was_not_proven_to_arrive(
    status: Status, state: TouchState, expected: list[type]
) -> None:
    assert [type(act) for act in report_reaction(status, touch(state)) or ()] == expected


@pytest.mark.parametrize("status", list(Status))
def test_while_the_answer_is_not_noted_every_report_waits(status: Status) -> None:
    assert report_reaction(status, touch(TouchState.COMMITTING)) is None


@pytest.mark.parametrize("status", list(Status))
def test_a_report_affects_no_touch_by_another_channel(status: Status) -> None:
    assert [type(act) for act in report_reaction(status, touch(TouchState.SENT, "email")) or ()] == [Remember]


def test_arrival_is_proof_and_a_queue_is_only_a_way() -> None:
    for status, delivered in (
        (Status.DELIVERED, True),
        (Status.READ, True),
        (Status.SENT, False),
        (Status.QUEUED, False),
    ):
        (act,) = report_reaction(status, touch(TouchState.SENT)) or ()
        assert isinstance(act, ProveArrival)
        assert act.delivered is delivered


def test_an_unknown_word_is_kept_and_not_guessed() -> None:
    (act,) = report_reaction(Status.UNKNOWN, touch(TouchState.SENT), text="frobbed") or ()
    assert act == Remember(because="an unknown status: frobbed")
