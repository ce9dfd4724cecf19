"""Mail that comes back, on both databases: each class has its effect, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from channels.inbound.mail import classify_mail
from channels.protocol import Unknown
from tests.answers import Answers
from tests.campaign import Campaign
from tests.unit.channels.inbound import bounce_samples, field_samples, people_samples
from touches.engine.office import Colleague
from touches.inbound.doing import Taken
from touches.inbound.mail import take_mail
from touches.inbound.reading import marks_of_office
from touches.inbound.watching import release
from touches.model.cadence import Touch
from touches.model.people import PointKind
from touches.model.states import EnrollmentState, TouchState

POLICY = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, after: 2 days, channel: [email, sms], news: any, ask: Reply.}
  - {id: third, after: 2 days, channel: [email, sms], news: any, ask: Reply.}
  - {id: fourth, after: 2 days, channel: [email, sms], news: any, ask: Reply.}
"""


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    colleague = Colleague(name="Bea", email="bea@cafe.test")
    desk = replace(made.office.desk, reads_mail=True, alerts=("ops@cafe.test",))
    made.office = replace(made.office, colleagues={"bea": colleague}, desk=desk)
    made.record("email")
    made.record("sms")
    made.publish(POLICY)
    yield made
    made.close()


@pytest.fixture
def answers(campaign: Campaign) -> Answers:
    return Answers(campaign.office)


def take(campaign: Campaign, raw: bytes) -> Taken:
    mail = classify_mail(raw, now=campaign.clock.now(), ours=marks_of_office(campaign.office))
    return take_mail(campaign.office, mail)


def sent(campaign: Campaign, key: str = "ann", **lead: str) -> tuple[int, Touch]:
    """A lead with one touch handed over and the next one planned."""
    lead_id = campaign.lead(key, **{"owner": "bea", "phone": "+358401234567", **lead})
    campaign.enroll(lead_id)
    campaign.tick()
    return lead_id, campaign.touches(lead_id)[0]


def notices(campaign: Campaign, purpose: str) -> list[tuple[str, str, str]]:
    with campaign.store.read() as unit:
        found = unit.touches.in_states(list(TouchState), kind="notice")
        texts = unit.notices.of_touches(touch.id for touch in found)
    return [(one.recipient, one.subject, one.body) for one in texts.values() if one.purpose == purpose]


def state_of(campaign: Campaign, lead_id: int) -> tuple[EnrollmentState, str]:
    with campaign.store.read() as unit:
        enrollment = unit.enrollments.of_leads([lead_id])[lead_id][-1]
    return enrollment.state, enrollment.reason


def test_a_reply_stops_sending_opens_a_conversation_and_reaches_the_owner(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.reply(touch, "Yes, call me on Friday."))

    assert (taken.kind, taken.lead_id, taken.touch_id) == ("human_reply", ann, touch.id)
    assert state_of(campaign, ann) == (EnrollmentState.PAUSED, "conversation")
    assert campaign.touches(ann)[1].state is TouchState.HELD
    with campaign.store.read() as unit:
        (conversation,) = unit.conversations.open([ann])
        (said,) = unit.interactions.of_leads([ann])[ann]
        (activity,) = unit.activities.of_leads([ann], kinds=["reply"])[ann]
    assert (said.direction, said.said, activity.source) == ("in", "Yes, call me on Friday.", "email")
    assert conversation.waits
    ((recipient, subject, body),) = notices(campaign, "forward")
    assert (recipient, subject) == ("bea@cafe.test", "Ann answered: Re: About hello")
    assert body.startswith("Yes, call me on Friday.\n\n")


def test_the_same_mail_twice_does_nothing_twice(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)
    raw = answers.reply(touch)
    take(campaign, raw)

    again = take(campaign, raw)

    assert again.again
    with campaign.store.read() as unit:
        assert len(unit.interactions.of_leads([ann])[ann]) == 1
    assert len(notices(campaign, "forward")) == 1


def test_another_mail_under_the_same_message_id_is_another_mail(campaign: Campaign, answers: Answers) -> None:
    """A stranger must not silence a lead by using up a Message-ID."""
    _, touch = sent(campaign)
    headers = {"Message_ID": "<same@customer.test>"}
    take(campaign, answers.reply(touch, "first", **headers))

    assert not take(campaign, answers.reply(touch, "second", **headers)).again


