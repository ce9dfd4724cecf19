"""Plans one touch of urgent news for everybody it concerns, each lead once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from touches.engine.office import Office
from touches.model.cadence import Lane, TouchDraft, rank_of
from touches.model.people import Lead
from touches.model.states import TouchState
from touches.planning.house import zones_of
from touches.planning.news_choice import Item
from touches.planning.urgency import CHANNELS, STEP, asked_from, concerns, told_from
from touches.store.units import Unit

BATCH = 500


def announce_urgent(office: Office) -> int:
    """Go through the leads once for each urgent item, as its validity begins (those who come later are looked at
    later); how many touches were planned. Where it was told already, by whatever way, nothing is planned."""
    with office.store.read() as unit:
        office.library.refresh(unit)
    items = [item for item in office.library.pool.items if item.urgent]
    now = office.clock.now()
    return sum(_announce(office, item) for item in items if (asked_from(item) or now) <= now)


def _announce(office: Office, item: Item) -> int:
    planned = 0
    key = f"urgent/{item.news_class}"
    while True:
        with office.store.write() as unit:
            after = int(unit.switches.get(key) or 0)
            lead_ids = unit.leads.ids(after=after, limit=BATCH)
            if not lead_ids:
                return planned
            planned += _plan(unit, office, item, lead_ids)
            unit.switches.set(key, str(lead_ids[-1]), at=office.clock.now())


def _plan(unit: Unit, office: Office, item: Item, lead_ids: Sequence[int]) -> int:
    now = office.clock.now()
    leads = unit.leads.by_ids(lead_ids)
    running = unit.enrollments.of_leads(lead_ids, running=True)
    told = unit.ledger.told(lead_ids)
    drafts = [
        _draft(item, lead, due, office.house.channels)
        for lead in leads.values()
        if item.news_class not in told[lead.id]
        and concerns(item, lead, in_touch=bool(running[lead.id]), now=now)
        and (due := told_from(item, zones_of(lead, None, office.house).main, now)) is not None
    ]
    unit.touches.add(drafts, at=now)
    return len(drafts)


def _draft(item: Item, lead: Lead, due: datetime, set_up: Collection[str]) -> TouchDraft:
    """By the first way that is set up and reaches the lead; when it leaves, the way is chosen once more."""
    wanted = (lead.preferred_channel if name == "preferred" else name for name in CHANNELS)
    channel = next((name for name in wanted if name in set_up and lead.points_for(name)), "email")
    return TouchDraft(
        enrollment_id=None,
        lead_id=lead.id,
        policy=STEP,
        version=0,
        step=STEP,
        round=1,
        number=0,
        channel=channel,
        point_id=None,
        address="",
        news=item.id,
        news_class=item.news_class,
        state=TouchState.PLANNED,
        reason="",
        due_at=due,
        rank=rank_of(Lane.URGENT),
        owner=lead.owner,
        because={"news": f"{item.id} is urgent and concerns this lead"},
    )
