"""Writes down what was said: the interaction, the news that was told, what worries the lead."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from touches.care.repeating import said_before
from touches.engine.office import Office
from touches.errors import UnknownNews
from touches.model.care import Interaction
from touches.model.people import Lead
from touches.model.states import LedgerStatus
from touches.store.events import Event
from touches.store.interactions import ChainReport
from touches.store.units import Unit
from touches.tokens import Signer

SUBJECT = "interaction"  # of the keyed digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody writes down of a contact. `news` are ids of what was told."""

    said: str = ""
    told: str = ""
    agreed: str = ""
    minutes: int | None = None
    concern: str = ""
    news: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Written:
    """What was written: the interaction's id, and sentences that the writer should see."""

    interaction: int
    warnings: list[str] = field(default_factory=list)


def digest_by(signer: Signer) -> Callable[[str], str]:
    """The keyed digest of the record."""
    return lambda text: signer.digest(SUBJECT, text)


def verify_chain(unit: Unit, signer: Signer) -> ChainReport:
    """Whether the record is what was written, row by row."""
    return unit.interactions.verify(digest=digest_by(signer))


def write_down(
    unit: Unit,
    office: Office,
    lead: Lead,
    words: Words,
    *,
    channel: str,
    direction: str,
    outcome: str,
    actor: str,
    at: datetime,
    touch_id: int | None = None,
) -> Written:
    """Append an interaction, and note the concern with the lead. Says where its text is like something told before."""
    warnings = said_before(unit, office, lead, words.told, but=words.news) if direction == "out" else []
    interaction = Interaction(
        lead_id=lead.id,
        at=at,
        who=actor,
        channel=channel,
        direction=direction,
        touch_id=touch_id,
        minutes=words.minutes,
        said=words.said,
        told=words.told,
        agreed=words.agreed,
        outcome=outcome,
        news=",".join(words.news),
        concern=words.concern,
    )
    written = unit.interactions.add(interaction, digest=digest_by(office.signer))
    if words.concern and words.concern not in lead.concerns:
        unit.leads.update(lead.id, concerns=[*lead.concerns, words.concern])
    return Written(interaction=written, warnings=warnings)


def tell_news(
    unit: Unit,
    lead: Lead,
    news: Iterable[str],
    *,
    actor: str,
    at: datetime,
    touch_id: int | None = None,
) -> list[str]:
    """Enter news that a person told into the ledger; sentences about what the lead had heard already. Raises
    UnknownNews."""
    warnings = []
    classes = classes_of(unit, news)
    for item, news_class in classes.items():
        known = unit.ledger.told([lead.id])[lead.id].get(news_class)
        if known is not None and known.touch_id is not None and known.touch_id == touch_id:
            continue
        if known is not None:
            warnings.append(f'"{item}" was told before, on {known.at:%Y-%m-%d}' + _as(item, known.news))
            continue
        unit.ledger.reserve(
            lead_id=lead.id,
            news_class=news_class,
            news=item,
            touch_id=touch_id,
            at=at,
            by=actor,
            status=LedgerStatus.TOLD,
        )
    return warnings


def _as(item: str, other: str) -> str:
    return "" if item == other else f", as {other}"


def classes_of(unit: Unit, news: Iterable[str]) -> dict[str, str]:
    """The class of each item; UnknownNews for one that was never published."""
    wanted = list(dict.fromkeys(news))
    if not wanted:
        return {}
    published = unit.catalog.news(withdrawn=True)
    for item in wanted:
        if item not in published:
            raise UnknownNews(item, published)
    return {item: published[item].news_class for item in wanted}


def contacts_so_far(unit: Unit, lead_ids: Sequence[int]) -> dict[int, int]:
    """How many contacts each lead had from us: touches handed over, and what people said outside of them. What counts
    towards the seventh touch."""
    spoken = unit.interactions.of_leads(lead_ids)
    touches = unit.touches.past(lead_ids)
    return {
        lead_id: sum(touch.handed_over_at is not None for touch in touches[lead_id])
        + sum(one.touch_id is None and one.direction == "out" for one in spoken[lead_id])
        for lead_id in lead_ids
    }


def note(
    unit: Unit,
    *,
    action: str,
    because: str,
    actor: str,
    at: datetime,
    lead_id: int | None = None,
    enrollment_id: int | None = None,
    touch_id: int | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """One event of `why`."""
    event = Event(
        at=at,
        action=action,
        because=because,
        actor=actor,
        lead_id=lead_id,
        enrollment_id=enrollment_id,
        touch_id=touch_id,
        data=dict(data or {}),
    )
    unit.events.add([event])
