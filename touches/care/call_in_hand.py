"""The call or meeting whose result is being entered: found, allowed, and taken in hand with its news."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from touches.care.along import Along
from touches.care.outcomes import UNREACHED, Outcome
from touches.care.promise_clock import RUNNING, is_call_back
from touches.care.record import Words
from touches.engine.gathering import gather
from touches.engine.office import Office
from touches.errors import Refused, UnknownTouch
from touches.model.cadence import Touch
from touches.model.care import BROKEN_PROMISE, Promise
from touches.model.people import PERSONAL_CHANNELS, Lead
from touches.model.states import TouchState
from touches.planning.due import Slot, slot_for
from touches.planning.house import zones_of
from touches.planning.situation import Situation
from touches.store.touches import Move
from touches.store.units import Unit

OPEN_CALL = frozenset({TouchState.OFFERING, TouchState.READY, TouchState.PLANNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallResult:
    """What a person enters. `news` empty: the news of the touch was told; `("none",)`: it was not."""

    outcome: Outcome
    words: Words = field(default_factory=Words)
    call_back: datetime | None = None
    wished: bool = False
    along: Along = field(default_factory=Along)


@dataclass(slots=True, kw_only=True)
class Call:
    """A call whose result is being entered."""

    touch: Touch
    lead: Lead
    situation: Situation
    slot: Slot
    result: CallResult
    actor: str
    at: datetime
    warnings: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def _on_list(unit: Unit, touch_id: int) -> Touch:
    touch = unit.touches.by_ids([touch_id]).get(touch_id)
    if touch is None:
        raise UnknownTouch(str(touch_id))
    if touch.channel not in PERSONAL_CHANNELS or touch.kind != "touch":
        raise Refused(
            f"Touch {touch_id} is no call: it goes by {touch.channel}.",
            hint="`touches log LEAD` writes down a contact.",
        )
    if touch.state in (TouchState.SENT, TouchState.FAILED):
        raise Refused(f"Touch {touch_id} is done already.", hint=f"`touches done {touch_id} --undo` takes it back.")
    if touch.state not in OPEN_CALL and not _is_owed(unit, touch):
        why = f" ({touch.reason})" if touch.reason else ""
        raise Refused(
            f"Touch {touch_id} is on no list: it is {touch.state}{why}.",
            hint="`touches log LEAD` writes down a contact.",
        )
    return touch


def _is_owed(unit: Unit, touch: Touch) -> bool:
    """A call back that nobody made in time holds all selling, itself included: it is the apology that is due."""
    return touch.reason == f"paused: {BROKEN_PROMISE}" and bool(call_backs(unit, touch))


def call_backs(unit: Unit, touch: Touch) -> list[Promise]:
    """The calls at an agreed hour that are still owed for it."""
    return [one for one in unit.promises.of_touch(touch.id) if is_call_back(one) and one.state in RUNNING]


def open_call(unit: Unit, office: Office, touch_id: int, result: CallResult, actor: str) -> Call:
    """Everything about the call. Raises UnknownTouch, and Refused for what is none or stands on no list."""
    touch = _on_list(unit, touch_id)
    own = [touch.enrollment_id] if touch.enrollment_id is not None else []
    gathered = gather(unit, office.library, own, now=office.clock.now(), lead_ids=[touch.lead_id or 0])
    situation = gathered.situation_of(touch, office.library, unit)
    point = next((point for point in situation.lead.points if point.id == touch.point_id), None)
    zones = zones_of(situation.lead, point, office.house)
    return Call(
        touch=touch,
        lead=situation.lead,
        situation=situation,
        slot=slot_for(situation, touch.channel, zones.zones, office.house),
        result=result,
        actor=actor,
        at=office.clock.now(),
        data={
            "due_at": touch.due_at.isoformat() if touch.due_at else "",
            "news": touch.news,
            "from": touch.state.value,
        },
    )


def tries_so_far(unit: Unit, touch_id: int) -> int:
    """How many tries in a row reached nobody, up to now."""
    count = 0
    for interaction in reversed(unit.interactions.of_touch(touch_id)):
        if interaction.outcome not in UNREACHED:
            break
        count += 1
    return count


def take_in_hand(unit: Unit, call: Call) -> None:
    """A call made before it was listed, a second try, or one that was owed is on the list now, with its news."""
    touch, state = call.touch, call.touch.state
    if state is TouchState.OFFERING:
        return
    if state is TouchState.HELD:
        values = {"due_at": touch.due_at or call.at, "reason": ""}
        unit.touches.move([Move(touch_id=touch.id, old=state, new=TouchState.READY, values=values)])
        state = TouchState.READY
    move = Move(touch_id=touch.id, old=state, new=TouchState.OFFERING)
    if not unit.touches.move([move]):
        raise Refused(f"Touch {touch.id} is just being put on a list.", hint="Try again in a moment.")
    if touch.news and touch.lead_id is not None:
        unit.ledger.reserve(
            lead_id=touch.lead_id, news_class=touch.news_class, news=touch.news, touch_id=touch.id, at=call.at
        )
