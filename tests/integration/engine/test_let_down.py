"""Nothing is sold while a promise to the lead is broken, urgent news included: from the instant of its deadline on,
whether its clock has said so or not, and until it is kept or renewed."""

from datetime import timedelta

import pytest

from channels.protocol import Marker, Prepared, Result
from channels.recording import RecordingChannel
from tests.campaign import NEWS, POLICY, Campaign
from touches.care.complaints import open_complaint, solve_complaint
from touches.care.holds import apply_holds
from touches.care.promises import add_promise, keep_promise, renew_promise
from touches.clock import VirtualClock
from touches.explaining.lead_story import explain
from touches.model.states import EnrollmentState, TouchState

HELD = (TouchState.HELD, "paused: broken promise")
URGENT = "---\nkind: event\nheadline: The line is down\nurgent: true\n---\nUntil noon.\n"
MINDS_NOTHING = POLICY + "pause_on: [complaint]\n"
HOUR = timedelta(hours=1)


class SlowServer(RecordingChannel):
    """A server that takes two hours before the message may be named."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__("email")
        self._clock = clock

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        if not self.offered:
            self._clock.advance(2 * HOUR)
        return await super().hand_over(prepared, marker)


class SlowAnswer(RecordingChannel):
    """A server that takes two hours between the last byte and its answer."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__("email")
        self._clock = clock

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        result = await super().hand_over(prepared, marker)
        self._clock.advance(2 * HOUR)
        return result


def promise(campaign: Campaign, lead: int, by: timedelta = HOUR) -> int:
    with campaign.store.write() as unit:
        found = unit.leads.by_ids([lead])[lead]
        return add_promise(unit, campaign.office, found, "Call", by=campaign.clock.now() + by, actor="aino").id


def keep(campaign: Campaign, number: int) -> None:
    with campaign.store.write() as unit:
        campaign.office.library.refresh(unit)
        keep_promise(unit, campaign.office, number, evidence="called", actor="aino")


def urgent(campaign: Campaign, lead: int) -> list[tuple[TouchState, str]]:
    return [(touch.state, touch.reason) for touch in campaign.touches(lead) if touch.step == "urgent"]


def a_customer(campaign: Campaign, *policies: str) -> int:
    """Somebody who is in touch and has heard the first piece of news."""
    campaign.publish(*policies)
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.tick()
    return ann


def test_urgent_news_waits_until_the_promise_is_kept(campaign: Campaign) -> None:
    campaign.record()
    ann, number = a_customer(campaign), 0
    number = promise(campaign, ann)
    campaign.clock.advance(HOUR)
    campaign.publish(news={**NEWS, "outage": URGENT})

    campaign.pass_days(1)
    assert urgent(campaign, ann) == [HELD]

    keep(campaign, number)
    campaign.pass_days(1)
    assert urgent(campaign, ann) == [(TouchState.SENT, "")]


def test_it_waits_also_where_the_policy_does_not_mind_broken_promises(campaign: Campaign) -> None:
    """What a policy minds is said of its own touches; urgent news goes by the rule for all."""
    campaign.record()
    ann = a_customer(campaign, MINDS_NOTHING)
    promise(campaign, ann)
    campaign.clock.advance(HOUR)
    campaign.publish(MINDS_NOTHING, news={**NEWS, "outage": URGENT})

    campaign.pass_days(3)

    assert urgent(campaign, ann) == [HELD]
    assert [touch.state for touch in campaign.touches(ann) if touch.step == "second"] == [TouchState.SENT]


def test_a_renewed_promise_lets_it_go_and_a_broken_renewal_holds_what_comes_then(campaign: Campaign) -> None:
    campaign.record()
    ann = a_customer(campaign)
    number = promise(campaign, ann)
    campaign.clock.advance(2 * HOUR)
    campaign.publish(news={**NEWS, "outage": URGENT})
    campaign.pass_days(1)
    with campaign.store.write() as unit:
        by = campaign.clock.now() + timedelta(days=1)
        renew_promise(unit, campaign.office, number, by=by, reason="told her", actor="aino")

    campaign.tick()
    assert urgent(campaign, ann) == [(TouchState.SENT, "")]

    campaign.clock.advance(timedelta(days=1))
    campaign.publish(news={**NEWS, "outage": URGENT, "again": URGENT.replace("noon", "Friday")})
    campaign.tick()
    campaign.tick()
    assert urgent(campaign, ann)[1:] == [HELD]


def told_from_the_third(campaign: Campaign) -> int:
    """A customer with a promise that breaks in an hour, and urgent news that is planned."""
    campaign.record()
    ann = a_customer(campaign)
    promise(campaign, ann, by=4 * HOUR)
    campaign.clock.advance(3 * HOUR)  # the third has begun somewhere
    campaign.publish(news={**NEWS, "outage": URGENT.replace("urgent: true", "urgent: true\nvalid: 2026-11-03..")})
    campaign.tick()
    return ann


