"""The line is cut at each kind of byte: what was not finished leaves again, what may have arrived is in doubt, once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from channels.smtp import SmtpChannel, SmtpSettings
from tests.campaign import Campaign
from tests.chaos.rig import receiver
from tests.servers.proxy import Cut, cutting
from touches.engine.passing import tick
from touches.model.states import TouchState

pytestmark = pytest.mark.chaos

CERTAIN = {
    "the greeting": Cut(towards="client", mark=b"220 "),
    "in the greeting": Cut(towards="client", mark=b"220 ", passes=2),
    "our EHLO": Cut(towards="server", mark=b"EHLO"),
    "the answer to EHLO": Cut(towards="client", mark=b"250-PIPELINING"),
    "MAIL": Cut(towards="server", mark=b"MAIL FROM"),
    "in RCPT": Cut(towards="server", mark=b"RCPT TO", passes=4),
    "DATA": Cut(towards="server", mark=b"DATA\r\n"),
    "the go-ahead": Cut(towards="client", mark=b"354"),
}
DOUBTFUL = {
    "the dot": Cut(towards="server", mark=b"\r\n.\r\n"),
    "in the dot": Cut(towards="server", mark=b"\r\n.\r\n", passes=3),
    "behind the dot": Cut(towards="server", mark=b"\r\n.\r\n", passes=5),
    "the answer to the dot": Cut(towards="client", mark=b"250 2.0.0 Ok"),
    "in the answer to the dot": Cut(towards="client", mark=b"250 2.0.0 Ok", passes=6),
}


async def send(campaign: Campaign, port: int, cut: Cut) -> int:
    async with cutting(port, cut) as (proxy_port, proxy):
        settings = SmtpSettings(host="127.0.0.1", port=proxy_port, security="none", connections=3)
        channel = SmtpChannel(settings)
        campaign.use(email=channel)
        await tick(campaign.office, campaign.channels)
        await channel.close()
        return proxy.cuts


def cut_at(cut: Cut, url: str, folder: Path) -> tuple[Counter[TouchState], Counter[str]]:
    received = folder / "received"
    with receiver(received) as port:
        campaign = Campaign(url, folder)
        campaign.record()
        campaign.publish()
        leads = [campaign.lead(f"lead{number}") for number in range(12)]
        campaign.enroll(*leads)
        assert asyncio.run(send(campaign, port, cut)) == 1
        states = Counter(campaign.touches(lead)[0].state for lead in leads)
        campaign.close()
    return states, Counter(received.read_text().split())


@pytest.mark.parametrize("where", CERTAIN)
def test_a_line_cut_before_the_end_of_a_message_loses_nothing_and_leaves_no_doubt(
    where: str, sqlite_url: str, tmp_path: Path
) -> None:
    states, counted = cut_at(CERTAIN[where], sqlite_url, tmp_path)

    assert states[TouchState.IN_DOUBT] == 0
    assert states[TouchState.SENT] + states[TouchState.READY] == 12
    assert states[TouchState.SENT] == len(counted)
    assert max(counted.values()) == 1


@pytest.mark.parametrize("where", DOUBTFUL)
def test_a_line_cut_at_the_end_of_a_message_leaves_that_one_in_doubt(
    where: str, sqlite_url: str, tmp_path: Path
) -> None:
    states, counted = cut_at(DOUBTFUL[where], sqlite_url, tmp_path)

    assert states == {TouchState.IN_DOUBT: 1, TouchState.SENT: 11}
    assert max(counted.values()) == 1
    assert len(counted) in (11, 12)


def test_a_receiver_that_forgets_to_answer_is_never_sent_the_same_again(sqlite_url: str, tmp_path: Path) -> None:
    """A tenth of the messages is taken without an answer: those are in doubt, and a second pass leaves them alone."""
    received = tmp_path / "received"
    with receiver(received, "--forget", "0.1") as port:
        campaign = Campaign(sqlite_url, tmp_path)
        campaign.record()
        campaign.publish()
        leads = [campaign.lead(f"lead{number}") for number in range(60)]
        campaign.enroll(*leads)
        for _ in range(2):
            channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=port, security="none", connections=5))
            campaign.use(email=channel)
            asyncio.run(_tick_and_close(campaign, channel))
        states = Counter(campaign.touches(lead)[0].state for lead in leads)
        campaign.close()

    counted = Counter(received.read_text().split())
    assert max(counted.values()) == 1
    assert states[TouchState.IN_DOUBT] > 0
    assert states[TouchState.IN_DOUBT] + states[TouchState.SENT] == 60
    assert len(counted) == 60


async def _tick_and_close(campaign: Campaign, channel: SmtpChannel) -> None:
    await tick(campaign.office, campaign.channels)
    await channel.close()
