"""From settings to an office at work: the one place that knows everybody."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from channels.protocol import Channel, Sender
from policies.times import DateRange
from touches.clock import Clock, SystemClock
from touches.engine.library import Library
from touches.engine.office import Colleague, Desk, Office
from touches.engine.passing import Chores
from touches.errors import SettingsError
from touches.law.rules import Laws
from touches.planning.house import DoNotCall, House
from touches.settings.model import Settings
from touches.settings.ways_out import fax_settings, imap_settings, letter_settings, sms_settings, smtp_settings
from touches.tokens import Signer
from touches.workspace import Workspace

if TYPE_CHECKING:
    from channels.inbound.imap import ImapSettings
    from touches.store.units import Store


def open_store(settings: Settings) -> "Store":
    """The workspace's database, checked to fit this program."""
    from touches.store import schema
    from touches.store.session import explained
    from touches.store.units import Store

    store = Store(settings.database_url)
    try:
        with explained(settings.database_url):
            schema.require_current(store.engine)
    except BaseException:
        store.close()
        raise
    return store


def open_office(workspace: Workspace, store: "Store", *, clock: Clock | None = None) -> Office:
    """Everything that the engine works with."""
    settings = workspace.settings
    clock = clock or SystemClock()
    return Office(
        store=store,
        library=Library(settings.news.language),
        house=house_of(settings),
        signer=signer_of(workspace),
        clock=clock,
        desk=replace(desk_of(settings), journal_at=str(workspace.state / "journal")),
        sender=sender_of(settings),
        colleagues=colleagues_of(settings),
        owner_name=process_name(clock),
    )


def process_name(clock: Clock) -> str:
    """A name that no other process ever has: host, process id, start."""
    return f"{socket.gethostname()}:{os.getpid()}:{clock.now():%Y%m%dT%H%M%S%f}"


def signer_of(workspace: Workspace) -> Signer:
    """The workspace's key; SettingsError when its file is missing or too short."""
    try:
        text = workspace.secret_key.read_text(encoding="ascii").strip()
        keys = [bytes.fromhex(line) for line in text.split() if len(line) >= 32]
    except OSError as error:
        raise _no_key(workspace, f"cannot be read: {(error.strerror or '').lower()}") from None
    except ValueError:
        raise _no_key(workspace, "holds something else than a key: expected 64 hexadecimal digits") from None
    if not keys:
        raise _no_key(workspace, "holds no key: expected 64 hexadecimal digits")
    return Signer(keys[0], retired=tuple(keys[1:]))


def _no_key(workspace: Workspace, reason: str) -> SettingsError:
    return SettingsError(
        f"The key file {workspace.secret_key} {reason}.",
        hint="Without it no opt-out link and no suppression works: restore it from a backup.",
    )


def house_of(settings: Settings) -> House:
    """The rules that planning depends on."""
    gap = settings.pacing.min_gap
    return House(
        timezone=settings.workspace.timezone,
        country=settings.workspace.country,
        closed=tuple(DateRange(day, day) for day in settings.calendar.closed),
        channels=channels_set_up(settings),
        post_days=settings.channels.letter.post_days,
        min_gap=gap or None,
        enforce=frozenset(settings.law.enforce),
        laws=laws_of(settings),
        dnc=_do_not_call(settings),
    )


def laws_of(settings: Settings) -> Laws | None:
    """The country files of the workspace; SettingsError for one that cannot be used: no rule is left out in silence."""
    folder = settings.path("law")
    if not folder.is_dir():
        return None
    from touches.law.presets import LawDataError, presets_with

    try:
        return Laws(presets_with(folder))
    except (LawDataError, OSError) as error:
        raise SettingsError(f"The country files in {folder} cannot be used: {error}.") from None


def _do_not_call(settings: Settings) -> tuple[DoNotCall, ...]:
    """The registers' copies; SettingsError when a file cannot be read: calling without it would be a mistake."""
    if not settings.dnc:
        return ()
    from touches.people.registers import numbers_in

    return tuple(
        DoNotCall(
            country=country,
            taken_at=datetime.combine(copy.date, time(), settings.zone),
            numbers=numbers_in(settings.path(copy.snapshot), country),
        )
        for country, copy in settings.dnc.items()
    )