def test_a_reply_is_matched_by_thread_where_the_tagged_address_was_lost(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.reply(touch, To="hello@cafe.test", sender="ann.private@home.test"))

    assert (taken.lead_id, taken.touch_id) == (ann, touch.id)


def test_a_forged_mark_names_nobody(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)
    good = answers.token(touch)
    forged = good[:-1] + ("a" if good[-1] != "a" else "b")

    taken = take(campaign, answers.reply(touch, sender="x@stranger.test").replace(good.encode(), forged.encode()))

    assert (taken.kind, taken.lead_id) == ("unmatched", None)
    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE


def test_the_sender_alone_is_enough_where_one_lead_has_the_address(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.fresh(sender="ANN@Customer.test"))

    assert (taken.lead_id, taken.touch_id) == (ann, touch.id)


def test_a_colleague_of_a_lead_is_for_a_person_to_place_and_the_lead_waits(
    campaign: Campaign, answers: Answers
) -> None:
    ann, _ = sent(campaign)

    taken = take(campaign, answers.fresh(sender="boss@customer.test"))

    assert (taken.kind, taken.lead_id) == ("unmatched", None)
    assert state_of(campaign, ann) == (EnrollmentState.PAUSED, "unclear answer")
    assert [recipient for recipient, _, _ in notices(campaign, "warning")] == ["bea@cafe.test"]


def test_two_leads_at_one_address_both_wait_for_a_person(campaign: Campaign, answers: Answers) -> None:
    ann, _ = sent(campaign, "ann", email="office@shared.test")
    bob, _ = sent(campaign, "bob", email="office@shared.test")

    take(campaign, answers.fresh(sender="office@shared.test"))

    assert {state_of(campaign, lead)[1] for lead in (ann, bob)} == {"unclear answer"}


def test_of_two_leads_at_one_address_the_one_touched_lately_is_meant(campaign: Campaign, answers: Answers) -> None:
    campaign.lead("old", email="office@shared.test")
    bob, _ = sent(campaign, "bob", email="office@shared.test")

    assert take(campaign, answers.fresh(sender="office@shared.test")).lead_id == bob


@pytest.mark.parametrize("raw", [b"", b"\0" * 1000, Random(1).randbytes(5000), b"Just text."])
def test_what_has_no_headers_at_all_is_listed_for_a_person(campaign: Campaign, raw: bytes) -> None:
    taken = take(campaign, raw)
    assert taken.kind == "unmatched"
    assert "perhaps it is no mail at all" in taken.handled


def test_a_stranger_is_listed_and_nobody_waits(campaign: Campaign, answers: Answers) -> None:
    ann, _ = sent(campaign)

    taken = take(campaign, answers.fresh(sender="someone@else.test"))

    assert taken.kind == "unmatched"
    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE


