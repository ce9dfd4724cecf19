"""Enters what became of a call or a meeting: state, ledger, record, and what follows, in one transaction."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from policies.schema.words import Channel
from touches.care.along import enter_along
from touches.care.call_in_hand import Call, CallResult, call_backs, open_call, take_in_hand, tries_so_far
from touches.care.deals import buy, lose
from touches.care.following import plan_after
from touches.care.outcomes import Consequence, GiveUp, NotThen, Told, TryAgain, outcome_of
from touches.care.promise_clock import CALL_BACK_GRACE
from touches.care.promises import call_back_promise, keep_promise
from touches.care.record import classes_of, note, tell_news, write_down
from touches.engine.office import Office
from touches.engine.promising import make_promises
from touches.errors import Refused
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.planning.due import latest_of
from touches.store.touches import Move
from touches.store.units import Unit

DONE = "done"  # the event that an undo looks for
NO_NEWS = "none"  # `--news none`: they spoke, and the news was not told


@dataclass(slots=True, kw_only=True)
class Done:
    """What became of a task. `next_at` is when it or what follows it is due; `warnings` are for whoever entered it."""

    task: str
    lead: str
    outcome: str
    state: str
    next_at: datetime | None = None
    next_touch: int | None = None
    interaction: int | None = None
    warnings: list[str] = field(default_factory=list)


def finish_call(unit: Unit, office: Office, touch_id: int, result: CallResult, *, actor: str) -> Done:
    """Enter a result, in the caller's transaction. Raises UnknownTouch, UnknownNews, and Refused with the reason."""
    office.library.refresh(unit)
    call = open_call(unit, office, touch_id, result, actor)
    following = _following(unit, call)
    take_in_hand(unit, call)
    interaction = _write_down(unit, office, call, following)
    _keep_call_back(unit, office, call)
    done = _carried_out(unit, office, call, following)
    done.interaction = interaction
    _enter_along(unit, office, call)
    _note_done(unit, call, following.because)
    return done


def _following(unit: Unit, call: Call) -> Consequence:
    """What the result asks for; Refused for a call back that cannot be."""
    result = call.result
    following = outcome_of(
        result.outcome,
        tries=tries_so_far(unit, call.touch.id) + 1,
        slot=call.slot,
        now=call.at,
        call_back=result.call_back,
        wished=result.wished,
    )
    if isinstance(following, NotThen):
        hint = "--wished says that the lead asked for that hour." if "outside" in following.because else ""
        raise Refused(f"No call back then: {following.because}.", hint=hint)
    return following


def _write_down(unit: Unit, office: Office, call: Call, following: Consequence) -> int:
    """What was said, in the record; the entry's number."""
    written = write_down(
        unit,
        office,
        call.lead,
        replace(call.result.words, news=_told_news(call) if isinstance(following, Told) else ()),
        channel=call.touch.channel,
        direction="out",
        outcome=call.result.outcome,
        actor=call.actor,
        at=call.at,
        touch_id=call.touch.id,
    )
    call.data |= {"interaction": written.interaction, "outcome": str(call.result.outcome)}
    call.warnings += written.warnings
    return written.interaction


def _carried_out(unit: Unit, office: Office, call: Call, following: Consequence) -> Done:
    match following:
        case Told():
            return _spoke(unit, office, call, following)
        case TryAgain():
            return _again(unit, office, call, following)
        case GiveUp():
            return _gave_up(unit, office, call, following)


def _enter_along(unit: Unit, office: Office, call: Call) -> None:
    """The promises and the complaint that were entered with the result."""
    entered = enter_along(unit, office, call.lead, call.result.along, task=str(call.touch.id), actor=call.actor)
    call.data["promises"] = [*call.data.get("promises", []), *entered.numbers.pop("promises", [])]
    call.data |= entered.numbers
    call.warnings += entered.said


def _told_news(call: Call) -> tuple[str, ...]:
    named = call.result.words.news
    if not named:
        return (call.touch.news,) if call.touch.news else ()
    return tuple(item for item in named if item != NO_NEWS)


