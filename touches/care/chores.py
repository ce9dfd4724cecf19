"""What a pass does about people's clocks before it sends: promises, complaints, conversations, lists."""

from collections.abc import Callable
from datetime import datetime

from touches.care.call_in_hand import OPEN_CALL
from touches.care.complaint_clock import has_cooled, is_late
from touches.care.complaints import settle_complaint
from touches.care.conversation_clock import ConversationDue, conversation_due
from touches.care.conversations import settle_conversation
from touches.care.deals import HANDOVER, settle_handovers
from touches.care.holds import apply_holds, leads_held, standing
from touches.care.morning import morning_lists
from touches.care.overdue import settle_promise
from touches.care.promise_clock import promise_due
from touches.care.worklist import day_end
from touches.engine.enrolling import BATCH, batches
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.care import CareState, Promise
from touches.model.states import EnrollmentState, TouchState
from touches.people.erasing import forget_outcomes
from touches.store.erasing import LEAVING, TOLD, Erasing
from touches.store.touches import Move
from touches.store.units import Unit

Chore = Callable[[Office], int]


def chores() -> tuple[Chore, ...]:
    """In the order in which a pass does them."""
    return (settle_clocks, list_call_backs, morning_lists, forget_erased)


def settle_clocks(office: Office) -> int:
    """Do what the clocks ask for: warn, answer for the time being, escalate, let go on, hand over. How many things
    were done. Looks first, so that a pass in which nothing is due takes no write lock."""
    with office.store.read() as unit:
        if not _anything_due(unit, office):
            return 0
    with office.store.write() as unit:
        office.library.refresh(unit)
        now = office.clock.now()
        _close_of_the_dead(unit, office)
        done = sum(settle_promise(unit, office, one, now) for one in unit.promises.running())
        done += sum(settle_complaint(unit, office, one, now) for one in unit.complaints.unsettled())
        done += sum(settle_conversation(unit, office, one, now) for one in unit.conversations.open())
        done += settle_handovers(unit, office)
        held = leads_held(unit, standing(unit, now))
        return done + apply_holds(unit, office, held, because="nothing stands against it any more", actor="engine")


def _close_of_the_dead(unit: Unit, office: Office) -> None:
    """Nothing is owed any more to somebody who died, was erased or is another lead now."""
    now = office.clock.now()
    promises, talks, cases = unit.promises.running(), unit.conversations.open(), unit.complaints.unsettled()
    ids = sorted({*(one.lead_id for one in promises), *(one.lead_id for one in talks), *(one.lead_id for one in cases)})
    dead = {lead_id for part in batches(ids, BATCH) for lead_id in unit.leads.dead(part)}
    unit.promises.update([one.id for one in promises if one.lead_id in dead], state=CareState.CLOSED.value)
    for talk in (one for one in talks if one.lead_id in dead):
        unit.conversations.update(talk.id, state=CareState.CLOSED.value, closed_at=now)
    for case in (one for one in cases if one.lead_id in dead and one.company_id is None):
        unit.complaints.update(case.id, state=CareState.CLOSED.value)


def _anything_due(unit: Unit, office: Office) -> bool:
    now = office.clock.now()
    if unit.switches.under(HANDOVER) or any(promise_due(one, now) for one in unit.promises.running()):
        return True
    if any(has_cooled(one, now) or is_late(one, now) for one in unit.complaints.unsettled()):
        return True
    if any(conversation_due(one, now) is not ConversationDue.NOTHING for one in unit.conversations.open()):
        return True
    return any(_sold_to(unit, part) for part in batches(leads_held(unit, standing(unit, now)), BATCH))


def _sold_to(unit: Unit, lead_ids: list[int]) -> bool:
    running = unit.enrollments.of_leads(lead_ids, running=True)
    return any(one.state is EnrollmentState.ACTIVE for ones in running.values() for one in ones)


def forget_erased(office: Office) -> int:
    """Empty what was told to colleagues, and what the other side answered, of somebody who was erased before that; how
    many things ended with it."""
    with office.store.read() as unit:
        before, leaving = unit.switches.get(TOLD), unit.switches.under(LEAVING)
    return (forget_told(office, before) if before else 0) + (forget_answers(office) if leaving else 0)


def forget_told(office: Office, before: str) -> int:
    """Empty what colleagues were told until then; whether that is done."""
    with office.store.write() as unit:
        if not Erasing(unit.connection).forget_told(datetime.fromisoformat(before)):
            return 0
        unit.switches.set(TOLD, "", at=office.clock.now())
        return 1


def forget_answers(office: Office) -> int:
    """Empty what was answered to touches that were leaving meanwhile; of how many all is known."""
    with office.store.write() as unit:
        return forget_outcomes(unit, at=office.clock.now())


def list_call_backs(office: Office) -> int:
    """Put calls that a lead agreed to on their owner's list for the very minute, whatever the day's load and hours:
    they are promises. How many."""
    until = day_end(office.clock.now(), office.house.timezone)
    with office.store.read() as unit:
        if not _agreed(unit, [one for one in unit.promises.running() if one.by < until]):
            return 0
    with office.store.write() as unit:
        office.library.refresh(unit)
        promises = [one for one in unit.promises.running() if one.by < until]
        return sum(_list(unit, office, touch) for touch in _agreed(unit, promises))


def _agreed(unit: Unit, promises: list[Promise]) -> list[Touch]:
    ids = [one.touch_id for one in promises if one.touch_id is not None and one.state is CareState.OPEN]
    touches = unit.touches.by_ids(ids).values() if ids else ()
    return [touch for touch in touches if touch.state in OPEN_CALL - {TouchState.OFFERING} and touch.attempts]


def _list(unit: Unit, office: Office, touch: Touch) -> bool:
    """Not when its news was told meanwhile or has ended: then the ordinary list decides with what is left to tell."""
    now = office.clock.now()
    item = office.library.pool.get(touch.news)
    local_day = (touch.due_at or now).date()
    if item is None or (item.valid is not None and not item.valid.holds(local_day)):
        return False
    with unit.savepoint():
        if not unit.ledger.reserve(
            lead_id=touch.lead_id or 0, news_class=item.news_class, news=item.id, touch_id=touch.id, at=now
        ):
            return False
        return bool(unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.OFFERING)]))
