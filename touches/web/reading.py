"""A touch as a page: what its mail said, composed again from the same news and the same step."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from channels.errors import UnsendableError
from channels.mail.composer import MailComposer
from channels.protocol import Outgoing
from policies.schema import Policy, Step, Then
from touches.engine.library import pool_of
from touches.engine.messages import outgoing_of
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.people import ContactPoint, Lead, PointKind
from touches.planning.departure import Depart
from touches.planning.news_choice import Item
from touches.store.units import Unit


def page_of(unit: Unit, office: Office, touch_id: int) -> str | None:
    """The HTML of a touch that was handed over; None for one that was not, or whose lead or news is gone."""
    outgoing = _outgoing(unit, office, touch_id)
    if outgoing is None:
        return None
    try:
        prepared = MailComposer().compose(outgoing)
    except UnsendableError:
        return None
    message = message_from_bytes(prepared.payload, _class=EmailMessage, policy=policy.default)
    body = message.get_body(("html",))
    return str(body.get_content()) if body is not None else None


def _outgoing(unit: Unit, office: Office, touch_id: int) -> Outgoing | None:
    touch = unit.touches.by_ids([touch_id]).get(touch_id)
    if touch is None or touch.kind != "touch" or touch.lead_id is None or touch.handed_over_at is None:
        return None
    lead = unit.leads.get(unit.leads.survivor(touch.lead_id))
    item = _item(unit, touch.news)
    step = _step(unit, office, touch)
    if lead is None or lead.dead == "erased" or item is None or step is None:
        return None
    depart = Depart(step=step, channel="email", point=_point(touch, lead, office), item=item, open_until=None)
    outgoing = outgoing_of(touch, depart, lead, office, touch.handed_over_at)
    return replace(outgoing, links=replace(outgoing.links, browser_url=""))  # whoever reads this is in the browser


def _item(unit: Unit, news: str) -> Item | None:
    """Also news that was withdrawn since: it was told."""
    published = unit.catalog.news(withdrawn=True)
    wanted = {news: published[news]} if news in published else {}
    return next(iter(pool_of(wanted, None).items), None)


def _step(unit: Unit, office: Office, touch: Touch) -> Step | Then | None:
    try:
        found, _ = office.library.policy(unit, touch.policy, touch.version)
    except KeyError:
        return None
    return step_of(found, touch.step)


def step_of(found: Policy, step: str) -> Step | Then | None:
    """The step of this id, or the repetition after the last."""
    if found.then is not None and found.then.id == step:
        return found.then
    return next((one for one in found.touches if one.id == step), None)


def _point(touch: Touch, lead: Lead, office: Office) -> ContactPoint:
    """Where it went. The page does not show it; for what was no mail, our own address stands in."""
    address = touch.address if touch.channel == "email" and touch.address else office.sender.email
    return ContactPoint(id=touch.point_id or lead.id, kind=PointKind.EMAIL, address=address, address_hash="")
