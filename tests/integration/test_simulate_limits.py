"""The simulation and the engine agree on limits of channels, silences, urgent news and what stands against selling."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.campaign import Campaign
from tests.integration.played_twice import Line, differences, played_by_the_engine, simulated
from touches.care.complaints import open_complaint
from touches.care.promises import add_promise
from touches.engine.office import Colleague
from touches.engine.reacting import react_to_activities
from touches.lapse.watching import detect_lapses
from touches.model.care import Activity
from touches.settings.values import WarmUp

CADENCE = """
policy: cadence
enroll_when:
  - new_lead: {segment: [cafe, furniture]}
touches:
  - {id: welcome, day: 0, channel: email, news: any, ask: Reply.}
  - {id: note, day: 0, channel: sms, news: any, ask: Say yes.}
  - {id: call, after: 1 working day, channel: call, news: any, ask: Agree.}
  - {id: meet, after: 1 working day, channel: [meeting, call], news: any, ask: Agree., send_within: 3 days}
  - {id: last, day: 12, channel: email, news: any, ask: Decide.}
then: {every: 3 days, channel: email, news: any, ask: Read.}
stop_on: [opt_out]
caps: {per_owner: 3 per day, per_company: 2 per day, per_lead: 4 per week}
"""
WIN_BACK = """
policy: win-back
priority: 80
enroll_when:
  - lapsed: {segment: [cafe, bakery], silent_for: 3 days}
  - fading: {segment: bakery, below: 50 %}
touches:
  - {id: miss-you, day: 0, channel: email, news: any, ask: Reply.}
  - {id: call, after: 2 days, channel: call, news: any, ask: Reply.}
caps: {per_lead: 1 per day}
re_enroll: always
"""
GOES_FIRST = """
policy: goes-first
priority: 80
enroll_when:
  - new_lead: {segment: [cafe, furniture]}
touches:
  - {id: note, day: 0, at: "14:00", channel: email, news: any, ask: Reply.}
  - {id: later, after: 1 working day, channel: email, news: any, ask: Reply.}
