"""A pass that is told to stop while mails are begun with the end of others."""

import asyncio
from dataclasses import replace
from pathlib import Path

from channels.smtp import SmtpChannel, SmtpSettings
from tests.campaign import Campaign
from tests.servers.smtpd import Smtpd
from touches.engine.committing import Committer
from touches.engine.dispatching import drain
from touches.engine.passing import newest_touch
from touches.model.states import TouchState

LEADS = 60
ENOUGH = 7
ONE_STEP = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "23:59"}}
touches: [{id: first, day: 0, channel: email, news: any, ask: Reply.}]
"""


async def _stopped(campaign: Campaign, folder: Path) -> list[str]:
    """Who got a mail, with two connections and a stop after some."""
    desk = replace(campaign.office.desk, journal_at=str(folder))
    office = replace(campaign.office, desk=desk)
    async with Smtpd() as server:
        channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=server.port, security="none", connections=2))
        committer = Committer(office)
        committer.start()
        await drain(
            office,
            channel,
            committer,
            up_to_id=newest_touch(office),
            stopping=lambda: len(server.mails) >= ENOUGH,
        )
        await committer.stop()
        await channel.close()
        return [received.recipients[0] for received in server.mails]


def test_a_stop_leaves_nothing_begun(campaign: Campaign, tmp_path: Path) -> None:
    campaign.record()  # so that there is a way by email
    campaign.publish(ONE_STEP)
    leads = {campaign.lead(f"l{number}"): f"l{number}" for number in range(LEADS)}
    campaign.enroll(*leads)

    got = asyncio.run(_stopped(campaign, tmp_path / "journal"))

    states = [campaign.touches(lead)[0].state for lead in leads]
    assert len(got) == len(set(got)) == states.count(TouchState.SENT)
    assert ENOUGH <= len(got) < LEADS
    waiting = states.count(TouchState.READY) + states.count(TouchState.PLANNED)
    assert waiting == LEADS - len(got)
