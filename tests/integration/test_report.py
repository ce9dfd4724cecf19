"""The look back over a small campaign, from the database to the files."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.campaign import Campaign
from touches.care.complaints import open_complaint, solve_complaint
from touches.care.promises import add_promise, keep_promise, renew_promise
from touches.care.record import Words, contacts_so_far, write_down
from touches.engine.reacting import react_to_activities
from touches.engine.stopping import stop
from touches.model.care import Activity
from touches.people.opt_out import ALL, opt_out
from touches.report.charts import RIGHT, WIDTH, svg
from touches.report.making import chart_of, evaporating, report_of
from touches.report.table_file import csv_text
from touches.store.units import Unit


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    made.record("email")
    made.publish()
    yield made
    made.close()


def played(campaign: Campaign) -> list[int]:
    """Four leads: one buys after the second touch, one answers the first, one is stopped, one goes on."""
    leads = [campaign.lead(key, owner="=aino") for key in ("buys", "answers", "stopped", "goes-on")]
    campaign.enroll(*leads)
    campaign.tick()
    did(campaign, leads[1], "reply")
    with campaign.store.write() as unit:
        running = unit.enrollments.of_leads([leads[2]], running=True)[leads[2]]
        stop(unit, running, because="by hand", actor="test", at=campaign.clock.now())
    campaign.pass_days(3)
    did(campaign, leads[0], "purchase")
    react_to_activities(campaign.office)
    campaign.pass_days(4)
    return leads


def look_back(campaign: Campaign, unit: Unit) -> dict[str, Any]:
    return report_of(unit, now=campaign.clock.now())


def did(campaign: Campaign, lead: int, kind: str) -> None:
    with campaign.store.write() as unit:
        at = campaign.clock.now() + timedelta(minutes=1)
        unit.activities.add([Activity(lead_id=lead, kind=kind, at=at)])


def test_answers_and_purchases_belong_to_the_touch_before_them(campaign: Campaign) -> None:
    played(campaign)
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    by_number = {row["number"]: row for row in told["by_number"]}
    assert (by_number["1"]["sent"], by_number["1"]["answers"], by_number["1"]["purchases"]) == (4, 1, 0)
    assert by_number["2"]["purchases"] == 1
    assert told["survival"]["buyers"] == 1
    assert told["survival"]["average_touches_to_purchase"] == 2
    assert told["survival"]["curve"][0]["at_risk"] == 4
    assert told["given_up_after_three"] == [{"policy": "follow", "leads": 3}]


WINDOW = """
policy: follow
decision_window: 3-4 days
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, after: 2 days, channel: email, news: any, ask: Reply.}
stop_on: [opt_out]
"""


def test_an_enrollment_leads_to_one_purchase_however_often_somebody_buys(campaign: Campaign) -> None:
    """A cafe's guest buys every day: neither a touch nor an enrollment converts more than once."""
    campaign.publish(WINDOW)
    lead = campaign.lead("cafe")
    campaign.enroll(lead)
    for _ in range(4):
        campaign.pass_days(1)
        did(campaign, lead, "purchase")
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    assert [(row["sent"], row["purchases"]) for row in told["by_number"]] == [(1, 1), (1, 0)]
    assert told["by_policy"][0]["purchase_rate"] == 0.5
    assert (told["survival"]["enrollments"], told["survival"]["buyers"]) == (1, 1)


@pytest.mark.parametrize(("days", "bought"), [(3, 1), (6, 0)])
def test_a_purchase_belongs_to_a_touch_within_the_decision_window_only(
    campaign: Campaign, days: int, bought: int
) -> None:
    campaign.publish(WINDOW)
    lead = campaign.lead("slow")
    campaign.enroll(lead)
    campaign.pass_days(2 + days)
    did(campaign, lead, "purchase")
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    assert [row["purchases"] for row in told["by_number"]] == [0, bought]
    assert told["survival"]["buyers"] == bought


