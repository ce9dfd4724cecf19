"""What stops claims and what is told to people: a full disk, another file, a copy, a silent channel, old doubt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.protocol import Failure, Refused, Unknown
from tests.campaign import Campaign
from touches.engine.alarms import watch
from touches.engine.metrics import metrics_text
from touches.engine.resting import end_rests, rest
from touches.model.states import TouchState
from touches.people.opt_out import opt_out
from touches.store.mark import keep_mark


def of_the_disk(campaign: Campaign) -> Sequence[str]:
    with campaign.store.read() as unit:
        notices = unit.notices.of_touches(one.id for one in unit.touches.in_states(TouchState) if one.kind == "notice")
    return [one.subject for one in notices.values() if "disk" in one.subject]


def alert(campaign: Campaign, **desk: object) -> None:
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, alerts=("ops@cafe.test",), **desk))


def test_below_the_floor_of_free_space_nothing_is_claimed_and_opt_outs_are_stored(
    campaign: Campaign, tmp_path: Path
) -> None:
    mail = campaign.record()
    campaign.publish()
    ann, bob = campaign.lead("ann"), campaign.lead("bob")
    campaign.enroll(ann, bob)
    alert(campaign, free_space=2**62, free_space_at=str(tmp_path))

    report = campaign.tick()
    with campaign.store.write() as unit:
        opt_out(unit, campaign.office.signer, ann, "email", "test", at=campaign.clock.now())

    assert (mail.taken, report.claimed) == ([], 0)
    assert any("[limits] free_space" in note for note in report.notes)
    assert watch(campaign.office) == ["the disk is nearly full"]
    assert campaign.touches(ann)[0].state is TouchState.CANCELLED


def test_an_alarm_goes_out_once_an_hour(campaign: Campaign, tmp_path: Path) -> None:
    alert(campaign, free_space=2**62, free_space_at=str(tmp_path))

    for _ in range(3):
        watch(campaign.office)
    once = len(of_the_disk(campaign))
    campaign.clock.advance(timedelta(hours=1))
    watch(campaign.office)

    assert (once, len(of_the_disk(campaign))) == (1, 2)


def test_due_touches_that_nobody_sends_are_told(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    alert(campaign)

    before = watch(campaign.office)
    campaign.clock.advance(timedelta(minutes=15))

    assert (before, watch(campaign.office)) == ([], ["email: touches are due and nothing leaves"])


def test_what_is_paused_by_a_person_is_no_alarm(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    alert(campaign)
    campaign.clock.advance(timedelta(hours=3))

    with campaign.store.write() as unit:
        unit.switches.set("paused", "by aino", at=campaign.clock.now())

    assert watch(campaign.office) == []


def test_a_transport_that_rests_is_told_until_it_goes_on(campaign: Campaign) -> None:
    alert(campaign)
    until = campaign.clock.now() + timedelta(minutes=15)
    with campaign.store.write() as unit:
        rest(unit, "email", until=until, because="they refuse us", at=campaign.clock.now())

    resting = watch(campaign.office)
    campaign.clock.advance(timedelta(minutes=15))

    assert resting == ["email rests"]
    assert "email rests" not in watch(campaign.office)


def test_a_transport_goes_on_at_once_when_a_person_says_that_its_cause_is_mended(campaign: Campaign) -> None:
    refused = Refused(failure=Failure.CONFIGURATION, permanent=True, code="535", text="wrong password")
    mail = campaign.record(results=[refused])
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    campaign.tick()
    campaign.enroll(campaign.lead("bob"))
    resting = campaign.tick()
    with campaign.store.write() as unit:
        ended = end_rests(unit, at=campaign.clock.now(), by="aino")
    going = campaign.tick()

    assert (resting.sent, going.sent) == (0, 1)
    assert ended == {"email": "our own side is refused: 535 wrong password"}
    assert [each.address for each in mail.offered] == ["ann@customer.test", "bob@customer.test"]


def test_a_doubt_of_a_day_is_told(campaign: Campaign) -> None:
    campaign.record(results=[Unknown(phase="answer", text="cut")])
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    campaign.tick()
    alert(campaign)

    campaign.clock.advance(timedelta(hours=23))
    before = watch(campaign.office)
    campaign.clock.advance(timedelta(hours=1))

    assert (before, watch(campaign.office)) == ([], ["touches in doubt wait for a decision"])


def test_a_database_that_went_back_in_time_is_in_hold_until_it_is_released(campaign: Campaign, tmp_path: Path) -> None:
    mail = campaign.record()
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    state = tmp_path / "state"
    with campaign.store.write() as unit:
        unit.switches.set("instance", "another", at=campaign.clock.now())
    keep_mark(campaign.store, state, now=campaign.clock.now())
    with campaign.store.write() as unit:
        unit.switches.set("instance", "this", at=campaign.clock.now())

    assert keep_mark(campaign.store, state, now=campaign.clock.now()) == "another database than before is in place"
    campaign.tick()
    held = len(mail.taken)
    with campaign.store.write() as unit:
        unit.switches.set("hold", "", at=campaign.clock.now())
    campaign.tick()

    assert (held, len(mail.taken)) == (0, 1)


def test_another_file_in_the_place_of_the_database_stops_every_claim(sqlite_url: str, tmp_path: Path) -> None:
    campaign = Campaign(sqlite_url, tmp_path)
    mail = campaign.record()
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    campaign.store.is_replaced()
    file = tmp_path / "touches.db"
    file.rename(tmp_path / "old.db")
    file.write_bytes((tmp_path / "old.db").read_bytes())

    report = campaign.tick()

    assert mail.taken == []
    assert report.notes == ["another file has taken the place of the database: stop, look, and start again"]
    campaign.close()


@pytest.mark.parametrize(
    "line",
    [
        'touches_due{channel="email"} 1.0',
        'touches_due_oldest_seconds{channel="email"} 60.0',
        'touches_open{state="in_doubt"} 1.0',
        'touches_handed_over_last_hour{channel="email"} 1.0',
        "touches_doubt_oldest_seconds 60.0",
        'touches_due{channel="sms"} 0.0',
        'touches_due_oldest_seconds{channel="sms"} 0.0',
        'touches_open{state="quarantined"} 0.0',
        "touches_stopped 0.0",
        'touches_daemon_beat_seconds{daemon="d"} 60.0',
    ],
)
def test_the_engine_is_shown_in_numbers_and_names_nobody(campaign: Campaign, line: str) -> None:
    campaign.record(results=[Unknown(phase="answer", text="cut")])
    campaign.publish()
    campaign.enroll(campaign.lead("ann"))
    campaign.tick()
    campaign.enroll(campaign.lead("bob"))
    with campaign.store.write() as unit:
        unit.switches.beat(name="d", host="h", pid=1, at=campaign.clock.now())
    campaign.clock.advance(timedelta(minutes=1))

    text = metrics_text(campaign.office)

    assert line in text.splitlines()
    assert "customer.test" not in text