def _spoke(unit: Unit, office: Office, call: Call, told: Told) -> Done:
    touch = call.touch
    news = _told_news(call)
    if touch.news not in news:
        unit.ledger.release([touch.id], at=call.at)
    unit.ledger.tell([touch.id], at=call.at)
    call.warnings += tell_news(unit, call.lead, news, actor=call.actor, at=call.at, touch_id=touch.id)
    first = next(iter(classes_of(unit, news).items()), ("", ""))
    _move(
        unit,
        touch,
        TouchState.SENT,
        reason="",
        news=first[0],
        news_class=first[1],
        handed_over_at=call.at,
        finished_at=call.at,
        attempts=touch.attempts + 1,
    )
    call.data["promises"] = make_promises(unit, office, touch, call.lead, at=call.at)
    if told.bought:
        source = f"touch {touch.id}"
        call.data["stopped"] = buy(unit, office, call.lead, source=source, actor=call.actor)
    if told.lost and call.lead.lost_at is None:
        call.data["lost"] = lose(unit, office, call.lead, reason="not interested", actor=call.actor)
    return _finished(unit, office, call, TouchState.SENT)


def _again(unit: Unit, office: Office, call: Call, again: TryAgain) -> Done:
    touch = call.touch
    unit.ledger.release([touch.id], at=call.at)
    step = call.situation.step_of(touch.step)
    latest = None
    if step is not None and not again.agreed:
        latest = latest_of(step, Channel(touch.channel), again.at, call.slot)
    _move(
        unit,
        touch,
        TouchState.READY,
        reason=again.because,
        due_at=again.at,
        latest_at=latest,
        attempts=touch.attempts + 1,
    )
    if again.agreed:
        made = call_back_promise(
            unit, office, call.lead, at=again.at, grace=CALL_BACK_GRACE, touch_id=touch.id, actor=call.actor
        )
        call.data["promise"] = made.id
    return Done(
        task=str(touch.id),
        lead=call.lead.key,
        outcome=call.result.outcome,
        state=TouchState.READY,
        next_at=again.at,
        next_touch=touch.id,
        warnings=call.warnings,
    )


def _gave_up(unit: Unit, office: Office, call: Call, given_up: GiveUp) -> Done:
    touch = call.touch
    unit.ledger.release([touch.id], at=call.at)
    _move(
        unit,
        touch,
        TouchState.FAILED,
        reason=given_up.because,
        finished_at=call.at,
        attempts=touch.attempts + 1,
    )
    if given_up.breaks_point and touch.point_id is not None:
        unit.leads.update_point(touch.point_id, broken=given_up.because, broken_at=call.at)
        call.data["broke_point"] = touch.point_id
    return _finished(unit, office, call, TouchState.FAILED)


def _finished(unit: Unit, office: Office, call: Call, state: TouchState) -> Done:
    own = [call.touch.enrollment_id] if call.touch.enrollment_id is not None else []
    planned = unit.touches.by_ids(plan_after(unit, office, own))
    coming = next(iter(planned.values()), None)
    return Done(
        task=str(call.touch.id),
        lead=call.lead.key,
        outcome=call.result.outcome,
        state=state,
        next_at=coming.due_at if coming is not None else None,
        next_touch=coming.id if coming is not None else None,
        warnings=call.warnings,
    )


def _keep_call_back(unit: Unit, office: Office, call: Call) -> None:
    """Whoever calls again keeps the word given for this call, whoever picks up."""
    for promise in call_backs(unit, call.touch):
        keep_promise(unit, office, promise.id, evidence=f"called, {call.result.outcome}", actor=call.actor)
        call.data.setdefault("kept", []).append(promise.id)


def _move(unit: Unit, touch: Touch, state: TouchState, **values: object) -> None:
    move = Move(touch_id=touch.id, old=TouchState.OFFERING, new=state, values=values)
    if not unit.touches.move([move]):
        raise Refused(f"Touch {touch.id} was changed by somebody else meanwhile.", hint="Look at `touches today`.")


def _note_done(unit: Unit, call: Call, because: str) -> None:
    note(
        unit,
        action=DONE,
        because=because if because.startswith(call.result.outcome) else f"{call.result.outcome}: {because}",
        actor=call.actor,
        at=call.at,
        lead_id=call.lead.id,
        enrollment_id=call.touch.enrollment_id,
        touch_id=call.touch.id,
        data=call.data,
    )
