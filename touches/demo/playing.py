"""One demo from an empty folder to its numbers."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policies.news import NewsPool
from touches.clock import VirtualClock
from touches.demo.campaign import Campaign
from touches.demo.chance import Chance
from touches.demo.crowd import Crowd
from touches.demo.diary import Diary
from touches.demo.doing import Doing
from touches.demo.in_turn import AtOnce, OneByOne
from touches.demo.inbox import Inbox
from touches.demo.post_office import PostOffice
from touches.demo.proof import Check, check_promises
from touches.demo.sellers import Sellers
from touches.demo.sms_gateway import SmsGateway
from touches.demo.workplace import LISTS, Ports, Stage, build, clear, first_day
from touches.engine.office import Office
from touches.errors import FindingsError

if TYPE_CHECKING:
    from touches.store.units import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be played, where. The same seed and first day give the same campaign."""

    folder: Path
    now: datetime
    days: int = 45
    seed: int = 1
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What was played. `try_lead` is one to whom much happened."""

    stage: Stage
    days: int
    leads: int
    diary: Diary
    checks: list[Check]
    notes: list[str]
    try_lead: str


def play(order: Order, advance: Callable[[int], None]) -> Played:
    """Play the whole campaign; `advance` is told of each day. Raises WorkspaceError, FileError."""
    clear(order.folder, force=order.force)
    return asyncio.run(_play(order, advance))


@dataclass(frozen=True, slots=True, kw_only=True)
class _World:
    """What is outside of the office, and the clock that all go by."""

    chance: Chance
    clock: VirtualClock
    crowd: Crowd
    post_office: PostOffice
    gateway: SmsGateway


async def _play(order: Order, advance: Callable[[int], None]) -> Played:
    from touches.store.units import Store

    asyncio.get_running_loop().set_default_executor(AtOnce())
    chance, clock = Chance(order.seed), VirtualClock(first_day(order.days, order.now))
    crowd, received = Crowd(chance), order.folder / "received"
    post_office = PostOffice(received / "mail", clock, crowd.has_mailbox)
    async with post_office, SmsGateway(received / "sms", clock) as gateway:
        world = _World(chance=chance, clock=clock, crowd=crowd, post_office=post_office, gateway=gateway)
        ports = Ports(mail=post_office.port, sms=gateway.port)
        stage = build(order.folder, ports, starts_at=clock.now(), seed=order.seed)
        store = Store(stage.workspace.settings.database_url)
        try:
            campaign, pool = _open(stage, store, world)
            with closing(campaign.doing.inbox):
                await _with_channels(campaign, stage, order.days, advance)
            return _told(order, stage, campaign, pool)
        finally:
            store.close()


def _open(stage: Stage, store: "Store", world: _World) -> tuple[Campaign, NewsPool]:
    from touches.wiring import chores_of, open_office

    diary = Diary()
    office = _in_turn(open_office(stage.workspace, store, clock=world.clock))
    doing = Doing(office=office, stage=stage, chance=world.chance, diary=diary, inbox=Inbox(office))
    pool = publish_all(stage, office)
    doing.import_leads(LISTS[0])
    world.crowd.settle(doing.segments, doing.import_history(), stage.starts_at)
    campaign = Campaign(
        office=office,
        clock=world.clock,
        chores=chores_of(stage.workspace),
        post_office=world.post_office,
        gateway=world.gateway,
        crowd=world.crowd,
        sellers=Sellers(office=office, crowd=world.crowd, chance=world.chance, diary=diary),
        doing=doing,
    )
    return campaign, pool


def _in_turn(office: Office) -> Office:
    """An office that marks each touch by itself, and whose pace is no matter of the machine."""
    return replace(office, desk=replace(office.desk, journal_at=""), steady=office.clock.monotonic)


def publish_all(stage: Stage, office: Office) -> NewsPool:
    """Check and publish the workspace's files as `touches publish` does; FindingsError where something is wrong."""
    from touches.publishing import context_of, publish, read_drafts
    from touches.wiring import channels_set_up

    workspace, now = stage.workspace, office.clock.now()
    settings = workspace.settings
    with office.store.write() as unit:
        context = context_of(unit, kinds=settings.news.kinds, channels=channels_set_up(settings), now=now)
        drafts = read_drafts(workspace.policies, workspace.news, context)
        if drafts.errors:
            raise FindingsError("The shipped files are wrong.", [str(finding) for finding in drafts.findings])
        publish(unit, drafts, author="demo", at=now)
    return drafts.pool


async def _with_channels(campaign: Campaign, stage: Stage, days: int, advance: Callable[[int], None]) -> None:
    from touches.wiring import open_channels

    channels = open_channels(stage.workspace.settings)
    try:
        await campaign.play({name: OneByOne(channel) for name, channel in channels.items()}, days, advance)
    finally:
        for channel in channels.values():
            await channel.close()


def _told(order: Order, stage: Stage, campaign: Campaign, pool: NewsPool) -> Played:
    campaign.doing.note_sent()
    return Played(
        stage=stage,
        days=order.days,
        leads=len(campaign.doing.people),
        diary=campaign.doing.diary,
        checks=check_promises(campaign.office, pool, stage),
        notes=campaign.notes,
        try_lead=campaign.doing.busiest(),
    )