def test_who_buys_five_times_after_a_touch_counts_once_for_it(campaign: Campaign) -> None:
    lead = campaign.lead("cafe")
    campaign.enroll(lead)
    campaign.tick()
    for _ in range(5):
        did(campaign, lead, "purchase")
    with campaign.store.read() as unit:
        (first,) = look_back(campaign, unit)["by_number"]
    assert (first["purchases"], first["purchase_rate"]) == (1, 1.0)


def test_the_way_to_a_purchase_is_that_of_new_leads(campaign: Campaign) -> None:
    campaign.publish(WINDOW)
    customer, new = campaign.lead("customer"), campaign.lead("new")
    did(campaign, customer, "purchase")
    campaign.clock.advance(timedelta(hours=1))
    campaign.enroll(customer, new)
    campaign.tick()
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    assert (told["by_number"][0]["sent"], told["survival"]["enrollments"]) == (2, 1)


def test_whoever_opts_out_was_not_given_up_by_us(campaign: Campaign) -> None:
    lead = campaign.lead("enough")
    campaign.enroll(lead)
    campaign.tick()
    with campaign.store.write() as unit:
        opt_out(unit, campaign.office.signer, lead, ALL, "mail", at=campaign.clock.now(), actor="engine")
    with campaign.store.read() as unit:
        assert look_back(campaign, unit)["given_up_after_three"] == []


def test_what_is_said_in_a_conversation_counts_towards_the_seven(campaign: Campaign) -> None:
    lead = campaign.lead("talks")
    campaign.enroll(lead)
    campaign.tick()
    with campaign.store.write() as unit:
        person = unit.leads.by_ids([lead])[lead]
        words, at = Words(told="We can deliver on Monday."), campaign.clock.now() + timedelta(minutes=1)
        for channel in ("email", "call"):
            write_down(
                unit, campaign.office, person, words, channel=channel, direction="out", outcome="", actor="aino", at=at
            )
        assert contacts_so_far(unit, [lead]) == {lead: 3}
    did(campaign, lead, "purchase")
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    assert told["survival"]["average_touches_to_purchase"] == 3
    assert told["survival_spoken"]["average_touches_to_purchase"] == 1


def test_complaints_show_how_long_a_solution_took_and_who_bought_again(campaign: Campaign) -> None:
    leads = [campaign.lead(key) for key in ("fast", "slow", "open")]
    with campaign.store.write() as unit:
        for lead in leads:
            open_complaint(unit, campaign.office, unit.leads.by_ids([lead])[lead], "Cold", actor="aino")
    for number, days in ((1, 1), (2, 4)):
        campaign.pass_days(days)
        with campaign.store.write() as unit:
            solve_complaint(unit, campaign.office, number, note_text="Hot", actor="aino")
    did(campaign, leads[0], "purchase")
    with campaign.store.read() as unit:
        rows = {row["handling"]: row for row in look_back(campaign, unit)["complaints"]}
    assert (rows["solved fast"]["hours_to_solution"], rows["solved"]["hours_to_solution"]) == (24.0, 120.0)
    assert (rows["solved fast"]["rate"], rows["open"]["rate"], rows["open"]["hours_to_solution"]) == (1.0, 0.0, None)
    assert rows["never voiced"]["study"] == 0.09


def test_spoken_touches_are_counted_apart(campaign: Campaign) -> None:
    played(campaign)
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    assert [point["touches"] for point in told["survival_spoken"]["curve"]] == [0]


def test_leads_that_evaporate_are_listed_with_the_reason(campaign: Campaign) -> None:
    leads = played(campaign)
    never = campaign.lead("never-asked")
    with campaign.store.read() as unit:
        found = {row["lead_id"]: row["because"] for row in evaporating(unit)}
    assert found[leads[2]] == "follow stopped: by hand"
    assert found[never] == "never enrolled"
    assert set(found) == {*leads, never}


def test_a_table_runs_no_formula(campaign: Campaign) -> None:
    played(campaign)
    with campaign.store.read() as unit:
        rows = list(csv.reader(StringIO(csv_text(look_back(campaign, unit)))))
    assert ["owner", "'=aino"] in [row[:2] for row in rows]
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for row in rows for cell in row)