def test_an_absence_note_pauses_until_its_date_and_is_no_reply(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    take(campaign, answers.away(touch, "I am out of the office until 16 November 2026."))

    with campaign.store.read() as unit:
        enrollment = unit.enrollments.of_leads([ann])[ann][0]
        assert unit.conversations.open([ann]) == []
        assert unit.activities.of_leads([ann], kinds=["reply"])[ann] == []
    assert enrollment.paused_until is not None
    assert enrollment.paused_until.isoformat() == "2026-11-15T22:00:00+00:00"  # midnight in Helsinki
    campaign.pass_days(13)
    assert campaign.touches(ann)[1].state is TouchState.HELD
    campaign.pass_days(3)
    assert campaign.touches(ann)[1].state is TouchState.SENT


def test_an_absence_note_without_a_date_pauses_for_three_days(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    take(campaign, answers.away(touch))

    with campaign.store.read() as unit:
        lead = unit.leads.by_ids([ann])[ann]
    assert lead.paused_until == campaign.clock.now() + timedelta(days=3)


def test_a_bounce_gives_the_news_back_and_the_policy_goes_on_by_another_way(
    campaign: Campaign, answers: Answers
) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.bounce(touch))

    assert taken.kind == "hard_bounce"
    assert campaign.touches(ann)[0].state is TouchState.BOUNCED
    with campaign.store.read() as unit:
        assert unit.ledger.told([ann])[ann] == {}
        (mailbox,) = [point for point in unit.leads.by_ids([ann])[ann].points if point.kind is PointKind.EMAIL]
    assert mailbox.broken.startswith("bounced: 5.1.1")
    campaign.pass_days(4)
    second = campaign.touches(ann)[1]
    assert (second.channel, second.state) == ("sms", TouchState.SENT)


def test_the_cadence_of_a_bounced_lead_with_one_address_ends(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign, phone="none")

    take(campaign, answers.bounce(touch))
    campaign.pass_days(3)

    second = campaign.touches(ann)[1]
    assert second.state is TouchState.CANCELLED
    assert second.reason.startswith("unreachable: bounced: 5.1.1")


def test_a_bounce_without_our_mark_breaks_nothing(campaign: Campaign, answers: Answers) -> None:
    """Anybody can write one for somebody else's lead (RFC 3464, 4.1)."""
    ann, touch = sent(campaign)
    forged = answers.bounce(touch, to="hello@cafe.test").replace(
        answers.token(touch).encode(), b"tabcdef-aaaaaaaaaaaaaaaa"
    )

    take(campaign, forged)

    assert campaign.touches(ann)[0].state is TouchState.SENT


def test_a_rejection_without_a_named_cause_takes_the_touch_back_and_keeps_the_address(
    campaign: Campaign, answers: Answers
) -> None:
    ann, touch = sent(campaign)

    take(campaign, answers.bounce(touch, "5.0.0", "transaction failed"))

    with campaign.store.read() as unit:
        assert [point.broken for point in unit.leads.by_ids([ann])[ann].points] == ["", ""]
    assert campaign.touches(ann)[0].state is TouchState.BOUNCED


def test_three_full_mailboxes_within_two_weeks_break_the_address(campaign: Campaign, answers: Answers) -> None:
    ann, _ = sent(campaign, phone="none")
    for number in range(3):
        touch = campaign.touches(ann)[number]
        assert touch.state is TouchState.SENT, number
        take(campaign, answers.bounce(touch, "5.2.2", "mailbox full"))
        campaign.pass_days(2)
        campaign.tick()

    with campaign.store.read() as unit:
        (point,) = unit.leads.by_ids([ann])[ann].points
    assert point.broken.startswith("soft bounces: 3")


def test_a_bounce_of_policy_rests_the_channel_and_blames_nobody(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.bounce(touch, "5.7.1", "message rejected due to policy: spam content"))

    assert taken.kind == "policy_bounce"
    with campaign.store.read() as unit:
        assert unit.switches.get("transport:email")
        assert [point.broken for point in unit.leads.by_ids([ann])[ann].points] == ["", ""]
    assert [subject for _, subject, _ in notices(campaign, "alert")] == ["[Test] email: we are refused"]


def test_a_delay_changes_nothing(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.bounce(touch, "4.4.1", "connection timed out", action="delayed"))

    assert taken.kind == "delay"
    assert campaign.touches(ann)[0].state is TouchState.SENT
    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE


def test_a_report_of_delivery_makes_a_touch_delivered_and_pauses_nobody(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    take(campaign, answers.bounce(touch, "2.0.0", "delivered", action="delivered"))

    assert campaign.touches(ann)[0].state is TouchState.DELIVERED
    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE


def test_a_complaint_closes_everything_and_alarms(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.complaint(touch))

    assert taken.kind == "complaint_feedback"
    assert state_of(campaign, ann)[0] is EnrollmentState.STOPPED
    with campaign.store.read() as unit:
        assert all(point.opted_out == {"all"} for point in unit.leads.by_ids([ann])[ann].points)
    assert "0.3 %" in notices(campaign, "alert")[0][1]


def test_too_many_complaints_stop_all_mail_but_notices_until_a_person_releases_it(
    campaign: Campaign, answers: Answers
) -> None:
    _, first = sent(campaign, "ann")
    _, second = sent(campaign, "bob")
    take(campaign, answers.complaint(first))
    carl, _ = sent(campaign, "carl")  # one complaint stops nothing
    take(campaign, answers.complaint(second))

    dora = campaign.lead("dora")
    campaign.enroll(dora)
    campaign.pass_days(3)

    waiting = {TouchState.PLANNED, TouchState.READY}
    assert campaign.touches(carl)[1].state in waiting
    assert campaign.touches(dora)[0].state in waiting
    alerts = notices(campaign, "alert")
    assert any("0.3 %" in subject for _, subject, _ in alerts)
    with campaign.store.read() as unit:
        told = unit.touches.in_states([TouchState.SENT], kind="notice")
    assert len(told) >= len(alerts), "alerts themselves leave"

    with campaign.store.write() as unit:
        assert list(release(unit, at=campaign.clock.now(), by="ops")) == ["email"]
        assert release(unit, at=campaign.clock.now(), by="ops") == {}
    campaign.pass_days(1)
    assert campaign.touches(dora)[0].state is TouchState.SENT


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "dkim"])
def test_feedback_that_is_no_complaint_opts_nobody_out(campaign: Campaign, answers: Answers, kind: str) -> None:
    ann, touch = sent(campaign)

    take(campaign, answers.complaint(touch, kind))

    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE


