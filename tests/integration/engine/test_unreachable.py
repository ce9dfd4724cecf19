"""A lead whose last address broke ends its enrollment; nobody is held for ever."""

from channels.protocol import Failure, Refused
from tests.campaign import Campaign
from touches.model.states import EnrollmentState, TouchState

GONE = Refused(failure=Failure.BAD_ADDRESS, permanent=True, code="550 5.1.1", text="no such user")


def test_the_enrollment_of_a_lead_without_any_way_left_ends_as_unreachable(campaign: Campaign) -> None:
    campaign.record(results=[GONE])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.tick()
    campaign.tick()

    with campaign.store.read() as unit:
        enrollment = unit.enrollments.of_leads([ann])[ann][0]
    assert enrollment.state is EnrollmentState.STOPPED
    assert enrollment.reason.startswith("unreachable: the address does not exist")
    assert [touch.state for touch in campaign.touches(ann)] == [TouchState.FAILED, TouchState.CANCELLED]


def test_a_lead_with_another_address_goes_on(campaign: Campaign) -> None:
    campaign.record(results=[GONE])
    campaign.record("sms")
    campaign.publish(
        "policy: follow\ntouches:\n"
        "  - {id: first, day: 0, channel: email, news: any, ask: Reply.}\n"
        "  - {id: second, after: 1 day, channel: [email, sms], news: any, ask: Reply.}\n"
    )
    ann = campaign.lead("ann", phone="+358401234567")
    campaign.enroll(ann)

    campaign.pass_days(3)

    assert [(touch.channel, touch.state) for touch in campaign.touches(ann)] == [
        ("email", TouchState.FAILED),
        ("sms", TouchState.SENT),
    ]
