"""Urgent news makes one touch outside the cadence, for those it concerns."""

from datetime import datetime

from tests.campaign import NEWS, Campaign
from touches.care.complaints import open_complaint, solve_complaint
from touches.model.states import TouchState

URGENT = "---\nkind: event\nheadline: The line is down today\nurgent: true\nfor: {segment: cafe}\n---\nUntil noon.\n"


def test_those_in_touch_hear_it_once_and_ahead_of_selling(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish(news=NEWS)
    ann, bob = campaign.lead("ann", segment="cafe"), campaign.lead("bob", segment="furniture")
    stranger = campaign.lead("eve", segment="cafe")
    campaign.enroll(ann, bob)
    campaign.tick()

    campaign.publish(news={**NEWS, "outage": URGENT})
    campaign.tick()
    campaign.tick()
    campaign.tick()

    told = [touch for touch in campaign.touches(ann) if touch.step == "urgent"]
    assert [(touch.news, touch.state) for touch in told] == [("outage", TouchState.SENT)]
    assert [touch.step for touch in campaign.touches(bob)] == ["first", "second"]
    assert campaign.touches(stranger) == []
    assert b"The line is down" in mail.taken[-1].payload


def test_the_cadence_does_not_tell_it_a_second_time(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={"hello": NEWS["hello"], "outage": URGENT})
    ann = campaign.lead("ann", segment="cafe")
    campaign.enroll(ann)

    campaign.pass_days(3)

    told = [touch.news for touch in campaign.touches(ann) if touch.state is TouchState.SENT]
    assert sorted(told) == ["hello", "outage"]


def dated(first: str, last: str = "2026-11-30") -> str:
    return URGENT.replace("urgent: true\n", f"urgent: true\nvalid: {first}..{last}\n")


def urgent(campaign: Campaign, lead: int) -> list[TouchState]:
    return [touch.state for touch in campaign.touches(lead) if touch.step == "urgent"]


def test_what_holds_from_a_later_day_is_told_as_that_day_begins(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={**NEWS, "outage": dated("2026-11-05")})
    ann = campaign.lead("ann", segment="cafe")
    ben = campaign.lead("ben", segment="cafe", timezone="America/New_York")
    campaign.enroll(ann)
    campaign.pass_days(1)
    campaign.enroll(ben)  # in touch only later, and before it begins
    assert urgent(campaign, ann) == []

    campaign.pass_days(3)

    left = [touch.handed_over_at for lead in (ann, ben) for touch in campaign.touches(lead) if touch.step == "urgent"]
    assert left == [
        datetime.fromisoformat("2026-11-05T10:00+02:00"),  # the first pass after the hours open
        datetime.fromisoformat("2026-11-05T09:00-05:00"),
    ]


def test_what_has_ended_is_told_to_nobody(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={**NEWS, "outage": dated("2026-10-01", "2026-11-01")})
    ann = campaign.lead("ann", segment="cafe")
    campaign.enroll(ann)

    campaign.pass_days(2)

    assert urgent(campaign, ann) == []


def complain(campaign: Campaign, lead: int) -> int:
    with campaign.store.write() as unit:
        found = unit.leads.by_ids([lead])[lead]
        return open_complaint(unit, campaign.office, found, "Cold again.", actor="aino").id


def test_an_open_complaint_holds_it_until_it_is_solved(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    ann, bob = campaign.lead("ann", segment="cafe"), campaign.lead("bob", segment="cafe")
    campaign.enroll(ann, bob)
    campaign.tick()
    complaint = complain(campaign, ann)

    campaign.publish(news={**NEWS, "outage": URGENT})
    campaign.pass_days(1)
    assert (urgent(campaign, ann), urgent(campaign, bob)) == ([TouchState.HELD], [TouchState.SENT])

    with campaign.store.write() as unit:
        solve_complaint(unit, campaign.office, complaint, note_text="Warm.", actor="aino")
    campaign.pass_days(1)
    assert urgent(campaign, ann) == [TouchState.SENT]


def test_a_complaint_holds_what_is_planned_already(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={**NEWS, "outage": dated("2026-11-03")})
    ann = campaign.lead("ann", segment="cafe")
    campaign.enroll(ann)
    campaign.pass_days(1)
    assert urgent(campaign, ann) == [TouchState.PLANNED]

    complain(campaign, ann)

    assert urgent(campaign, ann) == [TouchState.HELD]


def test_what_is_stale_when_the_complaint_is_solved_is_never_told(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={**NEWS, "outage": dated("2026-11-03", "2026-11-04")})
    ann = campaign.lead("ann", segment="cafe")
    campaign.enroll(ann)
    complaint = complain(campaign, ann)
    campaign.pass_days(5)

    with campaign.store.write() as unit:
        solve_complaint(unit, campaign.office, complaint, note_text="Warm.", actor="aino")
    campaign.pass_days(3)

    assert urgent(campaign, ann) == [TouchState.CANCELLED]
