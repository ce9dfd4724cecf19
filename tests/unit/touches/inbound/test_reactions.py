"""What follows from each class of mail, and what never does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from channels.inbound.values import BounceFact, InboundKind, InboundMail
from channels.protocol import Failure
from touches.inbound.acts import (
    AskPerson,
    BreakAddress,
    Converse,
    CountFailure,
    CountOurAnswer,
    OptOut,
    PauseUntil,
    ProveArrival,
    Remember,
    RestChannel,
    TakeBack,
    WatchComplaints,
    WatchPoison,
)
from touches.inbound.reactions import Circumstances, away_until, class_of, reaction, wants_everything
from touches.inbound.values import By, Mark, Match

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
HERE = Circumstances(now=NOW, zone="Europe/Helsinki")
MARK = Mark(touch_id=10, lead_id=1, channel="email", address="ann@x.test")
ANN = Match(by=By.TOKEN, because="a mark", lead_id=1, touch_id=10, speakers=(1,), mark=MARK)
NOBODY = Match(by=By.NOBODY, because="nobody known")


def mail(kind: InboundKind, because: str = "", **values: object) -> InboundMail:
    return InboundMail(kind=kind, because=because, machine=kind is not InboundKind.HUMAN_REPLY, **values)  # type: ignore[arg-type]


def acts(found: InboundMail, match: Match = ANN) -> list[type]:
    return [type(act) for act in reaction(found.kind, found, match, HERE)]


def fact(failure: Failure, *, address: str = "ann@x.test", status: str = "5.1.1") -> BounceFact:
    return BounceFact(address=address, action="failed", status=status, diagnostic="said so", failure=failure)


def bounce(kind: InboundKind, failure: Failure) -> InboundMail:
    return mail(kind, "dsn: failed", bounces=(fact(failure),))


def test_a_person_opens_a_conversation() -> None:
    assert acts(mail(InboundKind.HUMAN_REPLY)) == [ProveArrival, Converse]


def test_an_unplaced_person_is_asked_about() -> None:
    unclear = Match(by=By.NOBODY, because="several", may_be=(1, 2))
    (act,) = reaction(InboundKind.HUMAN_REPLY, mail(InboundKind.HUMAN_REPLY), unclear, HERE)
    assert act == AskPerson(may_be=(1, 2), because="several")


def test_one_of_us_answers_for_us() -> None:
    ours = Match(by=By.SENDER, because="us", lead_id=1, ours=True)
    assert acts(mail(InboundKind.HUMAN_REPLY), ours) == [CountOurAnswer]


@pytest.mark.parametrize(
    ("kind", "failure", "expected"),
    [
        (InboundKind.HARD_BOUNCE, Failure.BAD_ADDRESS, [TakeBack, BreakAddress]),
        (InboundKind.HARD_BOUNCE, Failure.REJECTED, [TakeBack, CountFailure]),
        (InboundKind.SOFT_BOUNCE, Failure.MAILBOX_FULL, [TakeBack, CountFailure]),
        (InboundKind.SOFT_BOUNCE, Failure.BAD_ADDRESS, [TakeBack, CountFailure]),
        (InboundKind.POLICY_BOUNCE, Failure.POLICY, [TakeBack, RestChannel]),
    ],
)
def test_a_bounce_blames_what_it_names(kind: InboundKind, failure: Failure, expected: list[type]) -> None:
    assert acts(bounce(kind, failure)) == expected


def test_a_bounce_without_a_mark_does_nothing() -> None:
    assert acts(bounce(InboundKind.HARD_BOUNCE, Failure.BAD_ADDRESS), NOBODY) == [Remember]


def test_of_two_recipients_the_one_we_wrote_to_counts() -> None:
    facts = (fact(Failure.BAD_ADDRESS, address="eve@x.test"), fact(Failure.MAILBOX_FULL, status="5.2.2"))
    both = mail(InboundKind.HARD_BOUNCE, "dsn: failed", bounces=facts)
    assert acts(both) == [TakeBack, CountFailure]


@pytest.mark.parametrize("kind", ["abuse", "fraud", "opt-out"])
def test_a_complaint_closes_everything(kind: str) -> None:
    _, act, watch = reaction(
        InboundKind.COMPLAINT_FEEDBACK, mail(InboundKind.COMPLAINT_FEEDBACK, feedback=kind), ANN, HERE
    )
    assert (isinstance(act, OptOut) and act.channel, type(watch)) == ("all", WatchComplaints)


@pytest.mark.parametrize("kind", ["auth-failure", "dkim", "virus", "other", ""])
def test_other_feedback_closes_nothing(kind: str) -> None:
    assert acts(mail(InboundKind.COMPLAINT_FEEDBACK, feedback=kind)) == [Remember]


@pytest.mark.parametrize(
    "because",
    ["dsn: delivered", "dsn: relayed", "receipt: subject", "calendar: reply", "challenge", "acknowledgement",
     "list copy", "sender: no-reply", "feedback: not-spam"],
)  # fmt: skip
def test_a_machine_that_stands_in_for_nobody_pauses_nobody(because: str) -> None:
    found = mail(InboundKind.AUTO_REPLY, because, return_date=date(2026, 11, 20))
    assert PauseUntil not in acts(found)


@pytest.mark.parametrize(
    ("because", "back", "days"),
    [
        ("words: subject", None, 3),
        ("header: auto-submitted auto-replied", None, 3),
        ("header: auto-submitted auto-generated", None, None),
        ("header: precedence bulk", None, None),
        ("header: x-auto-response-suppress", date(2026, 11, 10), 8),
        ("words: opening", date(2027, 11, 10), 90),
        ("words: opening", date(2026, 11, 2), None),
        ("words: opening", date(2026, 10, 1), None),
    ],
)
def test_an_absence_lasts_as_long_as_it_says_within_reason(because: str, back: date | None, days: int | None) -> None:
    until = away_until(mail(InboundKind.AUTO_REPLY, because, return_date=back), HERE)
    expected = None if days is None else NOW + timedelta(days=days)
    assert until is None if expected is None else until is not None and abs(until - expected) < timedelta(hours=12)


def test_stop_closes_email_for_whom_it_speaks() -> None:
    _, act = reaction(InboundKind.UNSUBSCRIBE, mail(InboundKind.UNSUBSCRIBE, text="STOP"), ANN, HERE)
    assert isinstance(act, OptOut)
    assert (act.lead_id, act.channel) == (1, "email")


def test_stop_that_speaks_for_nobody_holds_and_tells_a_person() -> None:
    quoted = Match(by=By.QUOTE, because="a quote", lead_id=1, touch_id=10, mark=MARK)
    (act,) = reaction(InboundKind.UNSUBSCRIBE, mail(InboundKind.UNSUBSCRIBE), quoted, HERE)
    assert isinstance(act, AskPerson)
    assert (act.may_be, act.urgent) == ((1,), True)


@pytest.mark.parametrize(
    "text",
    ["STOP ALL", "Please do not contact me again", "remove me from all emails", "never contact us", "Kein Kontakt mehr",
     "delete my data"],
)  # fmt: skip
def test_words_that_close_everything(text: str) -> None:
    assert wants_everything(text)


@pytest.mark.parametrize(
    "text", ["STOP", "unsubscribe", "Please remove me", "", "stop all of a sudden? no, call me"[:4]]
)
def test_words_that_close_one_channel(text: str) -> None:
    assert not wants_everything(text)


@pytest.mark.parametrize("kind", [InboundKind.HUMAN_REPLY, InboundKind.UNSUBSCRIBE, InboundKind.AUTO_REPLY])
def test_whatever_goes_to_the_opt_out_address_asks_for_it(kind: InboundKind) -> None:
    found = mail(kind, "header: auto-submitted auto-generated")
    assert class_of(found, asked=True) is InboundKind.UNSUBSCRIBE
    assert class_of(found, asked=False) is kind


@pytest.mark.parametrize(
    ("kind", "because"),
    [
        (InboundKind.HARD_BOUNCE, "dsn: failed"),
        (InboundKind.DELAY, "dsn: delayed"),
        (InboundKind.LOOP, "loop: header X-Touches"),
        (InboundKind.AUTO_REPLY, "words: subject"),
        (InboundKind.AUTO_REPLY, "header: auto-submitted auto-replied"),
    ],
)
def test_reports_and_responders_at_the_opt_out_address_ask_for_nothing(kind: InboundKind, because: str) -> None:
    assert class_of(mail(kind, because), asked=True) is kind


def test_what_nobody_can_read_waits_for_a_person() -> None:
    assert acts(mail(InboundKind.POISON, "over a limit"), NOBODY) == [AskPerson, WatchPoison]


def test_every_class_has_a_reaction_and_no_class_answers_the_sender() -> None:
    """The closed set of acts has none that writes to a sender."""
    for kind in InboundKind:
        assert reaction(kind, mail(kind, "words: subject", feedback="abuse"), ANN, HERE)
