"""Preferences, complaints and reading in the browser, as the person at the other end has them."""

from datetime import timedelta

import pytest

from tests.integration.web.live import Live
from touches.model.states import TouchState
from touches.tokens import Purpose

XSS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'onmouseover='alert(1)", "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "{{7*7}}", "{% raw %}", "\u202eevil",
    "<base href=//e>", "<form action=//e>", "<meta http-equiv=refresh content=0>", "+ADw-script+AD4-",
]  # fmt: skip


def choices(site: Live) -> str:
    return f"/p/{site.token(Purpose.PREFERENCES, 1)}"


def complaint(site: Live) -> str:
    return f"/c/{site.token(Purpose.COMPLAINT, site.campaign.touches(1)[0].id)}"


def closed(site: Live) -> dict[str, set[str]]:
    with site.campaign.store.read() as unit:
        lead = unit.leads.get(1)
        assert lead is not None
        return {point.kind.value: set(point.opted_out) for point in lead.points if point.opted_out}


def save(site: Live, *channels: str, **fields: str) -> str:
    answer = site.client.post(choices(site), data={"save": "yes", "channel": list(channels), **fields})
    assert answer.status_code == 200
    return answer.text


def test_looking_changes_nothing(site: Live) -> None:
    page = site.client.get(choices(site))
    assert page.status_code == 200
    assert page.text.count(" checked") == 3
    site.client.post(choices(site))
    assert closed(site) == {}


def test_channels_are_closed_and_opened_one_by_one(site: Live) -> None:
    assert "Saved." in save(site, "sms")
    assert closed(site) == {"email": {"email"}, "phone": {"call"}}
    save(site, "email", "call")
    assert closed(site) == {"phone": {"sms"}}
    save(site, "email", "sms", "call")
    assert closed(site) == {}


def test_none_left_ends_everything_and_one_opens_only_itself(site: Live) -> None:
    save(site)
    assert closed(site) == {"email": {"all"}, "phone": {"all"}}
    save(site, "sms")
    assert closed(site)["email"] == {"all"}
    assert "call" in closed(site)["phone"]
    assert "sms" not in closed(site)["phone"]


def test_a_channel_that_is_not_offered_cannot_be_chosen(site: Live) -> None:
    save(site, "email", "sms", "call", "fax", "all", "meeting", "__class__")
    assert closed(site) == {}


def test_a_break_lasts_a_month_and_can_be_ended(site: Live) -> None:
    every = ("email", "sms", "call")
    page = save(site, *every, pause="month")
    assert "You get nothing until 2026-12-02." in page
    site.campaign.clock.advance(timedelta(days=3))
    save(site, *every, pause="month")  # saved again: no longer than before
    assert "2026-12-02" in site.client.get(choices(site)).text
    site.campaign.pass_days(4)
    second = site.campaign.touches(1)[1]
    assert second.state is TouchState.PLANNED
    assert second.reason == "the lead asked for a pause"
    assert "You get nothing" not in save(site, *every)


def test_a_language_is_chosen_among_those_we_speak(site: Live) -> None:
    every = ("email", "sms", "call")
    assert "Tallennettu." in save(site, *every, language="fi")
    save(site, *every, language="<script>")
    with site.campaign.store.read() as unit:
        lead = unit.leads.get(1)
        assert lead is not None
        assert lead.language == "fi"
        assert "language_chosen" in [event.action for event in unit.events.of_lead(1)]


def test_addresses_are_masked(site: Live) -> None:
    page = site.client.get(choices(site)).text
    assert "customer.test" not in page
    assert "401234567" not in page


def test_a_merged_leads_link_leads_to_the_survivor(site: Live) -> None:
    other = site.campaign.lead("other", email="other@shop.test")
    with site.campaign.store.write() as unit:
        unit.leads.update(1, merged_into=other, dead="merged")
    assert "o…@s…p.test" in site.client.get(choices(site)).text


def test_somebody_erased_has_no_preferences(site: Live) -> None:
    with site.campaign.store.write() as unit:
        unit.leads.update(1, dead="erased")
    assert site.client.get(choices(site)).status_code == 404


def test_a_complaint_stops_everything_and_is_opened_once(site: Live) -> None:
    assert site.client.get(complaint(site)).status_code == 200
    for _ in range(2):
        answer = site.client.post(complaint(site), data={"text": "The till stood still.\r\nAll day."})
        assert "A person has your words now." in answer.text
    with site.campaign.store.read() as unit:
        (opened,) = unit.complaints.unsettled()
    assert opened.text == "The till stood still.\nAll day."
    assert opened.lead_id == 1
    assert [touch.state for touch in site.campaign.touches(1)] == [TouchState.SENT, TouchState.HELD]


def test_many_complaints_of_one_lead_become_notes(site: Live) -> None:
    for number in range(6):
        site.client.post(complaint(site), data={"text": f"Complaint number {number}"})
    with site.campaign.store.read() as unit:
        assert len(unit.complaints.unsettled()) == 3
        assert [event.action for event in unit.events.of_lead(1)].count("complaint_added") == 3


@pytest.mark.parametrize("text", ["", "  ", "\x00\x00", "ab"])
def test_a_complaint_needs_words(site: Live, text: str) -> None:
    answer = site.client.post(complaint(site), data={"text": text})
    assert answer.status_code == 400
    with site.campaign.store.read() as unit:
        assert unit.complaints.unsettled() == []


@pytest.mark.parametrize("text", XSS)
def test_hostile_words_are_shown_as_words(site: Live, text: str) -> None:
    site.client.post(complaint(site), data={"text": f"{text} please"})
    manager = site.login()
    for path in ("/care", "/leads/1"):
        page = manager.get(path).text
        for start in ("<script>alert", "<img src=x", "<svg/onload", "<base", "<meta http-equiv", "<form action=//e"):
            assert start not in page
    with site.campaign.store.read() as unit:
        (opened,) = unit.complaints.unsettled()
    assert opened.text.endswith("please")


def test_a_touch_is_read_in_the_browser_as_it_was(site: Live) -> None:
    touch = site.campaign.touches(1)[0]
    answer = site.client.get(f"/b/{site.token(Purpose.BROWSER, touch.id)}")
    assert answer.status_code == 200
    assert "Reply." in answer.text
    assert f"/u/{site.token(Purpose.UNSUBSCRIBE, touch.id)}" in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_touch_that_did_not_leave_cannot_be_read(site: Live) -> None:
    planned = site.campaign.touches(1)[1]
    assert planned.handed_over_at is None
    assert site.client.get(f"/b/{site.token(Purpose.BROWSER, planned.id)}").status_code == 404


def test_news_that_was_withdrawn_can_still_be_read(site: Live) -> None:
    touch = site.campaign.touches(1)[0]
    with site.campaign.store.write() as unit:
        unit.catalog.withdraw_news([touch.news], at=site.campaign.clock.now())
    assert site.client.get(f"/b/{site.token(Purpose.BROWSER, touch.id)}").status_code == 200
