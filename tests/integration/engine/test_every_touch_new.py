"""Weeks of mail, read where it arrives: every mail says something, and nobody is sent two that say the same.

Nothing is taken from our tables: what counts is what the receiver of the mails could read.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from channels.receiver import Stage
from channels.smtp.channel import SmtpChannel
from channels.smtp.settings import SmtpSettings
from policies.likeness import LikePair, Text, pairs
from tests.campaign import Campaign
from tests.servers.smtpd import Act, Smtpd, running_smtpd
from touches.engine.passing import TickReport, tick
from touches.engine.stopping import stop
from touches.model.states import TouchState

POLICIES = (
    """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, after: 1 day, channel: email, news: any, ask: Reply.}
  - {id: third, after: 1 day, channel: email, news: {kind: price}, ask: Reply.}
then: {every: 2 days, channel: email, news: any, ask: Read.}
re_enroll: always
""",
    """
policy: other
touches:
  - {id: one, day: 1, channel: email, news: any, ask: Reply.}
  - {id: two, day: 4, channel: email, news: {kind: price}, ask: Reply.}
then: {every: 3 days, channel: email, news: any, ask: Read.}
""",
)
FRONT = "---\nkind: {kind}\nheadline: {headline}\n{more}---\n{body}\n"
NEWS = {
    name: FRONT.format(kind=kind, headline=f"About {name}", more=more, body=body)
    for name, kind, more, body in (
        ("hours", "education", "", "Support answers until ten in the evening from now on, {{ lead.first_name }}."),
        # The same news in other words and by way of a third item: whoever heard one heard all.
        ("evenings", "education", "same_as: [hours]\n", "From now on our support answers until ten in the evening."),
        ("late", "price", "same_as: [evenings]\n", "Until ten in the evening support answers from now on."),
        ("case", "education", "", "A bakery in Turku halved its complaints within a month."),
        ("case-two", "education", "needs: [case]\n", "How that bakery trains every newcomer in one morning."),
        ("price", "price", "", "The small plan costs nineteen euros a month."),
        ("discount", "price", "valid: ..2026-11-06\n", "Whoever decides this week gets the setup for nothing."),
        ("cafe", "education", "for: {segment: cafe}\n", "A new roast from Peru is ground while you wait."),
    )
}


class Posted(Campaign):
    """Hands mails to a real server; each pass ends its connections, since each runs in a loop of its own."""

    def tick(self) -> TickReport:
        return asyncio.run(self._pass())

    async def _pass(self) -> TickReport:
        try:
            return await tick(self.office, self.channels)
        finally:
            await self.channels["email"].close()


@pytest.fixture(scope="module")
def server() -> Iterator[Smtpd]:
    with running_smtpd() as made:
        yield made


@pytest.fixture
def campaign(database_url: str, tmp_path: Path, server: Smtpd) -> Iterator[Campaign]:
    made = Posted(database_url, tmp_path)
    made.use(email=SmtpChannel(SmtpSettings(host="127.0.0.1", port=server.port, security="none")))
    made.publish(*POLICIES, news=NEWS)
    yield made
    made.close()


def read_at_the_receiver(server: Smtpd) -> dict[str, list[str]]:
    """What each mailbox was sent: the text above the ask and the footer, in the order of arrival."""
    found = defaultdict(list)
    for mail in server.mails:
        message = BytesParser(policy=default).parsebytes(mail.content)
        body = message.get_body(preferencelist=("plain",))
        assert body is not None
        found[mail.recipients[0]].append(re.split(r"\n(?:Reply|Read)\.\n|\n-- \n", body.get_content())[0].strip())
    return found


def again(campaign: Campaign, lead_ids: list[int]) -> None:
    """End their enrollments and enroll them anew."""
    with campaign.store.write() as unit:
        running = [one for found in unit.enrollments.of_leads(lead_ids, running=True).values() for one in found]
        stop(unit, running, because="test", actor="test", at=campaign.clock.now())
    assert [entry.enrollment_id is not None for entry in campaign.enroll(*lead_ids)] == [True] * len(lead_ids)


def said_twice(texts: list[str]) -> list[LikePair]:
    """Two that seem to say the same."""
    return list(pairs(Text(id=str(number), language="en", body=text) for number, text in enumerate(texts)))


def test_weeks_of_mail_tell_nobody_the_same_twice_and_nobody_nothing(campaign: Campaign, server: Smtpd) -> None:
    server.mails.clear()
    leads = [campaign.lead(f"l{n}", segment="cafe" if n % 2 else "bakery") for n in range(6)]
    campaign.enroll(*leads)
    campaign.enroll(*leads[:3], policy="other")
    server.fail(Stage.DOT, Act.REPLY, "451 later", times=4)
    campaign.pass_days(9, every=timedelta(hours=6))
    # A refused mail's news is new again, leads enter anew, and news is published meanwhile.
    campaign.publish(*POLICIES, news={**NEWS, "peru": NEWS["case"].replace("A bakery in Turku", "A school in Lima")})
    again(campaign, leads[3:])
    campaign.pass_days(12, every=timedelta(hours=6))

    received = read_at_the_receiver(server)
    assert set(received) == {f"l{n}@customer.test" for n in range(6)}
    for mailbox, texts in received.items():
        assert said_twice(texts) == [], mailbox
        assert all(len(text) > 20 for text in texts), mailbox
    # Five pieces are for everybody (the reworded ones count once) and one is for cafés; one was for a week only.
    assert {len(texts) for texts in received.values()} <= {5, 6, 7}
    assert all(touch.state is TouchState.HELD for lead in leads for touch in campaign.touches(lead)[-1:])


def test_the_check_of_this_test_would_see_what_was_said_twice() -> None:
    assert said_twice([NEWS["hours"].split("---\n")[2], NEWS["late"].split("---\n")[2]])
