"""Held for want of news: the task to find a reason, with what is known of the lead, and news for one lead alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from policies.schema.news import NewsItem
from touches.care.record import note
from touches.care.repeating import said_before
from touches.engine.office import Office
from touches.errors import Refused
from touches.model.cadence import Touch
from touches.model.care import Activity
from touches.model.people import Lead
from touches.model.states import TouchState
from touches.planning.next_touch import spec_of
from touches.store.catalog import PublishedNews
from touches.store.personal_news import personal_id
from touches.store.units import Unit
from touches.wording import counted

NO_NEWS = "no news"
DEFAULT_KIND = "education"
ANNIVERSARY_WITHIN = timedelta(days=31)
_BRACES = ("{{", "{%", "{#")


def is_starving(touch: Touch, now: datetime, held_for: timedelta) -> bool:
    """Whether a touch has waited for news for so long that a person has to find a reason."""
    since = touch.due_at or touch.created_at
    return touch.state is TouchState.HELD and touch.reason == NO_NEWS and now - since >= held_for


def starving(unit: Unit, now: datetime, held_for: timedelta) -> list[Touch]:
    """All such touches, the longest waiting first."""
    held = unit.touches.in_states([TouchState.HELD], kind="touch")
    return [touch for touch in held if is_starving(touch, now, held_for)]


def facts_to_start_from(lead: Lead, activities: Iterable[Activity], now: datetime) -> list[str]:
    """Sentences about a lead in which a reason to call may hide."""
    facts = []
    purchases = [one for one in activities if one.kind == "purchase"]
    if purchases:
        last = purchases[-1]
        amount = f" for {last.amount}" if last.amount is not None else ""
        facts.append(f"last purchase on {last.at:%Y-%m-%d}{amount}, {len(purchases)} in all")
        facts += _anniversary(purchases[0].at, now)
    visits = [one for one in activities if one.kind == "visit"]
    if visits:
        facts.append(f"last visit on {visits[-1].at:%Y-%m-%d}")
    facts += [f"worries about {concern}" for concern in lead.concerns]
    if lead.segment:
        facts.append(f"segment {lead.segment}")
    facts += [f"{name}: {value}" for name, value in sorted(lead.attributes.items()) if value][:5]
    return facts or ["nothing is known but the name: ask what has changed there"]


def _anniversary(first: datetime, now: datetime) -> list[str]:
    years = now.year - first.year + (1 if (now.month, now.day) > (first.month, first.day) else 0)
    if years < 1:
        return []
    # A customer since 29 February celebrates on the 28th.
    coming = first.replace(year=first.year + years, day=min(first.day, 28) if first.month == 2 else first.day)
    if not timedelta() <= coming - now + timedelta(days=1) <= ANNIVERSARY_WITHIN:
        return []
    return [f"a customer for {counted(years, 'year')} on {coming:%Y-%m-%d}"]


def tell_one(
    unit: Unit, office: Office, lead: Lead, text: str, *, actor: str, headline: str = "", kind: str = ""
) -> tuple[str, list[str]]:
    """Record a piece of news for one lead: every step of theirs that has nothing to say may tell it. Its id, and
    sentences about what it seems to repeat. Refused for an empty text."""
    if not text.strip():
        raise Refused("There is no news in an empty text.")
    office.library.refresh(unit)
    now = office.clock.now()
    warnings = said_before(unit, office, lead, text)
    held = [one for one in unit.touches.of_leads([lead.id], states=[TouchState.HELD])[lead.id] if one.reason == NO_NEWS]
    known = unit.catalog.news(withdrawn=True)
    item_id = next(name for n in range(1, len(known) + 2) if (name := personal_id(lead.id, n)) not in known)
    item = NewsItem.model_validate(
        {
            "id": item_id,
            "kind": kind or _kind_for(unit, office, held),
            "for": {"lead_id": str(lead.id)},
            "texts": {"": _text(text, headline)},
        }
    )
    document = item.model_dump_json(by_alias=True)
    published = PublishedNews(
        id=item_id, news_class=item_id, document=document, digest="", author=actor, published_at=now
    )
    unit.catalog.put_news(published)
    data = {"news": item_id}
    note(
        unit,
        action="news_told",
        because=f"news for this lead alone: {item.headline}",
        actor=actor,
        at=now,
        lead_id=lead.id,
        data=data,
    )
    return item_id, warnings


def _text(text: str, headline: str) -> dict[str, object]:
    lines = text.strip().splitlines()
    first = headline.strip() or lines[0][:100]
    return {
        "language": "",
        "headline": as_data(first),
        "subject": "",
        "body": as_data(text.strip()),
        "path": "",
        "digest": "",
        "body_line": 1,
    }


def as_data(text: str) -> str:
    """What somebody typed is no template: braces that would begin one are put in as text."""
    out, at = [], 0
    while at < len(text):
        pair = text[at : at + 2]
        out.append("{{ '" + pair + "' }}" if pair in _BRACES else text[at])
        at += 2 if pair in _BRACES else 1
    return "".join(out)


def _kind_for(unit: Unit, office: Office, held: Iterable[Touch]) -> str:
    """What the first held touch asks for, so that reports count it where it belongs."""
    for touch in held:
        policy, _ = office.library.policy(unit, touch.policy, touch.version)
        step = policy.step_by_id(touch.step)
        kinds = spec_of(step, touch.variant).kind if step is not None else ()
        if kinds:
            return kinds[0]
    return DEFAULT_KIND
