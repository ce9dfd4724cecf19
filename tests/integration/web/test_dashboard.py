"""What managers see: the right numbers, on both databases, with every text as text."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channels.protocol import Failure, Refused
from tests.campaign import Campaign
from tests.integration.web.live import Live, live
from tests.integration.web.scene import STRANGER, play
from touches.care.complaints import open_complaint, solve_complaint
from touches.model.care import Activity
from touches.model.states import TouchState
from touches.store.dashboard import Dashboard
from touches.store.inbound import Arrival
from touches.store.notices import Notice
from touches.store.touches import Move
from touches.web.overview import overview_of, trends_of

POLICY = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, after: 1 days, channel: email, news: any, ask: Reply.}
  - {id: third, after: 1 days, channel: email, news: any, ask: Reply.}
"""
TWO = {"one": "The first thing that is new for you this week.", "two": "Opening hours change on Monday, everywhere."}


@pytest.fixture
def small(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    """Three leads who heard two pieces of news; there is no third."""
    made = Campaign(database_url, tmp_path)
    made.record("email")
    made.publish(POLICY, news=TWO)
    made.enroll(*(made.lead(name, email=f"{name}@Shop.test") for name in ("aino", "eero", "liisa")))
    made.pass_days(3)
    yield made
    made.close()


def test_the_figures_are_those_of_the_database(small: Campaign) -> None:
    first = small.touches(1)[0]
    with small.store.write() as unit:
        purchase = Activity(lead_id=2, kind="purchase", at=small.clock.now(), source="shop")
        unit.activities.add([purchase])
        bounced = Move(touch_id=first.id, old=TouchState.SENT, new=TouchState.BOUNCED, values={"reason": "550"})
        unit.touches.move([bounced])
        unit.inbound.add(_feedback(first.id, small.clock.now()))
    with small.store.read() as unit:
        view = overview_of(unit, small.office, small.clock.now())
        trends = trends_of(unit, small.office, small.clock.now())
    assert [(stage.number, stage.reached, stage.bought) for stage in trends.funnel] == [(1, 2, 0), (2, 3, 1)]
    assert [(one.policy, one.touches, one.leads) for one in view.starving] == [("follow", 3, 3)]
    assert [(one.domain, one.sent, one.bounced, one.complaints) for one in trends.domains] == [("shop.test", 6, 1, 1)]
    assert sum(count for _, count in trends.days) == 6
    assert [count for day, count in trends.days if day.isoformat() == "2026-11-02"] == [3]


def test_a_mail_that_is_refused_at_the_door_counts_as_bounced(database_url: str, tmp_path: Path) -> None:
    campaign = Campaign(database_url, tmp_path)
    gone = Refused(failure=Failure.BAD_ADDRESS, text="550 5.1.1 no such user", permanent=True)
    campaign.record("email", results=[gone])
    campaign.publish(POLICY, news=TWO)
    campaign.enroll(campaign.lead("aino", email="aino@gone.test"))
    campaign.enroll(campaign.lead("eero", email="eero@shop.test"))
    campaign.pass_days(1)
    with campaign.store.read() as unit:
        domains = trends_of(unit, campaign.office, campaign.clock.now()).domains
    assert [(one.domain, one.tried, one.lost, one.refused) for one in domains] == [
        ("gone.test", 1, 1, 1),
        ("shop.test", 1, 0, 0),
    ]
    with live(campaign) as site:
        page = site.login().get("/mail").text
    assert "1 at once" in page
    assert "100 %" in page
    campaign.close()


def test_a_pause_that_is_over_stands_in_nobodys_way(small: Campaign) -> None:
    now = small.clock.now()
    with small.store.write() as unit:
        unit.leads.update(1, paused_until=now - timedelta(hours=1))
        unit.leads.update(2, paused_until=now + timedelta(days=2))
    with live(small) as site:
        browser = site.login()
        assert "Nothing goes to this lead" not in browser.get("/leads/1").text
        assert "A pause until 2026-11-07" in browser.get("/leads/2").text


def _feedback(touch_id: int, at: datetime) -> Arrival:
    return Arrival(
        source="mail",
        source_id="<f@x>",
        kind="complaint_feedback",
        because="feedback: abuse",
        sender="",
        subject="",
        body="",
        at=at,
        received_at=at,
        touch_id=touch_id,
    )


def test_mails_to_colleagues_do_not_stand_for_how_mail_arrives_at_leads(small: Campaign) -> None:
    _tell_a_colleague(small)
    small.tick()
    with small.store.read() as unit:
        domains = Dashboard(unit.connection).deliverability(since=small.clock.now() - timedelta(days=30))
    assert [(one.domain, one.sent) for one in domains] == [("shop.test", 6)]


def _tell_a_colleague(campaign: Campaign) -> None:
    notice = Notice(
        key="told/1", purpose="escalation", recipient="ops@house.test", subject="Late", body="A promise is late."
    )
    with campaign.store.write() as unit:
        unit.notices.add(notice, at=campaign.clock.now())


def test_a_message_to_a_colleague_in_doubt_shows_its_address(small: Campaign) -> None:
    _tell_a_colleague(small)
    with small.store.write() as unit:
        (touch,) = unit.touches.in_states([TouchState.PLANNED, TouchState.READY], kind="notice")
        unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.QUARANTINED)])
    with live(small) as site:
        page = site.login().get("/trouble").text
    assert "ops@house.test" in page
    assert "nobody" not in page


