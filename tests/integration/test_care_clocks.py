"""Promises, complaints and conversations over time: who is told, what is held, when selling goes on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policies.durations import parse_duration
from tests.integration.care_campaign import CALLS, CareCampaign, listed
from touches.care.complaint_clock import ComplaintStep, Harm, Reaction
from touches.care.complaints import open_complaint, solve_complaint, step_done
from touches.care.conversations import open_conversation
from touches.care.departments import Need
from touches.care.doing import Report, finish_task
from touches.care.holds import resume_by_hand
from touches.care.promises import add_promise, keep_promise, renew_promise
from touches.care.record import Words, contacts_so_far
from touches.care.tasks import task_name
from touches.care.worklist import tasks_of_today
from touches.engine.stopping import pause
from touches.errors import Refused
from touches.model.care import Complaint, Conversation, Promise
from touches.model.states import EnrollmentState, TouchState

MAILS = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, after: 1 day, channel: email, news: any, ask: Reply.}
  - {id: third, after: 1 day, channel: email, news: any, ask: Reply.}
on_reply: {answer_by: 1 working day, stalled_after: 3 days}
"""
HEEDLESS = MAILS.replace("policy: follow", "policy: heedless").replace("on_reply", "pause_on: [complaint]\non_reply")
AFTER_COMPLAINT = """
policy: after-complaint
enroll_when: [complaint_solved]
touches:
  - {id: proof, after: 1 day, channel: email, news: any, ask: Say whether it works.}
"""
PROMISING = """
policy: follow
touches:
  - id: first
    day: 0
    channel: email
    news: any
    ask: Reply.
    promises: [{text: Send the price list, by: 2 working days}]
"""


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(sqlite_url, tmp_path)
    yield made
    made.close()


def promise(campaign: CareCampaign, lead: int, by: datetime, **options: object) -> Promise:
    with campaign.changing() as unit:
        person = unit.leads.by_ids([lead])[lead]
        return add_promise(unit, campaign.office, person, "Answer about roaming", by=by, actor="aino", **options)  # type: ignore[arg-type]


def promised(campaign: CareCampaign, number: int) -> Promise:
    with campaign.store.read() as unit:
        found = unit.promises.get(number)
    assert found is not None
    return found


def case(campaign: CareCampaign, number: int) -> Complaint:
    with campaign.store.read() as unit:
        found = unit.complaints.get(number)
    assert found is not None
    return found


def talk(campaign: CareCampaign, number: int) -> Conversation:
    with campaign.store.read() as unit:
        found = unit.conversations.get(number)
    assert found is not None
    return found


def enrollment_of(campaign: CareCampaign, lead: int) -> tuple[EnrollmentState, str]:
    with campaign.store.read() as unit:
        (found,) = unit.enrollments.of_leads([lead])[lead]
    return found.state, found.reason


def mailing(campaign: CareCampaign, **columns: object) -> int:
    """A lead who got the first of three mails."""
    campaign.publish(MAILS, AFTER_COMPLAINT)
    lead = campaign.caller(**columns)
    campaign.enroll(lead)
    campaign.tick()
    return lead


