"""The race "opt-out against hand-over": whatever the order, an opt-out that was stored before the marker prevents the
message, and one that came after it is told to be too late."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from channels.inbound.mail import classify_mail
from channels.protocol import Accepted, Marker, Prepared, Result, Withdrawn
from channels.recording import RecordingChannel
from tests.answers import Answers
from tests.campaign import Campaign
from touches.engine.committing import Committer
from touches.engine.dispatching import drain
from touches.inbound.mail import take_mail
from touches.inbound.reading import marks_of_office
from touches.model.cadence import Touch
from touches.model.states import TouchState

TOGETHER = 20  # leads in one round: their markers share transactions
ONE_TOUCH = "policy: follow\ntouches:\n  - {id: only, day: 0, channel: email, news: any, ask: Reply.}\n"


@dataclass
class Race:
    """One lead's race. The sequence numbers are of this process: what ended before the other began came first."""

    touch: Touch
    opts_out_at: int  # on how many turns of the loop the opt-out waits
    offers_at: int  # on how many turns the channel waits before the marker
    answers_at: int  # on how many turns the other side waits before it accepts
    opt_out_began: int = 0
    opt_out_ended: int = 0
    mark_began: int = 0
    mark_ended: int = 0
    marked: bool = False


class RacingChannel(RecordingChannel):
    """Waits where it is told to, before the marker and after it."""

    def __init__(self, races: dict[str, Race], counter: Iterator[int]) -> None:
        super().__init__("email")
        self._races = races
        self._counter = counter

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        race = self._races[prepared.key]
        await _turns(race.offers_at)
        race.mark_began = next(self._counter)
        race.marked = await marker()
        race.mark_ended = next(self._counter)
        if not race.marked:
            return Withdrawn()
        await _turns(race.answers_at)
        return self._kept(prepared, Accepted(reference=f"recorded-{prepared.key}"))


async def _turns(count: int) -> None:
    """Let everything else run: threads of the database too, since each turn waits for one."""
    for _ in range(count):
        await asyncio.to_thread(int)


def _race_of(touch: Touch, chance: random.Random) -> Race:
    """Half of the opt-outs come near the marker, the others anywhere."""
    offers_at = chance.randrange(0, 12)
    near = max(0, offers_at + chance.randrange(-3, 6))
    opts_out_at = near if chance.random() < 0.5 else chance.randrange(0, 40)
    return Race(touch=touch, opts_out_at=opts_out_at, offers_at=offers_at, answers_at=chance.randrange(0, 6))


async def _run(campaign: Campaign, races: dict[str, Race], raws: dict[int, bytes]) -> RacingChannel:
    counter = iter(range(1, 1_000_000))
    channel = RacingChannel(races, counter)
    committer = Committer(campaign.office)
    committer.start()

    async def opt_out(race: Race) -> None:
        await _turns(race.opts_out_at)
        race.opt_out_began = next(counter)
        await asyncio.to_thread(_opt_out, campaign, raws[race.touch.id])
        race.opt_out_ended = next(counter)

    try:
        async with asyncio.TaskGroup() as group:
            last = max(race.touch.id for race in races.values())
            group.create_task(drain(campaign.office, channel, committer, up_to_id=last, stopping=lambda: False))
            for race in races.values():
                group.create_task(opt_out(race))
    finally:
        await committer.stop()
    return channel


def _opt_out(campaign: Campaign, raw: bytes) -> None:
    mail = classify_mail(raw, now=campaign.clock.now(), ours=marks_of_office(campaign.office))
    assert take_mail(campaign.office, mail).kind == "unsubscribe"


def _judge(campaign: Campaign, race: Race, taken: set[str], key: str) -> str:
    """What the order allows, and what may never be."""
    with campaign.store.read() as unit:
        touch = unit.touches.by_ids([race.touch.id])[race.touch.id]
        told = unit.ledger.told([touch.lead_id or 0])[touch.lead_id or 0]
        late = [event for event in unit.events.of_touches([touch.id]) if event.action == "too_late"]
        lead = unit.leads.by_ids([touch.lead_id or 0])[touch.lead_id or 0]
    left = key in taken
    assert "email" in lead.points[0].opted_out
    assert left == race.marked
    assert touch.state is (TouchState.SENT if left else TouchState.CANCELLED), touch.reason
    assert bool(told) == left, "news is told exactly when the message left"
    if 0 < race.opt_out_ended < race.mark_began or race.mark_began == 0:
        assert not left, "the opt-out was stored before the marker was asked for"
        return "prevented"
    if 0 < race.mark_ended < race.opt_out_began:
        return "too late" if late else "after the answer"
    return "at once, left" if left else "at once, prevented"


def _play(campaign: Campaign, seed: int, *, shared: bool) -> list[str]:
    """One round: so many races at once; how each of them ended. `shared`: two leads read one mailbox, and the opt-out
    comes as an answer to the other one's touch, so that nothing but the address forbids this one."""
    chance = random.Random(seed)
    mailboxes = [f"box-{seed}-{number // 2 if shared else number}@customer.test" for number in range(TOGETHER)]
    leads = [campaign.lead(f"lead-{seed}-{number}", email=mailbox) for number, mailbox in enumerate(mailboxes)]
    campaign.enroll(*leads)
    answers = Answers(campaign.office)
    touches = [campaign.touches(lead)[0] for lead in leads]
    races = {answers.token(touch): _race_of(touch, chance) for touch in touches}
    said_by = [touches[number ^ 1] if shared else touch for number, touch in enumerate(touches)]
    raws = {
        touch.id: answers.click(other, From=f"<{other.address}>", Message_ID=f"<{seed}-{touch.id}@customer.test>")
        for touch, other in zip(touches, said_by, strict=True)
    }
    channel = asyncio.run(_run(campaign, races, raws))
    taken = {prepared.key for prepared in channel.taken}
    campaign.clock.advance(timedelta(minutes=2))
    campaign.tick()  # what was given back at the marker is decided again
    return [_judge(campaign, race, taken, key) for key, race in races.items()]


def _play_all(url: str, folder: Path, interleavings: int, *, shared: bool = False) -> set[str]:
    campaign = Campaign(url, folder)
    second_try = campaign.record("email")
    campaign.publish(ONE_TOUCH)
    try:
        ends = [end for seed in range(interleavings // TOGETHER) for end in _play(campaign, seed, shared=shared)]
    finally:
        campaign.close()
    assert len(ends) == interleavings
    assert second_try.taken == [], "nothing leaves in the pass after an opt-out"
    return set(ends)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_opt_out_before_the_marker_prevents_the_message_in_a_thousand_interleavings(
    sqlite_url: str, tmp_path: Path
) -> None:
    ends = _play_all(sqlite_url, tmp_path, 1000)

    assert ends >= {"prevented", "too late"}, "a race that always ends the same way shows nothing"


@pytest.mark.slow
def test_the_same_holds_on_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    ends = _play_all(postgresql_url, tmp_path, 100)

    assert "prevented" in ends


@pytest.mark.slow
def test_who_shares_the_mailbox_is_not_written_to_either(sqlite_url: str, tmp_path: Path) -> None:
    ends = _play_all(sqlite_url, tmp_path, 200, shared=True)

    assert "prevented" in ends
