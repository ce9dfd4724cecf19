"""The mailbox chore against a real Dovecot: each mail once, across restarts and renumbering; trouble is told once."""

import asyncio
import contextlib
import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.inbound.imap import ImapSettings
from tests.answers import Answers
from tests.campaign import Campaign
from tests.servers import dovecot
from touches.daemon.listening import Listener
from touches.engine.passing import tick
from touches.inbound.chores import chores
from touches.inbound.mailbox import read_mailbox, why_unread
from touches.model.states import EnrollmentState, TouchState
from touches.store.touches import Move

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(dovecot.missing()), reason=dovecot.missing() or "-"),
]


@pytest.fixture
def server() -> Iterator[dovecot.Dovecot]:
    """In a folder of its own under the system's, since Dovecot's users must be able to walk there."""
    with tempfile.TemporaryDirectory(prefix="dovecot") as root, dovecot.running_dovecot(Path(root)) as running:
        yield running


@pytest.fixture
def box(server: dovecot.Dovecot) -> ImapSettings:
    return ImapSettings(
        host="127.0.0.1", port=server.port, security="none", username=dovecot.USER, password=dovecot.PASSWORD
    )


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    desk = replace(made.office.desk, reads_mail=True, alerts=("ops@cafe.test",))
    made.office = replace(made.office, desk=desk)
    made.record("email")
    made.publish()
    yield made
    made.close()


def start(campaign: Campaign, *names: str) -> list[int]:
    leads = [campaign.lead(name) for name in names]
    campaign.enroll(*leads)
    campaign.tick()
    return leads


def state_of(campaign: Campaign, lead_id: int) -> EnrollmentState:
    with campaign.store.read() as unit:
        return unit.enrollments.of_leads([lead_id])[lead_id][-1].state


def alerts(campaign: Campaign) -> list[str]:
    with campaign.store.read() as unit:
        found = unit.touches.in_states(list(TouchState), kind="notice")
        texts = unit.notices.of_touches(touch.id for touch in found)
    return [one.subject for one in texts.values() if one.purpose == "alert"]


def test_mails_have_their_effect_once_whatever_happens_to_the_cursor(
    campaign: Campaign, server: dovecot.Dovecot, box: ImapSettings
) -> None:
    ann, bob, cem = start(campaign, "ann", "bob", "cem")
    answers = Answers(campaign.office)
    first = {lead: campaign.touches(lead)[0] for lead in (ann, bob, cem)}
    server.deliver(answers.reply(first[ann]), "1.a.b")
    server.deliver(answers.bounce(first[bob]), "2.a.b")

    assert read_mailbox(campaign.office, box) == 2
    assert read_mailbox(campaign.office, box) == 0
    server.deliver(answers.reply(first[cem], "STOP"), "3.a.b")
    assert read_mailbox(campaign.office, box) == 1
    server.renumber()
    assert read_mailbox(campaign.office, box) == 3, "all are looked at again, and known"

    assert state_of(campaign, ann) is EnrollmentState.PAUSED
    assert campaign.touches(bob)[0].state is TouchState.BOUNCED
    with campaign.store.read() as unit:
        assert unit.leads.by_ids([cem])[cem].points[0].opted_out == {"email"}
        assert len(unit.interactions.of_leads([ann])[ann]) == 1
        assert len(unit.conversations.of_leads([ann])) == 1


def test_a_pass_reads_the_mailbox_before_it_sends(
    campaign: Campaign, server: dovecot.Dovecot, box: ImapSettings
) -> None:
    """What came in while nothing ran is known before the first touch leaves."""
    (ann,) = start(campaign, "ann")
    server.deliver(Answers(campaign.office).reply(campaign.touches(ann)[0]), "1.a.b")
    campaign.clock.advance(timedelta(days=3))

    asyncio.run(tick(campaign.office, campaign.channels, chores=chores(lambda: box)))

    assert campaign.touches(ann)[1].state is TouchState.HELD