@pytest.mark.parametrize("headers", [{}, {"Auto_Submitted": "auto-generated"}, {"From": "<relay@icloud.test>"}])
def test_a_click_on_unsubscribe_closes_email_at_once(
    campaign: Campaign, answers: Answers, headers: dict[str, str]
) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.click(touch, **headers))

    assert taken.kind == "unsubscribe"
    with campaign.store.read() as unit:
        closed = {point.kind: set(point.opted_out) for point in unit.leads.by_ids([ann])[ann].points}
    assert closed == {PointKind.EMAIL: {"email"}, PointKind.PHONE: set()}


def test_stop_above_a_quote_closes_email_and_no_contact_closes_all(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)
    bob, other = sent(campaign, "bob")

    take(campaign, answers.reply(touch, "STOP"))
    take(campaign, answers.reply(other, "Please remove me from all emails"))

    with campaign.store.read() as unit:
        leads = unit.leads.by_ids([ann, bob])
    assert leads[ann].points[0].opted_out == {"email"}
    assert leads[bob].points[0].opted_out == {"all"}


def test_stop_of_another_lead_closes_that_lead_alone(campaign: Campaign, answers: Answers) -> None:
    """Ann forwarded our mail to Bob, and Bob answers to Ann's mark."""
    ann, touch = sent(campaign)
    bob, _ = sent(campaign, "bob")

    take(campaign, answers.reply(touch, "STOP", sender="bob@customer.test"))

    with campaign.store.read() as unit:
        leads = unit.leads.by_ids([ann, bob])
    assert leads[bob].points[0].opted_out == {"email"}
    assert leads[ann].points[0].opted_out == set()


def test_stop_from_an_unknown_address_closes_nobody_and_a_person_is_told(campaign: Campaign, answers: Answers) -> None:
    ann, _ = sent(campaign)

    taken = take(campaign, answers.fresh(sender="x@elsewhere.test", text="STOP", Subject="stop"))

    assert taken.kind == "unmatched"
    assert notices(campaign, "warning")
    with campaign.store.read() as unit:
        assert unit.leads.by_ids([ann])[ann].points[0].opted_out == set()


def test_an_answer_proves_that_a_touch_in_doubt_arrived(campaign: Campaign, answers: Answers) -> None:
    campaign.record("email", results=[Unknown(phase="dot", text="cut")])
    ann = campaign.lead("ann", owner="bea")
    campaign.enroll(ann)
    campaign.tick()
    touch = campaign.touches(ann)[0]
    assert touch.state is TouchState.IN_DOUBT

    take(campaign, answers.reply(replace(touch, address="ann@customer.test")))

    assert campaign.touches(ann)[0].state is TouchState.SENT


