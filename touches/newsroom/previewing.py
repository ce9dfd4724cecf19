"""A touch as one lead would get it, without ledger or log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from channels.protocol import Channel, Outgoing, Piece, Prepared
from policies.schema import Step
from touches.engine.library import pool_of
from touches.engine.messages import outgoing_of
from touches.engine.office import Office
from touches.errors import Refused, UnknownNews
from touches.model.cadence import Lane, Touch, rank_of
from touches.model.people import KIND_FOR_CHANNEL, ContactPoint, Lead, PointKind
from touches.model.states import TouchState
from touches.planning.departure import Depart
from touches.planning.news_choice import Item
from touches.store.catalog import PublishedNews

MARK = "[TEST]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The composed message and what it was composed from."""

    outgoing: Outgoing
    prepared: Prepared
    language: str


def preview(
    office: Office, channel: Channel, item: Item, lead: Lead, *, ask: str = "", to: str = "", now: datetime
) -> Preview:
    """Compose a piece of news for a lead; `to` sends it elsewhere, marked as a test.

    Refused when the lead has no address for the channel (without `to`).
    """
    point = _point(lead, channel.name, to)
    step = Step.model_validate({"id": "preview", "day": 0, "channel": channel.name, "news": item.id, "ask": ask})
    touch = _touch(lead, channel.name, now)
    depart = Depart(step=step, channel=channel.name, point=point, item=item, open_until=None)
    outgoing = outgoing_of(touch, depart, lead, office, now)
    if to:
        piece = _marked(outgoing.piece, channel.name)
        key = f"test-{token_hex(8)}"  # mail programs hide a second message of the same id
        outgoing = replace(outgoing, key=key, message_id=f"{key}@{office.desk.mail_domain}", piece=piece)
        outgoing = replace(outgoing, purpose="test", return_path=office.sender.email)
    return Preview(
        outgoing=outgoing, prepared=channel.prepare(outgoing), language=item.wording_for(lead.language).language
    )


def _marked(piece: Piece, channel: str) -> Piece:
    """As a test, for whoever reads it; an SMS has no subject to bear the mark."""
    body = f"{MARK} {piece.body}" if channel == "sms" else piece.body
    return replace(piece, subject=f"{MARK} {piece.subject}", body=body, key=f"test/{piece.key}")


def item_of(
    name: str,
    published: Mapping[str, PublishedNews],
    drafts: Mapping[str, Any],
    now: datetime,
    *,
    language: str = "en",
) -> Item:
    """The item as its file says, else as it was published; UnknownNews for neither. `language` is the originals'."""
    rows = dict(published)
    if name in drafts:
        document = drafts[name].model_dump_json(by_alias=True)
        rows[name] = PublishedNews(id=name, news_class=name, document=document, digest="", author="", published_at=now)
    if name not in rows:
        raise UnknownNews(name, {**published, **drafts})
    found = pool_of({name: rows[name]}, None, language).get(name)
    if found is None:
        raise UnknownNews(name)
    return found


def _point(lead: Lead, channel: str, to: str) -> ContactPoint:
    kinds = KIND_FOR_CHANNEL[channel]
    if to:
        return ContactPoint(id=0, kind=kinds[0], address=to, address_hash="")
    known = [point for point in lead.points if point.kind in kinds]
    if known:
        return known[0]
    if channel in ("call", "meeting"):
        return ContactPoint(id=0, kind=PointKind.PHONE, address="-", address_hash="")
    raise Refused(f"{lead.key} has no address for {channel}: name another lead, another channel, or --to.")


def _touch(lead: Lead, channel: str, now: datetime) -> Touch:
    return Touch(
        id=0,
        kind="touch",
        enrollment_id=None,
        lead_id=lead.id,
        policy="preview",
        version=0,
        step="preview",
        round=1,
        number=1,
        channel=channel,
        point_id=None,
        address="",
        news="",
        news_class="",
        state=TouchState.PLANNED,
        reason="",
        due_at=now,
        latest_at=None,
        local_time="",
        zone="",
        rank=rank_of(Lane.CADENCE),
        owner=lead.owner,
        variant="",
        attempts=0,
        fence=0,
        message_id="",
        reference="",
        digest="",
        created_at=now,
        handed_over_at=None,
        finished_at=None,
    )
