"""Undoing a call takes back the promises and the complaint that were entered with it, unless somebody has worked on
them since."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.campaign import NEWS
from tests.integration.care_campaign import CALLS, PHONE, CareCampaign, listed
from touches.care.along import Along
from touches.care.complaint_clock import ComplaintStep
from touches.care.complaints import get_complaint, step_done
from touches.care.one_person import join_records
from touches.care.promises import get_promise, keep_promise, renew_promise
from touches.care.record import verify_chain
from touches.errors import Refused
from touches.model.cadence import Touch
from touches.model.care import Complaint, Promise
from touches.model.states import EnrollmentState, TouchState
from touches.report.making import report_of

PROMISING = CALLS.replace(
    "{id: call, day: 0, channel: call, news: any, ask: Agree on a date.}",
    "{id: call, day: 0, channel: call, news: any, ask: Agree., promises: [{text: The price list, by: 2 days}]}",
)


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(database_url, tmp_path)
    yield made
    made.close()


def worried(campaign: CareCampaign, outcome: str = "reached", *, by: timedelta = timedelta(days=2)) -> Touch:
    """A call with whose result a promise and a complaint were entered."""
    call = listed(campaign, campaign.caller())
    along = Along(promise="New cups", by=campaign.clock.now() + by, complaint="The cup was cold")
    campaign.done(call, outcome, along=along)
    return call


def cases(campaign: CareCampaign) -> tuple[Promise, Complaint]:
    with campaign.store.read() as unit:
        return get_promise(unit, 1), get_complaint(unit, 1)


def pause_of(campaign: CareCampaign, lead: int) -> tuple[EnrollmentState, str]:
    with campaign.store.read() as unit:
        (one,) = unit.enrollments.of_leads([lead])[lead]
    return one.state, one.reason


@pytest.mark.parametrize("outcome", ["reached", "no-answer"])
def test_both_are_taken_back_and_selling_goes_on(campaign: CareCampaign, outcome: str) -> None:
    call = worried(campaign, outcome)
    lead = call.lead_id or 0
    assert pause_of(campaign, lead) == (EnrollmentState.PAUSED, "complaint")

    done = campaign.undo(call)

    promise, complaint = cases(campaign)
    assert (promise.state, complaint.state) == ("closed", "closed")
    assert done.warnings == ["promise 1 was taken back with it", "complaint 1 was taken back with it"]
    assert pause_of(campaign, lead) == (EnrollmentState.ACTIVE, "")
    assert [touch.state for touch in campaign.touches(lead) if touch.id == call.id] == [TouchState.OFFERING]
    assert [row["kind"] for row in campaign.today()] == ["call"]


def test_the_owner_hears_of_it_and_no_figure_counts_it(campaign: CareCampaign) -> None:
    campaign.undo(worried(campaign))

    subjects = [subject for _, subject, _ in campaign.notices("escalation")]
    assert subjects == ["A complaint: Ann", "Taken back: the complaint of Ann"]
    with campaign.store.read() as unit:
        figures = report_of(unit, now=campaign.clock.now())
        assert unit.activities.unseen(["complaint"], limit=5) == []
    assert {row["handling"]: row["complaints"] for row in figures["complaints"]}["open"] == 0


def test_a_second_result_enters_its_own(campaign: CareCampaign) -> None:
    call = worried(campaign)
    campaign.undo(call)

    along = Along(complaint="The cup was cold, and late")
    campaign.done(call, "reached", along=along)

    with campaign.store.read() as unit:
        assert [one.text for one in unit.complaints.unsettled()] == ["The cup was cold, and late"]
    done = campaign.undo(call)
    assert done.warnings == ["complaint 2 was taken back with it"]


def test_what_was_worked_on_since_stays_and_the_call_waits_for_it(campaign: CareCampaign) -> None:
    call = worried(campaign)
    with campaign.changing() as unit:
        calm = ComplaintStep.CALM
        step_done(unit, campaign.office, 1, calm, note_text="called", actor="aino", compensation="")
        keep_promise(unit, campaign.office, 1, evidence="sent", actor="aino")

    done = campaign.undo(call)

    promise, complaint = cases(campaign)
    assert (promise.state, complaint.state) == ("kept", "open")
    assert done.warnings == [
        "promise 1 stays: it is kept already",
        "complaint 1 stays: calm was done since; `touches complaint solve 1` ends it",
    ]
    assert done.state is TouchState.HELD  # no call stands on a list while a complaint is open
    assert [row["kind"] for row in campaign.today()] == ["complaint"]


def test_a_promise_with_a_new_time_stays(campaign: CareCampaign) -> None:
    call = worried(campaign)
    with campaign.changing() as unit:
        later = campaign.clock.now() + timedelta(days=5)
        renew_promise(unit, campaign.office, 1, by=later, reason="told her", actor="aino")

    done = campaign.undo(call)

    assert "promise 1 stays: it was renewed, and the customer was told a new time" in done.warnings
    assert cases(campaign)[0].state == "open"


def test_a_promise_whose_customer_was_told_that_it_is_late_stays(campaign: CareCampaign) -> None:
    call = worried(campaign, by=timedelta(hours=2))
    campaign.clock.advance(timedelta(hours=3))
    campaign.tick()

    done = campaign.undo(call)

    assert done.warnings[0].startswith("promise 1 stays: its time has passed, and the customer was told")
    assert pause_of(campaign, call.lead_id or 0) == (EnrollmentState.PAUSED, "broken promise")
    assert done.state is TouchState.HELD


def promising_call(campaign: CareCampaign) -> Touch:
    """On the list: who makes it promises something."""
    campaign.publish(PROMISING, news=NEWS)
    lead = campaign.lead("ann", phone=PHONE, owner="aino")
    campaign.enroll(lead)
    campaign.tick()
    campaign.tick()
    (call,) = campaign.touches(lead)
    return call


def test_what_the_step_promised_goes_with_the_result_and_comes_with_the_next(campaign: CareCampaign) -> None:
    call = promising_call(campaign)
    campaign.done(call, "reached")

    campaign.undo(call)
    with campaign.store.read() as unit:
        assert unit.promises.running() == []

    campaign.done(call, "reached")
    with campaign.store.read() as unit:
        assert [one.text for one in unit.promises.running()] == ["The price list"]


def test_a_call_back_before_it_hides_nothing_that_the_step_promises(campaign: CareCampaign) -> None:
    call = promising_call(campaign)
    campaign.done(call, "call-back", call_back=campaign.clock.now() + timedelta(hours=2))
    campaign.clock.advance(timedelta(hours=2))

    campaign.done(call, "reached")

    with campaign.store.read() as unit:
        assert [one.text for one in unit.promises.running()] == ["The price list"]


def test_of_two_results_entered_by_mistake_both_are_taken_back(campaign: CareCampaign) -> None:
    call = listed(campaign, campaign.caller())
    before = campaign.today()
    for _ in range(2):
        campaign.done(call, "voicemail")
    for left in (1, 0):
        campaign.undo(call)
        (touch,) = [one for one in campaign.touches(call.lead_id or 0) if one.id == call.id]
        assert (touch.state, touch.attempts) == (TouchState.OFFERING, left)
    assert campaign.today() == before
    with pytest.raises(Refused, match="no result that could be taken back"):
        campaign.undo(call)


def test_a_try_that_was_listed_again_meanwhile_is_due_as_before(campaign: CareCampaign) -> None:
    call = listed(campaign, campaign.caller())
    campaign.done(call, "busy")
    campaign.clock.advance(timedelta(hours=3))
    campaign.tick()
    campaign.undo(call)
    (touch,) = [one for one in campaign.touches(call.lead_id or 0) if one.id == call.id]
    assert (touch.state, touch.due_at, touch.attempts) == (TouchState.OFFERING, call.due_at, 0)
    assert [row["touch"] for row in campaign.today()] == [call.id]


@pytest.mark.parametrize(
    ("tampering", "faults"),
    [
        ("SELECT 1", ()),
        ("UPDATE interaction SET undone_at = NULL WHERE id = 1", ("interaction 1 was taken back, and counts again",)),
        ("UPDATE interaction SET undone_at = NULL WHERE id = 2", ("interaction 2 was taken back, and counts again",)),
        (
            "UPDATE interaction SET undone_at = 1 WHERE id = 3",
            ("interaction 3 was marked as undone, and nobody took it back",),
        ),
        (
            "UPDATE interaction SET outcome = 'took back 3' WHERE id = 2",
            (
                "interaction 2 was changed after it was written",
                "interaction 1 was marked as undone, and nobody took it back",
                "interaction 3 was taken back, and counts again",
            ),
        ),
        (
            "UPDATE interaction SET outcome = 'took back nobody' WHERE id = 2",
            (
                "interaction 2 was changed after it was written",
                "interaction 1 was marked as undone, and nobody took it back",
                "interaction 2 was marked as undone, and nobody took it back",
            ),
        ),
    ],
)
def test_the_chain_covers_what_was_taken_back(campaign: CareCampaign, tampering: str, faults: tuple[str, ...]) -> None:
    call = listed(campaign, campaign.caller())
    campaign.done(call, "no-answer")
    campaign.undo(call)
    campaign.done(call, "reached", actor="bo")
    with campaign.store.write() as unit:
        unit.connection.exec_driver_sql(tampering)
    with campaign.store.read() as unit:
        assert verify_chain(unit, campaign.office.signer).faults == faults
        outcomes = [one.outcome for one in unit.interactions.walk()]
        counting = unit.interactions.of_touch(call.id)
    assert outcomes[2] == "reached"
    if tampering == "SELECT 1":
        assert outcomes == ["no-answer", "took back 1", "reached"]
        assert [one.outcome for one in counting] == ["reached"]


def test_a_wrong_number_is_taken_back_also_from_the_record_that_has_it_now(campaign: CareCampaign) -> None:
    gone, kept = campaign.caller(), campaign.lead("bob", owner="aino")
    call = listed(campaign, gone)
    campaign.done(call, "wrong-number")
    with campaign.changing() as unit:
        leads = unit.leads.by_ids([gone, kept])
        join_records(unit, campaign.office, leads[gone], leads[kept], actor="aino")
    assert {point.address for point in campaign.person(kept).points if point.broken} == {PHONE}
    campaign.undo(call)
    assert {point.address for point in campaign.person(kept).points if point.broken} == set()
