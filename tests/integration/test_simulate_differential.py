"""What the simulation says of a day is what the engine then does, touch for touch.

The engine passes at every instant at which something is due, and when a day begins in one of the leads' zones; a person
makes each listed call at its hour. Both start from the same database.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policies.times import DateRange
from tests.campaign import Campaign
from tests.integration.played_twice import differences, played_by_the_engine, simulated
from touches.engine.office import Colleague

CADENCE = """
policy: cadence
enroll_when:
  - new_lead: {segment: [cafe, furniture]}
decision_window: 21-30 days
channel_rules:
  - when: {age: "> 50"}
    use: letter
    because: paper is felt
touches:
  - {id: welcome, day: 0, channel: email, news: hello, ask: Reply., fixed: true}
  - {id: call, after: 2 working days, channel: call, news: {kind: [case-study, schedule]}, ask: Agree., fixed: true}
  - {id: proof, day: 6, channel: [email, letter], news: {kind: case-study}, ask: Tell us.}
  - {id: paper, day: 11, channel: [letter, email], news: {kind: [structure, product]}, ask: Show this.}
  - {id: note, day: 15, channel: [sms, email], news: {kind: [event, schedule]}, ask: Say yes., at: "15:30"}
  - id: test
    after: 72 hours
    channel: email
    news: any
    ask: Choose.
    variants: {a: 40, b: {share: 40, news: {kind: price}}, holdout: 20}
  - {id: last, day: 26, channel: [preferred, email], news: any, ask: Decide., send_within: 2 days}
then: {every: 1 week, channel: email, news: {kind: education}, ask: Read.}
caps: {per_lead: 3 per week, per_company: 1 per day}
"""
SECOND = """
policy: second
priority: 70
enroll_when:
  - new_lead: {segment: furniture}
hours:
  sms: {days: any, from: "22:00", until: "02:00"}
touches:
  - {id: one, day: 1, channel: [sms, email], news: any, ask: Reply., at: "09:15"}
  - {id: two, after: 36 hours, channel: [call, email], news: any, ask: Reply.}
  - {id: three, after: 1 month, channel: email, news: any, ask: Reply.}
caps: {per_channel: {sms: 1 per week}, per_lead: 1 per day}
"""
KINDS = ("case-study", "schedule", "structure", "product", "event", "price", "education")


def news() -> dict[str, str]:
    """Some for everybody, some for a few, some not yet or no longer."""
    made = {"hello": "---\nkind: product\nheadline: Hello\n---\nWho we are.\n"}
    for number in range(21):
        kind = KINDS[number % len(KINDS)]
        more = ["", "for: {segment: furniture}\n", "valid: 2026-11-18..2026-12-05\n", "needs: [hello]\n"][number % 4]
        text = f"---\nkind: {kind}\nheadline: Number {number}\n{more}---\nText {number}.\n"
        made[f"n{number:02d}"] = text
    return made


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    for name in ("email", "sms", "letter", "call"):
        made.record(name).concurrency = 1
    house = replace(made.office.house, post_days=2, closed=(DateRange(*[datetime(2026, 11, 9).date()] * 2),))
    colleagues = {"aino": Colleague(name="Aino", email="a@x.test", per_day=2)}
    made.office = replace(made.office, house=house, colleagues=colleagues)
    made.publish(CADENCE, SECOND, news=news())
    yield made
    made.close()


def people(campaign: Campaign, number: int = 24) -> None:
    """Leads in several zones, companies and ages, some with one address alone."""
    zones = ("Europe/Helsinki", "America/New_York", "Asia/Kolkata", "")
    for each in range(number):
        campaign.lead(
            f"lead-{each:02d}",
            email="none" if each % 7 == 6 else "",
            phone=f"+3584012345{each:02d}" if each % 3 else "",
            postal="Street 1\n00100 Helsinki" if each % 4 < 2 else "",
            company=f"Company {each % 5}" if each % 2 else "",
            timezone=zones[each % 4],
            segment="furniture" if each % 3 == 0 else "cafe",
            birth_year=1960 if each % 5 == 0 else 1990,
            owner="aino" if each % 2 else "",
            preferred_channel="sms" if each % 6 == 1 else "",
        )


@pytest.mark.slow
def test_the_simulation_and_the_engine_agree_touch_for_touch(campaign: Campaign) -> None:
    people(campaign)
    foretold = simulated(campaign, 45)
    happened = played_by_the_engine(campaign, 45)
    assert len(happened) > 120
    assert differences(foretold, happened) == []
    assert len(foretold) == len(happened)


@pytest.mark.slow
def test_they_agree_also_from_the_middle_of_a_campaign(campaign: Campaign) -> None:
    people(campaign, 16)
    played_by_the_engine(campaign, 9)
    campaign.clock.set(datetime(2026, 11, 13, 5, 17, tzinfo=UTC))  # some are late now
    before = {(line[0], line[1], line[2], line[3]) for line in played_by_the_engine(campaign, 0)}
    foretold = simulated(campaign, 20)
    happened = [line for line in played_by_the_engine(campaign, 20) if line[:4] not in before]
    assert len(happened) > 30
    assert differences(foretold, happened) == []
    assert len(foretold) == len(happened)