def test_what_is_planned_already_is_held_with_the_pauses(campaign: Campaign) -> None:
    ann = told_from_the_third(campaign)
    assert urgent(campaign, ann) == [(TouchState.PLANNED, "")]
    campaign.clock.advance(HOUR)

    with campaign.store.write() as unit:
        campaign.office.library.refresh(unit)
        apply_holds(unit, campaign.office, [ann], because="overdue", actor="engine")

    assert urgent(campaign, ann) == [HELD]


def test_a_department_that_is_late_holds_nothing(campaign: Campaign) -> None:
    campaign.record()
    ann = a_customer(campaign)
    whole = promise(campaign, ann, by=timedelta(days=5))
    with campaign.store.write() as unit:
        part = promise_part(unit, whole, campaign)
    campaign.clock.advance(HOUR)
    campaign.publish(news={**NEWS, "outage": URGENT})

    campaign.tick()
    campaign.tick()

    assert part > whole
    assert urgent(campaign, ann) == [(TouchState.SENT, "")]


def promise_part(unit: object, whole: int, campaign: Campaign) -> int:
    from touches.model.care import PromiseDraft
    from touches.store.units import Unit

    assert isinstance(unit, Unit)
    found = unit.promises.get(whole)
    assert found is not None
    now = campaign.clock.now()
    draft = PromiseDraft(
        lead_id=found.lead_id, text="sums", by=now + HOUR / 2, owner="", made_at=now, made_by="aino", parent_id=whole
    )
    return unit.promises.add([draft])[0]


def test_of_a_complaint_and_a_broken_promise_each_holds_it_alone(campaign: Campaign) -> None:
    campaign.record()
    ann = a_customer(campaign)
    number = promise(campaign, ann)
    campaign.clock.advance(HOUR)
    with campaign.store.write() as unit:
        found = unit.leads.by_ids([ann])[ann]
        case = open_complaint(unit, campaign.office, found, "Cold again.", actor="aino").id
    campaign.publish(news={**NEWS, "outage": URGENT})
    campaign.pass_days(1)
    assert urgent(campaign, ann) == [(TouchState.HELD, "paused: complaint")]

    with campaign.store.write() as unit:
        solve_complaint(unit, campaign.office, case, note_text="Warm.", actor="aino")
    campaign.pass_days(1)
    assert [state for state, _ in urgent(campaign, ann)] == [TouchState.HELD]

    keep(campaign, number)
    campaign.pass_days(1)
    assert urgent(campaign, ann) == [(TouchState.SENT, "")]


@pytest.mark.parametrize("kind", ["urgent", "cadence"])
def test_a_promise_that_breaks_between_the_plan_and_the_marker_holds_the_message_back(
    campaign: Campaign, kind: str
) -> None:
    campaign.record()
    ann = a_customer(campaign)
    campaign.clock.advance(timedelta(days=2 if kind == "cadence" else 0))
    mail = SlowServer(campaign.clock)
    campaign.use(email=mail)
    number = promise(campaign, ann)
    if kind == "urgent":
        campaign.publish(news={**NEWS, "outage": URGENT})
        campaign.tick()  # plans it

    campaign.tick()

    assert (len(mail.offered), mail.taken) == (1, [])
    touch = campaign.touches(ann)[-1]
    assert (touch.state, touch.reason) == (TouchState.READY, "paused: broken promise")
    with campaign.store.read() as unit:
        assert touch.news_class not in unit.ledger.told([ann])[ann]
    campaign.clock.advance(timedelta(minutes=5))
    campaign.tick()
    assert (campaign.touches(ann)[-1].state, campaign.touches(ann)[-1].reason) == HELD
    keep(campaign, number)
    campaign.pass_days(1)
    assert len(mail.taken) == 1


def test_one_that_breaks_behind_the_marker_comes_too_late(campaign: Campaign) -> None:
    campaign.record()
    ann = a_customer(campaign)
    mail = SlowAnswer(campaign.clock)
    campaign.use(email=mail)
    promise(campaign, ann)
    campaign.publish(news={**NEWS, "outage": URGENT})
    campaign.tick()

    campaign.tick()

    assert len(mail.taken) == 1
    assert urgent(campaign, ann) == [(TouchState.SENT, "")]


def test_whoever_was_let_down_enters_a_policy_and_waits(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish()
    ann = campaign.lead("ann")
    promise(campaign, ann)
    campaign.clock.advance(HOUR)

    campaign.enroll(ann)
    campaign.tick()

    with campaign.store.read() as unit:
        (enrollment,) = unit.enrollments.of_leads([ann])[ann]
    assert (enrollment.state, enrollment.reason) == (EnrollmentState.PAUSED, "broken promise")
    assert mail.taken == []


def test_why_names_the_broken_promise(campaign: Campaign) -> None:
    ann = told_from_the_third(campaign)
    campaign.clock.advance(HOUR)

    with campaign.store.read() as unit:
        (told,) = explain(unit, campaign.office, ann, campaign.clock.now())["outside"]

    assert told["as_of_now"]["verdict"] == "is held"
    assert told["as_of_now"]["reason"] == "paused: broken promise"