caps: {per_lead: 1 per day}
"""
URGENT = "---\nkind: event\nheadline: The line is down\nurgent: true\nfor: {segment: cafe}\n---\nUntil noon.\n"


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    for name in ("email", "sms", "call", "meeting"):
        made.record(name).concurrency = 1
    colleagues = {"aino": Colleague(name="Aino", email="a@x.test", per_day=4)}
    made.office = replace(made.office, colleagues=colleagues)
    yield made
    made.close()


def news(*, urgent: bool = False) -> dict[str, str]:
    made = {f"n{number:02d}": f"Text number {number}." for number in range(14)}
    return {**made, "outage": URGENT} if urgent else made


def people(campaign: Campaign, number: int = 18) -> list[int]:
    """Guests of the last two weeks among them, most of them in companies."""
    leads = []
    for each in range(number):
        segment = ("cafe", "furniture", "bakery")[each % 3]
        company = f"Company {each % 4}" if each % 2 else ""
        phone = f"+3584012345{each:02d}"
        leads.append(campaign.lead(f"lead-{each:02d}", phone=phone, segment=segment, company=company, owner="aino"))
    today = campaign.clock.now()
    with campaign.store.write() as unit:
        for place, lead in enumerate(leads):
            backs = [place % 5 + back for back in (1, 2, 3, 4, 7, 8, 9, 10)] if place % 3 != 1 else []
            bought = (today - timedelta(days=back, minutes=place) for back in backs)
            unit.activities.add(Activity(lead_id=lead, kind="purchase", at=at) for at in bought)
    react_to_activities(campaign.office)
    return leads


def compared(campaign: Campaign, days: int, *, least: int) -> list[Line]:
    foretold = simulated(campaign, days)
    happened = played_by_the_engine(campaign, days)
    assert "\n".join(differences(foretold, happened)) == ""
    assert len(foretold) == len(happened) >= least
    return happened


@pytest.mark.slow
def test_limits_by_the_minute_and_the_day(campaign: Campaign) -> None:
    desk = replace(campaign.office.desk, per_minute={"email": 3}, per_day={"sms": 4})
    campaign.office = replace(campaign.office, desk=desk)
    campaign.publish(CADENCE, news=news())
    people(campaign)

    compared(campaign, 12, least=45)


@pytest.mark.slow
def test_a_warm_up(campaign: Campaign) -> None:
    desk = replace(campaign.office.desk, warm_up=WarmUp(per_day=3, doubling_days=4))
    campaign.office = replace(campaign.office, desk=desk)
    campaign.publish(CADENCE, news=news())
    people(campaign)

    compared(campaign, 14, least=40)


@pytest.mark.slow
def test_silences(campaign: Campaign) -> None:
    campaign.publish(CADENCE, WIN_BACK, news=news())
    people(campaign)

    happened = compared(campaign, 12, least=45)

    assert len({line[0] for line in happened if line[1] == "win-back"}) > 6


@pytest.mark.slow
def test_silences_that_are_watched_already(campaign: Campaign) -> None:
    campaign.publish(CADENCE, WIN_BACK, news=news())
    people(campaign)
    detect_lapses(campaign.office)
    campaign.clock.set(datetime(2026, 11, 3, 9, 1, tzinfo=UTC))

    compared(campaign, 8, least=40)


@pytest.mark.slow
def test_urgent_news(campaign: Campaign) -> None:
    campaign.publish(CADENCE, news=news(urgent=True))
    people(campaign)

    happened = compared(campaign, 6, least=40)

    assert len([line for line in happened if line[1] == "urgent"]) == 6


@pytest.mark.slow
def test_urgent_news_of_a_later_day_and_for_one_who_complains(campaign: Campaign) -> None:
    begins = URGENT.replace("urgent: true\n", "urgent: true\nvalid: 2026-11-05..2026-11-20\n")
    campaign.publish(CADENCE, news={**news(), "outage": begins})
    leads = people(campaign)
    with campaign.store.write() as unit:
        lead = unit.leads.by_ids(leads[:1])[leads[0]]
        open_complaint(unit, campaign.office, lead, "Cold.", actor="aino")

    happened = compared(campaign, 6, least=30)

    urgent = {line[0] for line in happened if line[1] == "urgent"}
    assert len(urgent) >= 3  # the cadence told some of them first
    assert "lead-00" not in urgent


@pytest.mark.slow
def test_urgent_news_waits_for_no_policy_with_a_higher_priority_and_for_no_caps_of_others(campaign: Campaign) -> None:
    also = GOES_FIRST.replace("goes-first", "also").replace("80", "60").replace("14:00", "15:00")
    campaign.publish(GOES_FIRST, also, news=news(urgent=True))
    for each in range(4):
        campaign.lead(f"lead-{each:02d}", segment="cafe", owner="aino")

    happened = compared(campaign, 6, least=12)

    assert len([line for line in happened if line[1] == "urgent"]) == 4


@pytest.mark.slow
def test_urgent_news_for_one_who_was_let_down(campaign: Campaign) -> None:
    campaign.publish(CADENCE, news=news(urgent=True))
    leads = people(campaign)
    with campaign.store.write() as unit:
        soon = campaign.clock.now() + timedelta(seconds=1)
        lead = unit.leads.by_ids(leads[:1])[leads[0]]
        add_promise(unit, campaign.office, lead, "Call back", by=soon, actor="aino")
    campaign.clock.advance(timedelta(minutes=1))

    happened = compared(campaign, 6, least=30)

    assert len({line[0] for line in happened if line[1] == "urgent"}) == 5
    assert "lead-00" not in {line[0] for line in happened}


@pytest.mark.slow
def test_what_stands_against_selling(campaign: Campaign) -> None:
    campaign.publish(CADENCE, news=news())
    leads = people(campaign)
    with campaign.store.write() as unit:
        complaining = unit.leads.by_ids(leads[1:3])
        open_complaint(unit, campaign.office, complaining[leads[1]], "Cold.", actor="aino", company=True)
        open_complaint(unit, campaign.office, complaining[leads[2]], "Late.", actor="aino")

    happened = compared(campaign, 6, least=30)

    assert not {"lead-01", "lead-02", "lead-05"} & {line[0] for line in happened}
