"""Calls as people enter them: what each outcome does to touch, ledger and cadence, and how it is taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.integration.care_campaign import CALLS, PHONE, CareCampaign, listed
from touches.engine.outbox import outbox_rows
from touches.errors import Refused, UnknownNews, UnknownTouch
from touches.model.states import EnrollmentState, TouchState
from touches.time.zones import zone


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(sqlite_url, tmp_path)
    yield made
    made.close()


def test_a_listed_call_shows_phone_script_news_ask_and_local_time(campaign: CareCampaign) -> None:
    lead = campaign.caller(timezone="Europe/London", country="GB", phone="+442071838750")
    campaign.at("2026-11-02T09:00:00")
    call = listed(campaign, lead)
    (row,) = campaign.today()
    assert row["touch"] == call.id
    assert row["kind"] == "call"
    assert row["phone"] == "+442071838750"
    assert row["owner"] == "aino"
    assert row["news"] == call.news
    assert row["ask"] == "Agree on a date."
    assert "Agree on a date." in row["script"]
    assert row["local_time"] == "2026-11-02 09:00"
    assert campaign.told(lead) == {call.news: "reserved"}


def test_a_call_that_reached_the_lead_tells_its_news_and_plans_the_next_touch_from_now(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.clock.advance(timedelta(hours=2))
    done = campaign.done(call, "reached", said="Too dear", agreed="An offer", minutes=17, concern="price")
    first, second = campaign.touches(lead)
    assert first.state is TouchState.SENT
    assert first.handed_over_at == campaign.clock.now()
    assert campaign.told(lead) == {call.news: "told"}
    assert (second.step, second.due_at) == ("mail", campaign.clock.now() + timedelta(days=2))
    assert done.next_touch == second.id
    assert campaign.person(lead).concerns == ("price",)
    assert ("done", "aino") in campaign.actions(lead)


def test_the_outbox_names_no_news_for_a_call_that_is_to_be_tried_again(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)

    def shown() -> str:
        with campaign.store.read() as unit:
            return next(str(row["news"]) for row in outbox_rows(unit, now=campaign.clock.now()))

    assert shown() == call.news
    campaign.done(call, "no-answer")
    assert shown() == ""


@pytest.mark.parametrize("outcome", ["voicemail", "no-answer"])
def test_nobody_reached_gives_the_news_back_and_tries_tomorrow_at_another_time(
    campaign: CareCampaign, outcome: str
) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, outcome)
    (touch,) = campaign.touches(lead)
    assert touch.state is TouchState.READY
    assert campaign.told(lead) == {}
    assert touch.due_at is not None
    local = touch.due_at.astimezone(zone("Europe/Helsinki"))
    assert (local.date().isoformat(), local.hour >= 15) == ("2026-11-03", True)


def test_busy_is_tried_again_in_half_an_hour_and_still_stands_on_the_list(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    done = campaign.done(call, "busy")
    assert done.next_at == campaign.clock.now() + timedelta(minutes=30)
    (row,) = campaign.today()
    assert row["touch"] == call.id
    campaign.clock.advance(timedelta(minutes=31))
    campaign.done(call, "reached")
    assert campaign.touches(lead)[0].state is TouchState.SENT
    assert campaign.told(lead) == {call.news: "told"}


def test_three_tries_in_a_row_fail_the_call_and_the_next_touch_follows(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    for _ in range(3):
        campaign.done(call, "no-answer")
        campaign.pass_days(2)
    first, second = campaign.touches(lead)[:2]
    assert (first.state, first.reason) == (TouchState.FAILED, "nobody reached in 3 tries")
    assert second.step == "mail"


def test_a_second_try_is_not_late_and_moves_nothing_else(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    done = campaign.done(call, "voicemail")
    assert done.next_at is not None
    campaign.clock.set(done.next_at - timedelta(hours=1))
    campaign.tick()
    (touch,) = campaign.touches(lead)
    assert (touch.state, touch.due_at) == (TouchState.OFFERING, done.next_at)


def test_a_wrong_number_breaks_the_address_and_the_cadence_goes_on(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "wrong-number")
    first, second = campaign.touches(lead)
    assert first.state is TouchState.FAILED
    assert second.channel == "email"
    assert {point.address: point.broken for point in campaign.person(lead).points}[PHONE] == "wrong number"
    assert campaign.told(lead) == {}


def test_a_call_back_is_kept_to_the_minute_whatever_the_days_load(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    agreed = datetime(2026, 11, 4, 12, 7, tzinfo=UTC)
    campaign.done(call, "call-back", call_back=agreed)
    (touch,) = campaign.touches(lead)
    assert (touch.state, touch.due_at) == (TouchState.READY, agreed)
    campaign.at("2026-11-04T05:00:00")
    campaign.tick()
    (touch,) = campaign.touches(lead)
    assert (touch.state, touch.due_at) == (TouchState.OFFERING, agreed)
    assert [row["kind"] for row in campaign.today()] == ["call"]


def test_a_call_back_that_nobody_made_is_a_broken_promise(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "call-back", call_back=datetime(2026, 11, 4, 12, 0, tzinfo=UTC))
    campaign.at("2026-11-04T12:30:00")
    campaign.tick()
    assert campaign.today()[0]["kind"] == "promise"
    assert f"`touches done {call.id} --outcome …`" in campaign.today()[0]["ask"]
    assert campaign.touches(lead)[0].state is TouchState.HELD


def test_a_call_back_that_was_made_too_late_is_entered_as_what_it_is_and_selling_goes_on(
    campaign: CareCampaign,
) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "call-back", call_back=datetime(2026, 11, 4, 12, 0, tzinfo=UTC))
    campaign.at("2026-11-04T12:30:00")
    campaign.tick()
    done = campaign.done(call, "reached", said="Late, but fine")
    first, second = (touch for touch in campaign.touches(lead) if touch.kind == "touch")
    assert (first.state, second.id, second.state) == (TouchState.SENT, done.next_touch, TouchState.PLANNED)
    assert campaign.told(lead)[first.news] == "told"
    assert campaign.today() == []
    campaign.undo(call)
    assert campaign.touches(lead)[0].state is TouchState.OFFERING
    campaign.tick()
    assert campaign.today()[0]["kind"] == "promise"


def test_a_call_back_outside_the_hours_is_refused_unless_the_lead_wished_it(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    evening = datetime(2026, 11, 4, 17, 30, tzinfo=UTC)  # 19:30 there
    with pytest.raises(Refused, match="outside the hours"):
        campaign.done(call, "call-back", call_back=evening)
    assert campaign.touches(lead)[0].state is TouchState.OFFERING
    campaign.done(call, "call-back", call_back=evening, wished=True)
    campaign.at("2026-11-04T16:00:00")
    campaign.tick()
    assert (campaign.touches(lead)[0].state, campaign.touches(lead)[0].due_at) == (TouchState.OFFERING, evening)


def test_a_call_back_that_was_made_is_a_promise_kept(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "call-back", call_back=datetime(2026, 11, 4, 12, 0, tzinfo=UTC))
    campaign.at("2026-11-04T12:05:00")
    campaign.done(call, "reached")
    with campaign.store.read() as unit:
        (promise,) = unit.promises.all()
    assert promise.state.value == "kept"


def test_not_interested_moves_to_the_nurture(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "not-interested")
    first, then = campaign.touches(lead)
    assert (first.state, then.step) == (TouchState.SENT, "then")
    assert campaign.person(lead).lost_at == campaign.clock.now()


def test_bought_ends_the_cadence_at_once(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "bought")
    assert len(campaign.touches(lead)) == 1
    with campaign.store.read() as unit:
        (enrollment,) = unit.enrollments.of_leads([lead])[lead]
    assert enrollment.state is EnrollmentState.STOPPED
    assert campaign.person(lead).bought_at == campaign.clock.now()
    campaign.tick()
    assert len(campaign.touches(lead)) == 1


def test_news_that_was_not_told_is_still_new_and_other_news_counts(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    other = next(name for name in ("hello", "hours", "case", "price") if name != call.news)
    campaign.done(call, "reached", news=(other,))
    assert campaign.told(lead) == {other: "told"}
    assert campaign.touches(lead)[0].news == other


def test_spoken_without_the_news_leaves_it_new(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    campaign.done(listed(campaign, lead), "reached", news=("none",))
    assert campaign.told(lead) == {}


def test_unknown_news_changes_nothing(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    with pytest.raises(UnknownNews, match="pricee"):
        campaign.done(call, "reached", news=("pricee",))
    assert campaign.touches(lead)[0].state is TouchState.OFFERING
    assert [row["last"] for row in campaign.today()] == [[]]


def test_telling_again_in_other_words_is_a_warning(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "reached", told="A bakery in Turku halved its complaints within a month.", news=("hello",))
    campaign.pass_days(3)
    last = campaign.touches(lead)[-1]
    done = campaign.done(last, "reached", told="Within a month a bakery in Turku halved its complaints")
    assert any("seems to say the same" in warning for warning in done.warnings)


def test_a_result_is_refused_where_there_is_no_call(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    with pytest.raises(UnknownTouch):
        campaign.done(9999, "reached")
    campaign.done(call, "reached")
    with pytest.raises(Refused, match="done already"):
        campaign.done(call, "reached")
    with pytest.raises(Refused, match="goes by email"):
        campaign.done(campaign.touches(lead)[-1], "reached")


def test_an_undone_result_is_on_the_list_again_and_what_follows_waits_for_it(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "reached", said="Yes")
    planned = campaign.touches(lead)[-1]
    campaign.clock.advance(timedelta(hours=1))
    campaign.undo(call)
    first, second = campaign.touches(lead)
    assert (first.state, first.due_at, first.handed_over_at) == (TouchState.OFFERING, call.due_at, None)
    assert second.state is TouchState.HELD
    assert campaign.told(lead) == {call.news: "reserved"}
    campaign.tick()
    assert campaign.touches(lead)[1].state is TouchState.HELD
    campaign.clock.advance(timedelta(hours=1))
    campaign.done(call, "reached", said="No")
    first, second = campaign.touches(lead)
    assert (first.state, second.state, second.id) == (TouchState.SENT, TouchState.PLANNED, planned.id)
    assert second.due_at == campaign.clock.now() + timedelta(days=2)
    with campaign.store.read() as unit:
        assert [one.said for one in unit.interactions.of_leads([lead])[lead]] == ["No"]
        assert [(one.takes_back, one.said) for one in unit.interactions.walk()] == [
            (None, "Yes"),
            (1, ""),
            (None, "No"),
        ]


def test_an_undone_result_takes_back_the_worry_that_came_with_it(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "reached", concern="price")
    assert campaign.person(lead).concerns == ("price",)
    campaign.undo(call)
    assert campaign.person(lead).concerns == ()


def test_an_undone_wrong_number_may_be_called_again(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "wrong-number")
    campaign.undo(call)
    assert campaign.touches(lead)[0].state is TouchState.OFFERING
    assert not any(point.broken for point in campaign.person(lead).points)
    assert campaign.told(lead) == {call.news: "reserved"}


def test_an_undone_voicemail_counts_no_more(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    for _ in range(2):
        campaign.done(call, "voicemail")
    campaign.undo(call)
    campaign.done(call, "voicemail")
    assert campaign.touches(lead)[0].reason == "voicemail, try 2 of 3"


def test_an_undone_loss_opens_the_deal_again(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "not-interested")
    campaign.undo(call)
    assert campaign.person(lead).lost_at is None
    campaign.done(call, "reached")
    running = [touch for touch in campaign.touches(lead) if touch.state is TouchState.PLANNED]
    assert [touch.step for touch in running] == ["mail"]


def test_a_policy_that_ended_with_an_undone_loss_goes_on_with_the_steps_that_are_left(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    campaign.publish(CALLS.partition("then:")[0])
    campaign.enroll(lead)
    campaign.tick()
    call = campaign.touches(lead)[-1]
    campaign.done(call, "not-interested")
    with campaign.store.read() as unit:
        assert unit.enrollments.of_leads([lead], running=True)[lead] == []
    campaign.undo(call)
    campaign.done(call, "reached")
    running = [touch for touch in campaign.touches(lead) if touch.state is TouchState.PLANNED]
    assert [touch.step for touch in running] == ["mail"]


def test_an_undone_purchase_lets_the_cadence_go_on_until_something_has_started_from_it(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "bought")
    campaign.undo(call)
    assert campaign.person(lead).bought_at is None
    campaign.done(call, "reached")
    running = [touch for touch in campaign.touches(lead) if touch.state is TouchState.PLANNED]
    assert [touch.step for touch in running] == ["mail"]


def test_a_purchase_that_was_seen_stays(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "bought")
    campaign.tick()
    with pytest.raises(Refused, match="has been seen"):
        campaign.undo(call)
    assert campaign.touches(lead)[0].state is TouchState.SENT


def test_a_result_cannot_be_undone_when_the_next_touch_has_left_or_a_day_is_over(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    call = listed(campaign, lead)
    campaign.done(call, "reached")
    mail = campaign.touches(lead)[-1]
    with campaign.changing() as unit:
        unit.connection.exec_driver_sql(f"UPDATE touch SET due_at = {call.due_at:%s}000000 WHERE id = {mail.id}")
    campaign.tick()
    assert campaign.touches(lead)[1].state is TouchState.SENT
    with pytest.raises(Refused, match="sent already"):
        campaign.undo(call)
    campaign.clock.advance(timedelta(days=1, minutes=1))
    with pytest.raises(Refused, match="more than a day ago"):
        campaign.undo(call)
    with pytest.raises(Refused, match="no result"):
        campaign.undo(mail)


def test_undoing_a_call_with_urgent_news_leaves_other_urgent_news_where_it_is(campaign: CareCampaign) -> None:
    """Neither belongs to an enrollment, and neither follows the other."""
    urgent = "---\nkind: event\nheadline: {name}\nurgent: true\n---\n{name}.\n"
    lead = campaign.caller(preferred_channel="call", bought_at=campaign.clock.now())
    campaign.publish(CALLS, news={name: urgent.format(name=name) for name in ("outage", "recall")})
    campaign.tick()
    campaign.tick()
    first, second = campaign.touches(lead)
    assert [(touch.step, touch.state) for touch in (first, second)] == [("urgent", TouchState.OFFERING)] * 2
    campaign.done(first, "reached", said="Yes")
    campaign.done(second, "reached", said="Yes")
    campaign.undo(first)
    assert [touch.state for touch in campaign.touches(lead)] == [TouchState.OFFERING, TouchState.SENT]