def test_promises_are_kept_in_time_late_or_not_at_all(campaign: Campaign) -> None:
    lead = campaign.lead("ann")
    with campaign.store.write() as unit:
        person = unit.leads.by_ids([lead])[lead]
        by = campaign.clock.now() + timedelta(hours=2)
        for _ in range(4):
            add_promise(unit, campaign.office, person, "An answer", by=by, actor="aino")
        keep_promise(unit, campaign.office, 1, evidence="told", actor="aino")
    campaign.clock.advance(timedelta(hours=3))
    with campaign.store.write() as unit:
        keep_promise(unit, campaign.office, 2, evidence="told at last", actor="aino")
        by = campaign.clock.now() + timedelta(hours=2)
        renew_promise(unit, campaign.office, 3, by=by, reason="not there yet", actor="aino")
        found = look_back(campaign, unit)["promises"]
    assert found == {"open": 1, "kept": 1, "late": 1, "broken": 1, "renewals": 1, "kept_rate": 0.3333}


@pytest.mark.parametrize(("put_off_after", "kept", "late"), [(1, 1, 0), (3, 0, 1)])
def test_a_promise_that_is_put_off_after_its_time_is_late_whenever_it_is_kept(
    campaign: Campaign, put_off_after: int, kept: int, late: int
) -> None:
    lead = campaign.lead("ann")
    start = campaign.clock.now()
    with campaign.store.write() as unit:
        person = unit.leads.by_ids([lead])[lead]
        add_promise(unit, campaign.office, person, "An answer", by=start + timedelta(hours=2), actor="aino")
    campaign.clock.set(start + timedelta(hours=put_off_after))
    with campaign.store.write() as unit:
        for hours in (8, 9):
            by = start + timedelta(hours=hours)
            renew_promise(unit, campaign.office, 1, by=by, reason="told by phone", actor="aino")
    campaign.clock.set(start + timedelta(hours=5))
    with campaign.store.write() as unit:
        keep_promise(unit, campaign.office, 1, evidence="told", actor="aino")
        found = look_back(campaign, unit)["promises"]
    assert (found["kept"], found["late"], found["renewals"]) == (kept, late, 2)


def test_who_falls_silent_without_a_complaint_stands_for_what_is_never_voiced(campaign: Campaign) -> None:
    campaign.publish(WINDOW)
    quiet, loud, back = (campaign.lead(key) for key in ("quiet", "loud", "back"))
    with campaign.store.write() as unit:
        open_complaint(unit, campaign.office, unit.leads.by_ids([loud])[loud], "Cold", actor="aino")
    enroll_with(campaign, "lapsed", quiet, loud, back)
    did(campaign, back, "purchase")
    with campaign.store.read() as unit:
        rows = {row["handling"]: row for row in look_back(campaign, unit)["complaints"]}
    assert (rows["never voiced"]["complaints"], rows["never voiced"]["bought_again"]) == (2, 1)


def enroll_with(campaign: Campaign, trigger: str, *leads: int) -> None:
    campaign.enroll(*leads)
    with campaign.store.write() as unit:
        ids = [one.id for found in unit.enrollments.of_leads(leads).values() for one in found]
        unit.enrollments.update(ids, trigger=trigger)


def test_a_chart_marks_the_seventh_touch_though_nobody_came_so_far(campaign: Campaign) -> None:
    played(campaign)
    with campaign.store.read() as unit:
        drawn = svg(chart_of(look_back(campaign, unit)))
    line = next(one for one in ET.fromstring(drawn).iter() if one.get("class") == "mark")
    assert "the seventh touch" in drawn
    assert line.get("x1") == line.get("x2") == f"{WIDTH - RIGHT:.1f}"


def test_an_empty_database_gives_an_empty_report_and_a_chart(campaign: Campaign) -> None:
    with campaign.store.read() as unit:
        told = look_back(campaign, unit)
    assert told["leads"] == 0
    assert ET.fromstring(svg(chart_of(told))).tag.endswith("svg")
