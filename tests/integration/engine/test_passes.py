"""The main job: what is due leaves once, with something new, and the next touch follows."""

from datetime import timedelta

from channels.protocol import Accepted, Failure, Refused, Unknown
from tests.campaign import Campaign
from touches.engine.stopping import stop
from touches.model.states import EnrollmentState, TouchState


def test_three_touches_leave_in_order_and_each_tells_something_new(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.pass_days(8)

    touches = campaign.touches(ann)
    assert [(touch.step, touch.state) for touch in touches] == [
        ("first", TouchState.SENT),
        ("second", TouchState.SENT),
        ("third", TouchState.SENT),
    ]
    assert len({touch.news for touch in touches}) == 3
    assert len(mail.taken) == 3


def test_an_enrollment_without_further_steps_is_finished(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.pass_days(8)

    with campaign.store.read() as unit:
        enrollment = unit.enrollments.of_leads([ann])[ann][0]
    assert enrollment.state is EnrollmentState.FINISHED


def test_a_second_pass_at_the_same_instant_sends_nothing(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))

    campaign.tick()
    again = campaign.tick()

    assert len(mail.taken) == 1
    assert again.claimed == 0


def test_what_a_pass_plans_waits_for_the_next_one(campaign: Campaign) -> None:
    mail = campaign.record()
    step = "  - {id: a, day: 0, channel: email, news: any}\n"
    campaign.publish(f"policy: follow\nenroll_when: [new_lead]\ntouches:\n{step}")
    campaign.lead("ann")

    first = campaign.tick()

    assert (first.planned, len(mail.taken)) == (1, 0)
    campaign.tick()
    assert len(mail.taken) == 1


def test_without_unseen_news_a_touch_is_held_and_leaves_when_news_comes(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish(news={"hello": "Only this."})
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.pass_days(4)
    held = campaign.touches(ann)[1]
    campaign.publish(news={"hello": "Only this.", "more": "Something else entirely, at last."})
    campaign.pass_days(1)

    assert (held.state, held.reason) == (TouchState.HELD, "no news")
    assert campaign.touches(ann)[1].state is TouchState.SENT
    assert len(mail.taken) == 2


def test_a_refused_address_is_broken_and_its_news_is_new_again(campaign: Campaign) -> None:
    gone = Refused(failure=Failure.BAD_ADDRESS, permanent=True, code="550", text="5.1.1 no such user")
    campaign.record(results=[gone])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.tick()

    first, second = campaign.touches(ann)
    assert first.state is TouchState.FAILED
    assert (second.state, second.reason) == (TouchState.HELD, "no channel")
    with campaign.store.read() as unit:
        assert unit.ledger.told([ann])[ann] == {}
        assert unit.leads.by_ids([ann])[ann].points[0].broken


def test_a_greylisted_touch_is_tried_again_and_arrives_once(campaign: Campaign) -> None:
    later = Refused(failure=Failure.GREYLIST, permanent=False, code="450", text="4.2.0 greylisted")
    mail = campaign.record(results=[later])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.tick()
    waiting = campaign.touches(ann)[0]
    campaign.clock.advance(timedelta(minutes=11))
    campaign.tick()

    assert waiting.state is TouchState.READY
    assert waiting.due_at == campaign.clock.now() - timedelta(minutes=1)
    assert [prepared.key for prepared in mail.offered] == [mail.taken[0].key] * 2
    assert campaign.touches(ann)[0].state is TouchState.SENT


def test_a_lost_answer_is_doubt_and_is_never_sent_again_by_itself(campaign: Campaign) -> None:
    mail = campaign.record(results=[Unknown(phase="dot", text="the connection was lost")])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.pass_days(3)

    assert [touch.state for touch in campaign.touches(ann)] == [TouchState.IN_DOUBT]
    assert len(mail.offered) == 1
    with campaign.store.read() as unit:
        assert len(unit.ledger.told([ann])[ann]) == 1  # the lead may have heard it


def test_a_stop_cancels_what_waits_in_the_same_transaction(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.tick()

    with campaign.store.write() as unit:
        running = unit.enrollments.of_leads([ann], running=True)[ann]
        stop(unit, running, because="bought", actor="test", at=campaign.clock.now())
    campaign.pass_days(5)

    assert [touch.state for touch in campaign.touches(ann)] == [TouchState.SENT, TouchState.CANCELLED]
    assert len(mail.taken) == 1


def test_the_kill_switch_holds_everything(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    with campaign.store.write() as unit:
        unit.switches.set("paused", "wrong price", at=campaign.clock.now())

    report = campaign.tick()

    assert (report.sent, len(mail.offered)) == (0, 0)
    assert "wrong price" in report.notes[0]


def test_a_touch_planned_for_the_night_leaves_when_the_hours_open(campaign: Campaign) -> None:
    campaign.clock.set(campaign.clock.now() + timedelta(hours=12))  # 22:00 in Helsinki
    mail = campaign.record()
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.tick()
    assert mail.taken == []
    due_at = campaign.touches(ann)[0].due_at
    assert due_at is not None
    assert due_at.isoformat() == "2026-11-03T06:00:00+00:00"
    campaign.clock.set(due_at)
    campaign.tick()
    assert len(mail.taken) == 1


def test_one_touch_that_cannot_be_composed_does_not_hold_up_the_others(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish(news={"hello": "Dear {{ lead.nickname }}, hello."})
    ann, bob = campaign.lead("ann"), campaign.lead("bob", attributes={"nickname": "Bobby"})
    campaign.enroll(ann, bob)

    campaign.tick()

    assert campaign.touches(ann)[0].state is TouchState.QUARANTINED
    assert campaign.touches(bob)[0].state is TouchState.SENT
    assert len(mail.taken) == 1


def test_colleagues_are_kept_apart_where_the_policy_says_so(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish(
        "policy: follow\ncaps: {per_company: 1 per day}\ntouches:\n  - {id: a, day: 0, channel: email, news: any}\n"
    )
    ann, bob = campaign.lead("ann", company="Turbo"), campaign.lead("bob", company="Turbo")
    campaign.enroll(ann, bob)

    campaign.tick()
    assert len(mail.taken) == 1
    campaign.pass_days(2)

    handed_over = [campaign.touches(lead)[0].handed_over_at for lead in (ann, bob)]
    assert len(mail.taken) == 2
    assert len({instant.date() for instant in handed_over if instant}) == 2


def test_messages_of_a_touch_have_one_name_whatever_the_attempt(campaign: Campaign) -> None:
    later = Refused(failure=Failure.TEMPORARY, permanent=False, code="451", text="try later")
    mail = campaign.record(results=[later, later, Accepted(reference="q1")])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.pass_days(1, every=timedelta(minutes=10))

    assert len(mail.offered) == 3
    assert len({prepared.key for prepared in mail.offered}) == 1
    touch = campaign.touches(ann)[0]
    assert (touch.state, touch.reference) == (TouchState.SENT, "q1")


def test_a_touch_that_no_cap_ever_lets_go_stays_held_without_a_word_at_every_pass(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish("policy: follow\ncaps: {per_lead: 0}\ntouches:\n  - {id: a, day: 0, channel: email, news: any}\n")
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    for _ in range(4):
        campaign.tick()

    with campaign.store.read() as unit:
        actions = [event.action for event in unit.events.of_lead(ann)]
    assert campaign.touches(ann)[0].state is TouchState.HELD
    assert actions == ["enrolled"]