def test_a_bounce_that_overtakes_our_own_note_is_taken_at_the_next_look(
    campaign: Campaign, server: dovecot.Dovecot, box: ImapSettings
) -> None:
    ann, bob = start(campaign, "ann", "bob")
    answers = Answers(campaign.office)
    second = campaign.touches(ann)[1]
    _move(campaign, second.id, TouchState.PLANNED, TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING)
    server.deliver(answers.bounce(replace(second, address="ann@customer.test")), "1.a.b")
    server.deliver(answers.reply(campaign.touches(bob)[0]), "2.a.b")

    assert read_mailbox(campaign.office, box) == 0
    _move(campaign, second.id, TouchState.COMMITTING, TouchState.SENT)
    assert read_mailbox(campaign.office, box) == 2

    assert campaign.touches(ann)[1].state is TouchState.BOUNCED


def test_a_mailbox_full_of_old_mail_is_not_taken_for_answers(
    campaign: Campaign, server: dovecot.Dovecot, box: ImapSettings
) -> None:
    (ann,) = start(campaign, "ann")
    answers = Answers(campaign.office, date="Mon, 01 Jun 2026 11:00:00 +0300")
    server.deliver(answers.fresh(sender="ann@customer.test", text="An old question."), "1.a.b")

    read_mailbox(campaign.office, box)

    assert state_of(campaign, ann) is EnrollmentState.ACTIVE


def test_wrong_credentials_are_told_once_and_told_again_after_they_worked(
    campaign: Campaign, box: ImapSettings
) -> None:
    wrong = replace(box, password="wrong")
    for _ in range(3):
        assert read_mailbox(campaign.office, wrong) == 0
        campaign.clock.advance(timedelta(hours=2))
    assert alerts(campaign) == ["[Test] the mailbox refuses us"]

    read_mailbox(campaign.office, box)
    read_mailbox(campaign.office, wrong)

    assert alerts(campaign) == ["[Test] the mailbox refuses us"] * 2


def test_what_keeps_a_mailbox_unread_is_known_until_it_works(campaign: Campaign, box: ImapSettings) -> None:
    def why() -> str:
        with campaign.store.read() as unit:
            return why_unread(unit.switches, box.identity)

    assert why() == ""
    read_mailbox(campaign.office, replace(box, password="wrong"))
    assert "refuses" in why()
    assert why().endswith(f"(since {campaign.clock.now().isoformat()})")
    read_mailbox(campaign.office, box)
    assert why() == ""


def test_a_mailbox_out_of_reach_is_told_after_a_quarter_of_an_hour(campaign: Campaign, box: ImapSettings) -> None:
    nowhere = replace(box, port=1)
    read_mailbox(campaign.office, nowhere)
    assert alerts(campaign) == []

    campaign.clock.advance(timedelta(minutes=16))
    read_mailbox(campaign.office, nowhere)
    read_mailbox(campaign.office, nowhere)

    assert alerts(campaign) == ["[Test] the mailbox cannot be read"]


def _move(campaign: Campaign, touch_id: int, *states: TouchState) -> None:
    with campaign.store.write() as unit:
        for old, new in itertools.pairwise(states):
            held = new in (TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING)
            values = {"lease_owner": "somebody#1"} if held else {"handed_over_at": campaign.clock.now()}
            unit.touches.move([Move(touch_id=touch_id, old=old, new=new, values=values)])


def test_new_mail_wakes_the_daemon_before_its_schedule_does(
    campaign: Campaign, server: dovecot.Dovecot, box: ImapSettings
) -> None:
    """Delivered again and again, since nothing tells when a foreign server has begun to watch."""

    async def listen() -> None:
        came = asyncio.Event()

        async def bring_in() -> None:
            came.set()

        listener = Listener(lambda: box, bring_in)
        listener.start()
        try:
            async with asyncio.timeout(30):
                for number in itertools.count(1):
                    server.deliver(Answers(campaign.office).fresh(sender="x@y.test"), f"{number}.a.b")
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(came.wait(), timeout=0.5)
                        return
        finally:
            await listener.stop()

    asyncio.run(listen())


def test_the_daemon_goes_on_without_a_mailbox_and_stops_at_once(box: ImapSettings) -> None:
    async def listen() -> None:
        async def bring_in() -> None:
            raise AssertionError("nothing came")

        listener = Listener(lambda: replace(box, port=1), bring_in)
        listener.start()
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await listener.stop()

    asyncio.run(listen())
