"""Touches in doubt are settled by what the other side knows: files and servers, never a guess."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from channels.letter.channel import LetterChannel
from channels.protocol import Channel, Unknown
from channels.settings import LetterSettings, Secret, SmsSettings
from channels.sms.twilio import TwilioChannel
from channels.smtp import SmtpChannel
from channels.smtp.settings import SmtpSettings
from tests.campaign import Campaign
from tests.servers.gateways import PASSWORD, TwilioGateway, unused_port
from touches.engine.outbox import outbox_rows
from touches.engine.proving import prove_doubts
from touches.model.cadence import Touch
from touches.model.states import TouchState

ONE = (
    "policy: follow\nholidays: ignore\ntouches:\n  - {{id: only, day: 0, channel: {channel}, news: any, ask: Reply.}}\n"
)
LONG_AFTER = timedelta(minutes=20)


def doubted(campaign: Campaign, channel: str = "email", **lead: str) -> Touch:
    """A touch whose answer was lost, and twenty minutes."""
    campaign.record(channel, results=[Unknown(phase="dot", text="the connection was lost")])
    campaign.publish(ONE.format(channel=channel))
    ann = campaign.lead("ann", **lead)
    campaign.enroll(ann)
    campaign.tick()
    touch = campaign.touches(ann)[0]
    assert touch.state is TouchState.IN_DOUBT
    campaign.clock.advance(LONG_AFTER)
    return touch


def by_log(folder: Path) -> SmtpChannel:
    return SmtpChannel(SmtpSettings(port=unused_port(), security="none", log=str(folder / "mail.log")))


def log(campaign: Campaign, folder: Path, *events: tuple[timedelta, str]) -> None:
    """A log with these events, at times from the hand-over on."""
    start = campaign.clock.now() - LONG_AFTER
    lines = [f"{(start + after).isoformat()} mx postfix/{text}\n" for after, text in events]
    (folder / "mail.log").write_text("".join(lines), encoding="utf-8")


BEGINS = (timedelta(hours=-1), "anvil[1]: statistics")
ENDS = (timedelta(minutes=19), "anvil[1]: statistics")


def prove(campaign: Campaign, **channels: Channel) -> tuple[int, int]:
    async def ask() -> tuple[int, int]:
        try:
            return await prove_doubts(campaign.office, channels)
        finally:
            for channel in channels.values():
                await channel.close()

    return asyncio.run(ask())


def now_of(campaign: Campaign, touch: Touch) -> Touch:
    with campaign.store.read() as unit:
        return unit.touches.by_ids([touch.id])[touch.id]


def row_of(campaign: Campaign, touch: Touch) -> Mapping[str, Any]:
    with campaign.store.read() as unit:
        return next(row for row in outbox_rows(unit, now=campaign.clock.now()) if row["touch"] == touch.id)


def test_our_postfix_has_it_so_it_was_sent_and_its_news_is_told(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign)
    named = (timedelta(seconds=1), f"cleanup[2]: 4ZQ1: message-id=<{touch.message_id}>")
    active = (timedelta(seconds=2), "qmgr[3]: 4ZQ1: from=<a@cafe.test>, size=9, nrcpt=1 (queue active)")
    log(campaign, tmp_path, BEGINS, named, active)

    assert prove(campaign, email=by_log(tmp_path)) == (1, 0)

    now = now_of(campaign, touch)
    assert (now.state, now.reference) == (TouchState.SENT, "4ZQ1")
    with campaign.store.read() as unit:
        assert touch.news_class in unit.ledger.told([touch.lead_id or 0])[touch.lead_id or 0]


def test_our_postfix_surely_does_not_have_it_so_it_goes_out_again(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign)
    log(campaign, tmp_path, BEGINS, ENDS)

    assert prove(campaign, email=by_log(tmp_path)) == (0, 1)
    mail = campaign.record("email")
    campaign.tick()

    now = now_of(campaign, touch)
    assert (now.state, now.message_id) == (TouchState.SENT, touch.message_id)
    assert len(mail.taken) == 1


def test_silence_right_after_the_cut_proves_nothing(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign)
    log(campaign, tmp_path, BEGINS, ENDS)
    campaign.clock.set(campaign.clock.now() - LONG_AFTER + timedelta(minutes=10))

    assert prove(campaign, email=by_log(tmp_path)) == (0, 0)

    assert now_of(campaign, touch).state is TouchState.IN_DOUBT
    assert row_of(campaign, touch)["evidence"] == "not there yet"


def test_without_proof_the_doubt_is_shown_with_its_age_and_what_was_found(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign)

    assert prove(campaign, email=by_log(tmp_path)) == (0, 0)

    row = row_of(campaign, touch)
    assert row["state"] is TouchState.IN_DOUBT
    assert row["doubt_age"] == LONG_AFTER.total_seconds()
    assert "cannot be read: no such file" in row["evidence"]


def test_resend_waits_until_a_proof_was_looked_for_in_vain(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign)
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, in_doubt={"email": "resend"}))
    asked_for: datetime = campaign.clock.now()
    campaign.clock.set(asked_for - LONG_AFTER + timedelta(minutes=1))

    early = prove(campaign, email=by_log(tmp_path))
    campaign.clock.set(asked_for)
    late = prove(campaign, email=by_log(tmp_path))

    assert (early, late) == ((0, 0), (0, 1))
    assert now_of(campaign, touch).state is TouchState.READY


def test_a_letter_in_the_spool_was_sent(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign, "letter", postal="Ann Aalto\nKatu 1\n00100 Helsinki")
    key = touch.message_id.partition("@")[0]
    for stage in ("out", "taken", "done"):
        (tmp_path / "spool" / stage).mkdir(parents=True)
    (tmp_path / "spool" / "taken" / f"{key}.pdf").write_bytes(b"%PDF-1.7")

    letters = LetterChannel(LetterSettings(spool=tmp_path / "spool", home="FI"))

    assert prove(campaign, letter=letters) == (1, 0)
    assert now_of(campaign, touch).reference == f"taken/{key}.pdf"


def test_a_letter_that_never_came_into_the_spool_is_written_again(campaign: Campaign, tmp_path: Path) -> None:
    touch = doubted(campaign, "letter", postal="Ann Aalto\nKatu 1\n00100 Helsinki")
    (tmp_path / "spool" / "out").mkdir(parents=True)

    letters = LetterChannel(LetterSettings(spool=tmp_path / "spool", home="FI"))

    assert prove(campaign, letter=letters) == (0, 1)
    assert now_of(campaign, touch).state is TouchState.READY


def test_the_provider_does_not_list_an_sms_so_it_goes_out_again(campaign: Campaign) -> None:
    touch = doubted(campaign, "sms", phone="+358401234567")

    async def ask() -> tuple[int, int]:
        async with TwilioGateway() as server:
            settings = SmsSettings(
                provider="twilio", url=server.origin, account="AC1", password=Secret(PASSWORD), sender="+358409999999"
            )
            channel = TwilioChannel(settings)
            found = await prove_doubts(campaign.office, {"sms": channel})
            await channel.close()
            return found

    assert asyncio.run(ask()) == (0, 1)
    assert now_of(campaign, touch).state is TouchState.READY


def test_a_provider_that_does_not_answer_leaves_the_doubt(campaign: Campaign) -> None:
    touch = doubted(campaign, "sms", phone="+358401234567")
    nobody = SmsSettings(
        provider="twilio",
        url=f"http://127.0.0.1:{unused_port()}",
        account="AC1",
        password=Secret(PASSWORD),
        sender="+358409999999",
    )

    assert prove(campaign, sms=TwilioChannel(nobody)) == (0, 0)
    assert row_of(campaign, touch)["evidence"] == "no list of messages: no answer"