class TestPromises:
    def test_the_owner_is_warned_before_and_the_customer_answered_at_the_deadline(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        made = promise(campaign, lead, campaign.clock.now() + timedelta(hours=8))
        campaign.clock.advance(timedelta(hours=6, minutes=1))
        campaign.tick()
        campaign.tick()
        assert [recipient for recipient, _, _ in campaign.notices("warning")] == ["aino@cafe.test"]
        assert campaign.notices("interim") == []
        campaign.clock.advance(timedelta(hours=2))
        campaign.tick()
        campaign.tick()
        ((recipient, subject, body),) = campaign.notices("interim")
        assert recipient == "ann@customer.test"
        assert "Answer about roaming" in subject
        assert "Aino Virtanen is working on it" in body
        told = [one for one, _, _ in campaign.notices("escalation")]
        assert sorted(told) == ["aino@cafe.test", "boss@cafe.test"]
        assert promised(campaign, made.id).state.value == "broken"
        campaign.tick()
        assert any(b"Answer about roaming" in mail.payload for mail in campaign.mails.taken)

    def test_the_warning_of_somebody_who_is_away_reaches_others(self, campaign: CareCampaign) -> None:
        campaign.at("2026-11-10T08:00:00")  # bo is away
        lead = campaign.caller("bea", owner="bo")
        promise(campaign, lead, campaign.clock.now() + timedelta(hours=1))
        campaign.clock.advance(timedelta(minutes=30))
        campaign.tick()
        assert sorted(recipient for recipient, _, _ in campaign.notices("warning")) == [
            "bo@cafe.test",
            "boss@cafe.test",
        ]

    def test_the_interim_answer_speaks_the_leads_language(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign, language="fi-FI")
        promise(campaign, lead, campaign.clock.now() + timedelta(hours=1))
        campaign.clock.advance(timedelta(hours=1))
        campaign.tick()
        ((_, subject, body),) = campaign.notices("interim")
        assert subject.startswith("Missä mennään")
        assert "lupasimme" in body

    def test_a_broken_promise_stops_selling_and_comes_first_until_it_is_kept(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        other = campaign.caller("bea", phone="+358401234568")
        campaign.publish(MAILS, CALLS.replace("policy: follow", "policy: calls"))
        campaign.enroll(other, policy="calls")
        made = promise(campaign, lead, campaign.clock.now() + timedelta(hours=1))
        campaign.clock.advance(timedelta(hours=1))
        campaign.tick()
        assert enrollment_of(campaign, lead) == (EnrollmentState.PAUSED, "broken promise")
        first, second = campaign.today()
        assert (first["touch"], first["overdue"], second["kind"]) == (f"promise-{made.id}", True, "call")
        assert "Apologise first" in first["script"]
        campaign.pass_days(3)
        assert len(campaign.touches(lead)) == 3  # the first mail, the second held, the interim answer
        with campaign.changing() as unit:
            keep_promise(unit, campaign.office, made.id, evidence="called her", actor="aino")
        assert enrollment_of(campaign, lead) == (EnrollmentState.ACTIVE, "")
        campaign.pass_days(1)
        assert sum(touch.state is TouchState.SENT and touch.kind == "touch" for touch in campaign.touches(lead)) == 2

    def test_a_policy_that_does_not_mind_broken_promises_goes_on(self, campaign: CareCampaign) -> None:
        campaign.publish(HEEDLESS)
        lead = campaign.caller()
        campaign.enroll(lead, policy="heedless")
        promise(campaign, lead, campaign.clock.now() + timedelta(hours=1))
        campaign.clock.advance(timedelta(hours=2))
        campaign.tick()
        assert enrollment_of(campaign, lead) == (EnrollmentState.ACTIVE, "")

    def test_renewing_needs_a_reason_is_counted_and_starts_the_clock_anew(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        made = promise(campaign, lead, campaign.clock.now() + timedelta(hours=1))
        campaign.clock.advance(timedelta(hours=1))
        campaign.tick()
        later = campaign.clock.now() + timedelta(hours=5)
        with pytest.raises(Refused, match="reason"), campaign.changing() as unit:
            renew_promise(unit, campaign.office, made.id, by=later, reason=" ", actor="aino")
        with campaign.changing() as unit:
            renew_promise(unit, campaign.office, made.id, by=later, reason="the operator is slow", actor="aino")
        found = promised(campaign, made.id)
        assert (found.renewals, found.state.value, found.interim_at) == (1, "open", None)
        assert enrollment_of(campaign, lead)[0] is EnrollmentState.ACTIVE
        campaign.clock.set(later)
        campaign.tick()
        assert len(campaign.notices("interim")) == 2

    def test_the_apology_stands_before_a_departments_part_that_was_due_earlier(self, campaign: CareCampaign) -> None:
        lead, by = mailing(campaign), campaign.clock.now() + timedelta(hours=4)
        with campaign.changing() as unit:
            person, need = unit.leads.by_ids([lead])[lead], Need(department="billing")
            made = add_promise(unit, campaign.office, person, "Answer", by=by, actor="aino", owner="aino", need=need)
        campaign.clock.advance(timedelta(hours=5))
        campaign.tick()
        with campaign.store.read() as unit:
            first, second = tasks_of_today(unit, campaign.office)[:2]
        assert (first.task, second.due_at < first.due_at) == (f"promise-{made.id}", True)
        assert first.script.startswith("Apologise first")

    def test_a_promise_that_is_put_off_for_the_third_time_goes_to_somebody_else(self, campaign: CareCampaign) -> None:
        made = promise(campaign, mailing(campaign), campaign.clock.now() + timedelta(hours=1))
        for hours in (5, 10, 15):
            assert campaign.notices("escalation") == []
            later = campaign.clock.now() + timedelta(hours=hours)
            with campaign.changing() as unit:
                renew_promise(unit, campaign.office, made.id, by=later, reason="not yet", actor="aino")
        told = [(recipient, subject) for recipient, subject, _ in campaign.notices("escalation")]
        assert sorted(told) == [
            ("aino@cafe.test", "Put off 3 times: Answer about roaming (Ann)"),
            ("boss@cafe.test", "Put off 3 times: Answer about roaming (Ann)"),
        ]

    def test_a_department_has_its_own_clock_and_its_part_is_not_the_customers_business(
        self, campaign: CareCampaign
    ) -> None:
        lead = mailing(campaign, timezone="America/New_York")
        made = promise(campaign, lead, campaign.clock.now() + timedelta(hours=8), need=Need(department="billing"))
        recipient, subject, body = campaign.notices("warning")[0]
        assert recipient == "billing@cafe.test"
        needed = "2026-11-02 16:00 (Europe/Helsinki)"  # their own time, wherever the lead lives
        assert (needed in subject, needed in body) == (True, True)
        campaign.clock.advance(timedelta(hours=6))
        campaign.tick()
        told = [recipient for recipient, subject, _ in campaign.notices("escalation") if subject.startswith("Overdue")]
        assert sorted(told) == ["aino@cafe.test", "billing@cafe.test", "boss@cafe.test"]
        assert campaign.notices("interim") == []
        assert enrollment_of(campaign, lead)[0] is EnrollmentState.ACTIVE
        with campaign.changing() as unit:
            keep_promise(unit, campaign.office, made.id, evidence="done", actor="aino")
            assert unit.promises.running() == []

    def test_a_step_that_promises_makes_the_promise_when_its_touch_leaves(self, campaign: CareCampaign) -> None:
        campaign.publish(PROMISING)
        lead = campaign.caller()
        campaign.enroll(lead)
        campaign.tick()
        with campaign.store.read() as unit:
            (made,) = unit.promises.all()
        (touch,) = campaign.touches(lead)
        assert touch.handed_over_at is not None
        assert (made.text, made.owner, made.touch_id) == ("Send the price list", "aino", touch.id)
        assert made.by == touch.handed_over_at + timedelta(days=2)

    def test_a_time_that_has_passed_is_no_promise(self, campaign: CareCampaign) -> None:
        lead = campaign.caller()
        with pytest.raises(Refused, match="has passed"):
            promise(campaign, lead, campaign.clock.now())


class TestComplaints:
    def opened(self, campaign: CareCampaign, lead: int, **options: object) -> Complaint:
        with campaign.changing() as unit:
            person = unit.leads.by_ids([lead])[lead]
            return open_complaint(unit, campaign.office, person, "The cup was cold", actor="aino", **options)  # type: ignore[arg-type]

    def solved(self, campaign: CareCampaign, number: int) -> None:
        with campaign.changing() as unit:
            peace = parse_duration("7 days")
            solve_complaint(unit, campaign.office, number, note_text="new cups", actor="aino", cool_off=peace)

    def test_opening_one_freezes_every_policy_at_once_and_takes_calls_off_the_list(
        self, campaign: CareCampaign
    ) -> None:
        lead = campaign.caller()
        call = listed(campaign, lead)
        self.opened(campaign, lead)
        assert campaign.touches(lead)[0].state is TouchState.HELD
        assert campaign.told(lead) == {}
        assert enrollment_of(campaign, lead) == (EnrollmentState.PAUSED, "complaint")
        campaign.pass_days(2)
        assert campaign.touches(lead)[0].state is TouchState.HELD
        assert [row["kind"] for row in campaign.today()] == ["complaint"]
        assert call.step == "call"

    def test_whoever_comes_in_during_a_complaint_waits_as_well(self, campaign: CareCampaign) -> None:
        campaign.publish(MAILS)
        lead = campaign.caller()
        self.opened(campaign, lead)
        campaign.enroll(lead)
        assert enrollment_of(campaign, lead) == (EnrollmentState.PAUSED, "complaint")
        assert campaign.touches(lead) == []
        campaign.tick()
        assert [mail.address for mail in campaign.mails.taken] == ["aino@cafe.test"] * 2  # the complaint, and her list

    def test_one_for_the_company_freezes_colleagues_until_the_peace_is_over(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign, company="Leipomo")
        colleague = campaign.caller("bea", company="Leipomo")
        campaign.enroll(colleague)
        found = self.opened(campaign, lead, company=True)
        assert enrollment_of(campaign, colleague) == (EnrollmentState.PAUSED, "complaint")
        self.solved(campaign, found.id)
        campaign.pass_days(8)
        assert enrollment_of(campaign, colleague)[0] is not EnrollmentState.PAUSED

    def test_one_for_the_company_needs_a_company(self, campaign: CareCampaign) -> None:
        with pytest.raises(Refused, match="no company"):
            self.opened(campaign, mailing(campaign), company=True)

    def test_the_steps_have_clocks_by_harm_and_lateness_is_told_once(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        found = self.opened(campaign, lead, harm=Harm.HIGH)
        assert found.step_by == campaign.clock.now() + timedelta(hours=1)
        campaign.clock.advance(timedelta(hours=2))
        campaign.tick()
        campaign.tick()
        late = [recipient for recipient, subject, _ in campaign.notices("escalation") if subject.startswith("Late")]
        assert sorted(late) == ["aino@cafe.test", "boss@cafe.test"]
        with campaign.changing() as unit:
            options = {"note_text": "old cups", "actor": "aino", "compensation": "a free cup"}
            step_done(unit, campaign.office, found.id, ComplaintStep.CAUSE, **options)
        found = case(campaign, found.id)
        assert (found.step, found.cause, found.compensation) == ("solution", "old cups", "a free cup")
        assert found.step_by == campaign.clock.now() + timedelta(days=1)
        assert [step["step"] for step in found.steps] == ["cause"]
        with pytest.raises(Refused, match="done before"), campaign.changing() as unit:
            step_done(unit, campaign.office, found.id, ComplaintStep.CALM, **options)

    def test_who_means_to_leave_has_the_shortest_clocks_and_a_known_cause_is_not_looked_for(
        self, campaign: CareCampaign
    ) -> None:
        lead = mailing(campaign)
        found = self.opened(campaign, lead, harm=Harm.LOW, reaction=Reaction.LEAVING, cause="the old cups")
        assert found.step_by == campaign.clock.now() + timedelta(hours=1)
        assert "reaction: leaving" in campaign.notices("escalation")[0][2]
        with campaign.changing() as unit:
            step_done(
                unit,
                campaign.office,
                found.id,
                ComplaintStep.CALM,
                note_text="called",
                actor="aino",
                compensation="",
            )
        assert case(campaign, found.id).step == "solution"

    def test_solving_starts_its_policy_and_after_the_peace_nothing_is_flushed(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        found = self.opened(campaign, lead)
        campaign.pass_days(1)
        self.solved(campaign, found.id)
        with campaign.store.read() as unit:
            running = {one.policy: one.state for one in unit.enrollments.of_leads([lead])[lead]}
        assert running == {"follow": EnrollmentState.PAUSED, "after-complaint": EnrollmentState.ACTIVE}
        campaign.pass_days(6)
        sent = [touch.step for touch in campaign.touches(lead) if touch.state is TouchState.SENT]
        assert sent == ["first", "proof"]
        campaign.pass_days(1)
        before = len(campaign.mails.taken)
        campaign.pass_days(1)
        assert case(campaign, found.id).state.value == "closed"
        assert len(campaign.mails.taken) - before == 1
        steps = [touch.step for touch in campaign.touches(lead) if touch.state is TouchState.SENT]
        assert steps == ["first", "second", "proof"]

    def test_a_pause_by_hand_that_is_lifted_during_a_complaint_ends_with_the_complaint(
        self, campaign: CareCampaign
    ) -> None:
        lead_id = mailing(campaign)
        with campaign.changing() as unit:
            running = unit.enrollments.of_leads([lead_id], running=True)[lead_id]
            pause(unit, running, because="by hand", actor="aino", at=campaign.clock.now())
            opened = open_complaint(unit, campaign.office, campaign.person(lead_id), "Cold", actor="aino")
        with campaign.changing() as unit:
            paused = unit.enrollments.of_leads([lead_id], running=True)[lead_id]
            assert resume_by_hand(unit, campaign.office, paused, actor="aino") == {"complaint": 1}
            assert unit.enrollments.of_leads([lead_id], running=True)[lead_id][0].reason == "complaint"
        with campaign.changing() as unit:
            solve_complaint(
                unit, campaign.office, opened.id, note_text="Hot", actor="aino", cool_off=parse_duration("0 days")
            )
            assert unit.enrollments.of_leads([lead_id], running=True)[lead_id][0].state is EnrollmentState.ACTIVE

    def test_a_complaint_outlasts_a_conversation_and_a_pause_by_hand_outlasts_both(
        self, campaign: CareCampaign
    ) -> None:
        lead = mailing(campaign)
        with campaign.changing() as unit:
            now = campaign.clock.now()
            opened = open_conversation(unit, campaign.office, lead, because="a reply", at=now)
        self.opened(campaign, lead)
        with campaign.changing() as unit:
            name = task_name(f"answer-{opened.id}")
            finish_task(unit, campaign.office, name, Report(outcome="ended"), actor="aino")
        assert enrollment_of(campaign, lead) == (EnrollmentState.PAUSED, "complaint")


class TestConversations:
    def replied(self, campaign: CareCampaign, lead: int, said: str = "How much?") -> Conversation:
        with campaign.changing() as unit:
            now = campaign.clock.now()
            return open_conversation(unit, campaign.office, lead, because="a reply by email", at=now, said=said)

    def answer(self, campaign: CareCampaign, number: int, outcome: str = "", said: str = "19 euros") -> None:
        with campaign.changing() as unit:
            report = Report(outcome=outcome, words=Words(told=said))
            finish_task(unit, campaign.office, task_name(f"answer-{number}"), report, actor="aino")

    def test_a_reply_stops_sending_and_gives_the_owner_a_clock_in_working_days(self, campaign: CareCampaign) -> None:
        campaign.at("2026-11-06T08:00:00")  # a Friday
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        assert opened.answer_by == datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
        assert enrollment_of(campaign, lead) == (EnrollmentState.PAUSED, "conversation")
        (row,) = campaign.today()
        assert (row["touch"], row["kind"], row["owner"]) == (f"answer-{opened.id}", "answer", "aino")
        assert "said: How much?" in row["last"][0]

    def test_an_answer_counts_as_a_contact_and_the_cadence_waits_until_it_has_stalled(
        self, campaign: CareCampaign
    ) -> None:
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        self.answer(campaign, opened.id)
        with campaign.store.read() as unit:
            assert contacts_so_far(unit, [lead]) == {lead: 2}
        assert campaign.today() == []
        campaign.pass_days(2)
        assert len(campaign.mails.taken) == 1
        campaign.pass_days(3)
        assert talk(campaign, opened.id).state.value == "closed"
        assert enrollment_of(campaign, lead)[0] is not EnrollmentState.PAUSED
        assert len(campaign.mails.taken) > 1

    def test_a_further_word_after_an_answer_starts_a_new_clock_in_the_same_conversation(
        self, campaign: CareCampaign
    ) -> None:
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        self.answer(campaign, opened.id)
        campaign.clock.advance(timedelta(hours=5))
        again = self.replied(campaign, lead, "And the large plan?")
        assert again.id == opened.id
        assert again.waits
        assert again.answer_by > opened.answer_by

    def test_an_overdue_answer_is_escalated_once_and_stays_a_task_when_the_cadence_goes_on(
        self, campaign: CareCampaign
    ) -> None:
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        campaign.pass_days(2)
        told = [recipient for recipient, _, _ in campaign.notices("escalation")]
        assert sorted(told) == ["aino@cafe.test", "boss@cafe.test"]
        assert enrollment_of(campaign, lead)[0] is EnrollmentState.PAUSED
        campaign.pass_days(2)
        assert enrollment_of(campaign, lead)[0] is not EnrollmentState.PAUSED
        assert [row["touch"] for row in campaign.today()] == [f"answer-{opened.id}"]

    def test_the_third_noted_goes_to_somebody_else(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        for _ in range(2):
            self.answer(campaign, opened.id, "noted", "It has been noted.")
        assert campaign.notices("escalation") == []
        self.answer(campaign, opened.id, "noted", "It has been noted.")
        assert "noted" in campaign.notices("escalation")[0][1]
        assert talk(campaign, opened.id).waits

    def test_one_that_ends_without_an_outcome_lets_the_cadence_go_on_where_it_was(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        self.answer(campaign, opened.id, "ended")
        campaign.pass_days(2)
        sent = [touch.step for touch in campaign.touches(lead) if touch.state is TouchState.SENT]
        assert sent == ["first", "second"]

    def test_one_that_ends_in_a_purchase_ends_the_cadence(self, campaign: CareCampaign) -> None:
        lead = mailing(campaign)
        opened = self.replied(campaign, lead)
        self.answer(campaign, opened.id, "bought")
        assert enrollment_of(campaign, lead)[0] is EnrollmentState.STOPPED