def test_a_solved_complaint_says_how_long_it_took_and_until_when_nothing_is_sold(small: Campaign) -> None:
    with small.store.write() as unit:
        small.office.library.refresh(unit)
        lead = unit.leads.by_ids([1])[1]
        opened = open_complaint(unit, small.office, lead, "The cup was cold.", actor="aino")
    small.pass_days(2)
    with small.store.write() as unit:
        solve_complaint(unit, small.office, opened.id, note_text="New cups.", actor="aino")
    small.pass_days(1)
    with live(small) as site:
        page = site.login().get("/care").text
    assert "solved after 2 days, 1 day ago" in page
    assert "nothing is sold until" in page
    assert "open for" not in page


def test_the_load_of_today_counts_what_left_and_what_waits(small: Campaign) -> None:
    small.publish(POLICY, news=TWO | {"three": "A bakery in Turku halved its complaints in a month."})
    small.tick()
    small.enroll(small.lead("new"))
    small.tick()
    now = small.clock.now()
    with small.store.read() as unit:
        (load,) = Dashboard(unit.connection).load(start=now - timedelta(hours=12), end=now + timedelta(hours=12))
        assert load.channel == "email"
        assert load.left >= 1
        everything = Dashboard(unit.connection).load(start=now, end=now + timedelta(days=30))
    assert everything[0].waiting >= 1


def test_an_empty_database_has_a_calm_dashboard(sqlite_url: str, tmp_path: Path) -> None:
    campaign = Campaign(sqlite_url, tmp_path)
    with live(campaign) as site:
        page = site.login().get("/").text
    campaign.close()
    for calm in (
        "Nothing is due today.",
        "No touch was handed over yet.",
        "No complaint is open.",
        "No mail was sent yet.",
    ):
        assert calm in page


@pytest.fixture
def scene(sqlite_url: str, tmp_path: Path) -> Iterator[Live]:
    """A month of work."""
    campaign = Campaign(sqlite_url, tmp_path)
    play(campaign, leads=24)
    with live(campaign) as found:
        yield found
    campaign.close()


def test_names_subjects_and_replies_are_texts_wherever_they_stand(scene: Live) -> None:
    manager = scene.login()
    with scene.campaign.store.read() as unit:
        lead_ids = unit.leads.ids()
    seen = 0
    for path in ("/", "/care", "/trouble", "/mail", "/leads?q=script", *(f"/leads/{one}" for one in lead_ids)):
        answer = manager.get(path)
        assert answer.status_code == 200, path
        assert "<script" not in answer.text
        assert " style=" not in answer.text
        seen += STRANGER.split()[0].replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;") in answer.text
    assert seen >= 4


def test_one_leads_page_tells_the_story_and_the_rule_behind_it(scene: Live) -> None:
    page = scene.login().get("/leads/8").text
    for text in (
        "p0.yaml:",
        "They want to know about two tills",
        "Re: About small-plan",
        "Promised: Answer about two tills",
    ):
        assert text in page


def test_figures_are_kept_for_some_seconds(scene: Live) -> None:
    manager = scene.login()
    before = manager.get("/").text
    with scene.campaign.store.write() as unit:
        unit.switches.set("paused", "by hand", at=scene.campaign.clock.now())
    assert "Nothing leaves." not in manager.get("/").text
    scene.campaign.clock.advance(timedelta(seconds=11))
    assert "Nothing leaves." in manager.get("/").text
    assert "Nothing leaves." not in before