def channels_set_up(settings: Settings) -> frozenset[str]:
    """The ways out that are configured; letters, calls and meetings need nothing."""
    known = {"letter", "call", "meeting"}
    if settings.channels.email is not None:
        known.add("email")
    if settings.channels.sms is not None:
        known.add("sms")
    if settings.channels.fax.gateway and settings.channels.email is not None:
        known.add("fax")
    return frozenset(known)


def sender_of(settings: Settings) -> Sender:
    """Who writes."""
    return Sender(
        name=settings.sender.name,
        email=settings.sender.email,
        postal_address=settings.sender.postal_address,
        reply_to=settings.sender.reply_to,
        phone=settings.sender.phone,
        complaints=settings.complaints.contact,
    )


def colleagues_of(settings: Settings) -> Mapping[str, Colleague]:
    """The owners, by the name that leads carry."""
    general = settings.channels.call.per_day
    return {
        key: Colleague(
            name=owner.name,
            email=owner.email,
            phone=owner.phone,
            per_day=general if owner.per_day is None else owner.per_day,
            absent=tuple(DateRange(span.first, span.last) for span in owner.absent),
        )
        for key, owner in settings.owners.items()
    }


def desk_of(settings: Settings) -> Desk:
    """The plain settings of the engine."""
    email, sms = settings.channels.email, settings.channels.sms
    set_up = {name: section for name, section in (("email", email), ("sms", sms)) if section is not None}
    inbound = settings.inbound.address or settings.sender.email
    return Desk(
        name=settings.workspace.name,
        mail_domain=inbound.rpartition("@")[2],
        inbound_address=inbound,
        reads_mail=bool(settings.inbound.address or settings.inbound.imap),
        base_url=settings.web.base_url if settings.web else "",
        alerts=settings.alerts.to,
        digest_to=settings.marketing.digest_to,
        per_minute={name: section.per_minute for name, section in set_up.items()},
        per_day={name: section.per_day for name, section in set_up.items()},
        in_doubt={name: section.in_doubt for name, section in set_up.items()},
        calls_per_day=settings.channels.call.per_day,
        warm_up=settings.pacing.warm_up,
        free_space=settings.limits.free_space,
        free_space_at=str(_disk(settings)),
        news_held_for=settings.news.held_for,
        likeness=settings.news.likeness,
        departments={name: section.email for name, section in settings.departments.items()},
        letter_spool=str(settings.path(settings.channels.letter.spool)),
    )


def _disk(settings: Settings) -> Path:
    file = settings.database_file
    return file.parent if file is not None else settings.path(".")


def open_channels(settings: Settings) -> dict[str, Channel]:
    """The channels that are set up, by name; each connects when it is first used."""
    return {name: make() for name, make in channel_makers(settings).items()}


def channel_makers(settings: Settings) -> dict[str, Callable[[], Channel]]:
    """How each channel that is set up is made, by name. Making one raises ChannelSettingsError or SettingsError where
    its section cannot work."""
    from channels.registry import channel_class

    sms, email = settings.channels.sms, settings.channels.email
    makers: dict[str, Callable[[], Channel]] = {
        "call": channel_class("call"),
        "meeting": channel_class("meeting"),
        "letter": lambda: channel_class("letter")(letter_settings(settings)),
    }
    if email is not None:
        makers["email"] = lambda: channel_class("email")(smtp_settings(settings))
    if sms is not None:
        makers["sms"] = lambda: channel_class(f"sms.{sms.provider}")(sms_settings(settings))
    if settings.channels.fax.gateway and email is not None:
        makers["fax"] = lambda: channel_class("fax")(fax_settings(settings), makers["email"]())
    return makers


def chores_of(workspace: Workspace) -> Chores:
    """What is done besides planning and sending: reading what came back, watching clocks, detecting lapses."""
    from touches.care.chores import chores as clocks
    from touches.engine.scheduled import Scheduled
    from touches.inbound.chores import chores as inbound
    from touches.lapse.watching import detect_lapses
    from touches.newsroom.digest import send_digest
    from touches.newsroom.performing import learn_worth

    return Chores(
        inbound=inbound(mailbox_of(workspace)),
        clocks=clocks(),
        lapse=(detect_lapses, learn_worth),
        digest=(send_digest,),
        scheduled=(Scheduled(name="digest", line=workspace.settings.schedule.digest, chore=send_digest),),
    )


def mailbox_of(workspace: Workspace) -> "Callable[[], ImapSettings] | None":
    """The mailbox that is read, with its password when it is asked for; None where none is set up."""
    settings = workspace.settings
    return None if settings.inbound.imap is None else partial(imap_settings, settings)