@pytest.mark.parametrize("status", ["2.0.0", "4.2.2"])
def test_what_follows_a_doubt_is_planned_with_its_proof(campaign: Campaign, answers: Answers, status: str) -> None:
    campaign.record("email", results=[Unknown(phase="dot", text="cut")])
    ann, touch = sent(campaign)
    assert (len(campaign.touches(ann)), touch.state) == (1, TouchState.IN_DOUBT)

    action = "delivered" if status[0] == "2" else "failed"
    take(campaign, answers.bounce(replace(touch, address="ann@customer.test"), status, "said so", action=action))

    ended, following = campaign.touches(ann)
    assert ended.state is (TouchState.DELIVERED if status[0] == "2" else TouchState.BOUNCED)
    assert (following.step, following.state) == ("second", TouchState.PLANNED)


def test_our_own_mail_back_does_nothing(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)

    taken = take(campaign, answers.original(touch).encode())

    assert taken.kind == "loop"
    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE


def test_unreadable_mail_is_kept_for_a_person_and_a_flood_of_it_alarms(campaign: Campaign, answers: Answers) -> None:
    bomb = b"To: " + b"(" * 5000 + b"\n\nhello "
    for number in range(10):
        assert take(campaign, bomb + str(number).encode()).kind == "poison"

    assert [subject for _, subject, _ in notices(campaign, "alert")] == [
        "[Test] messages that cannot be read keep coming"
    ]


def test_an_answer_of_the_owner_settles_what_is_owed(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)
    take(campaign, answers.reply(touch))

    take(campaign, answers.reply(touch, "Dear Ann, Friday it is.", sender="bea@cafe.test", Cc="hello@cafe.test"))

    with campaign.store.read() as unit:
        (conversation,) = unit.conversations.open([ann])
        said = unit.interactions.of_leads([ann])[ann][-1]
    assert not conversation.waits
    assert (said.direction, said.told, said.who) == ("out", "Dear Ann, Friday it is.", "bea")


def test_hostile_characters_are_stored_as_harmless_text(campaign: Campaign, answers: Answers) -> None:
    ann, touch = sent(campaign)
    raw = answers.reply(touch, "zero\x00byte \x1b[31mred").replace(b"Re: About hello", b"=?utf-8?q?a=00=0d=0aBcc:_x?=")

    taken = take(campaign, raw)

    assert taken.lead_id == ann
    with campaign.store.read() as unit:
        (said,) = unit.interactions.of_leads([ann])[ann]
    assert "\x00" not in said.said
    assert "\n" not in notices(campaign, "forward")[0][1]


def test_a_machine_is_never_answered(campaign: Campaign, answers: Answers) -> None:
    """Whatever comes back: no message goes to the sender."""
    _, touch = sent(campaign)
    for raw in (answers.away(touch), answers.bounce(touch), answers.complaint(touch), answers.click(touch)):
        take(campaign, raw)

    everybody = {
        recipient for purpose in ("forward", "warning", "alert") for recipient, _, _ in notices(campaign, purpose)
    }
    assert everybody <= {"bea@cafe.test", "ops@cafe.test"}


def test_every_sample_is_stored_once_and_none_of_strangers_touches_a_lead(campaign: Campaign) -> None:
    """Bounces, complaints, opt-outs and notes of other people's systems, and hostile ones: no effect, no crash."""
    ann, _ = sent(campaign)
    ours = marks_of_office(campaign.office)
    samples = [*bounce_samples.samples(), *people_samples.samples(), *field_samples.samples()]
    hostile = [
        b"",
        b"\x00" * 100,
        b"no header",
        b"From: \xff\xfe\n\n\x80",
        b"Subject: =?utf-8?b?/////w==?=\n\n\xed\xa0\x80",
    ]

    taken = [
        take_mail(campaign.office, classify_mail(raw, now=campaign.clock.now(), ours=ours))
        for raw in [*(sample.raw for sample in samples), *hostile]
    ]

    assert {one.lead_id for one in taken} == {None}
    assert all(one.handled for one in taken)
    assert state_of(campaign, ann)[0] is EnrollmentState.ACTIVE
    with campaign.store.read() as unit:
        assert [set(point.opted_out) for point in unit.leads.by_ids([ann])[ann].points] == [set(), set()]
