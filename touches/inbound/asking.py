"""What only a person can tell: the list of messages whose lead nobody knows, and the cadences that wait for it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from touches.care.holds import apply_holds
from touches.care.telling import tell_owner
from touches.engine.office import Office
from touches.engine.stopping import pause, resume
from touches.inbound.acts import AskPerson
from touches.inbound.values import Incoming
from touches.model.states import EnrollmentState
from touches.store.inbound import REVIEW, Arrival
from touches.store.units import Unit

UNCLEAR = "unclear answer"
_KEY = "review:"  # of the setting that keeps what a review is about; the row of the message has no room for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One message that waits for a person. `kind` is its class before it was found to be nobody's, `channel` the way
    it came; `held` are the leads who wait."""

    arrival: Arrival
    kind: str
    channel: str
    held: tuple[int, ...]


def ask(unit: Unit, office: Office, act: AskPerson, incoming: Incoming, inbound_id: int) -> str:
    """Put it on the list, hold those who may be meant, tell people where somebody waits or it is urgent."""
    now = office.clock.now()
    held = hold(unit, act.may_be, at=now)
    about = {"kind": incoming.kind, "channel": incoming.channel, "held": held}
    unit.switches.set(f"{_KEY}{inbound_id}", json.dumps(about), at=now)
    if held or act.urgent:
        _tell(unit, office, act, inbound_id, held)
    waiting = f"; {len(held)} waiting" if held else ""
    return f"{REVIEW}: {act.because}{waiting}"


def hold(unit: Unit, lead_ids: Iterable[int], *, at: datetime) -> list[int]:
    """Pause what runs for these leads; which of them have something that runs."""
    wanted = sorted(set(lead_ids))
    running = unit.enrollments.of_leads(wanted, running=True)
    for lead_id in wanted:
        pause(unit, running[lead_id], because=UNCLEAR, actor="engine", at=at)
    return [lead_id for lead_id in wanted if running[lead_id]]


def _tell(unit: Unit, office: Office, act: AskPerson, inbound_id: int, held: Sequence[int]) -> None:
    leads = unit.leads.by_ids(held)
    owners = sorted({lead.owner for lead in leads.values()}) or [""]
    names = ", ".join(lead.key for lead in leads.values()) or "nobody"
    for owner in owners:
        tell_owner(
            unit,
            office,
            owner,
            key=f"review/{inbound_id}/{owner}",
            purpose="warning",
            subject="a message came back, and somebody has to tell whose it is",
            body=f"{act.because}. Waiting meanwhile: {names}.\n\nLook at it: touches inbound review list\n\n"
            f"Then: touches inbound review assign {inbound_id} LEAD, or: touches inbound review dismiss {inbound_id}",
        )


def questions(unit: Unit) -> list[Question]:
    """All that wait for a person, oldest first. Who waited and was merged since waits as the other record."""
    about = unit.switches.under(_KEY)
    found = [_question(arrival, about.get(f"{_KEY}{arrival.id}", "")) for arrival in unit.inbound.to_review()]
    now = unit.leads.survivors({lead_id for one in found for lead_id in one.held})
    return [replace(one, held=tuple(dict.fromkeys(now[lead_id] for lead_id in one.held))) for one in found]


def question(unit: Unit, inbound_id: int) -> Question | None:
    """One of them; None when it does not wait."""
    return next((one for one in questions(unit) if one.arrival.id == inbound_id), None)


def close(unit: Unit, office: Office, one: Question, *, handled: str, actor: str, lead_id: int | None = None) -> None:
    """A person has told: it leaves the list, and whoever waits for nothing else goes on."""
    now = office.clock.now()
    lead = {} if lead_id is None else {"lead_id": lead_id}
    unit.inbound.update(one.arrival.id, handled=handled, reviewed_at=now, **lead)
    unit.switches.set(f"{_KEY}{one.arrival.id}", "", at=now, by=actor)
    let_go(unit, office, one.held, actor=actor)


def let_go(unit: Unit, office: Office, lead_ids: Sequence[int], *, actor: str) -> None:
    """Resume what waits for an unclear answer alone; what else stands against it pauses it again."""
    still = {lead_id for other in questions(unit) for lead_id in other.held}
    free = [lead_id for lead_id in lead_ids if lead_id not in still]
    running = unit.enrollments.of_leads(free, running=True)
    waiting = [
        one
        for enrollments in running.values()
        for one in enrollments
        if one.state is EnrollmentState.PAUSED and one.reason == UNCLEAR
    ]
    office.library.refresh(unit)
    resume(unit, office, waiting, because="somebody told whose the message is", actor=actor)
    apply_holds(unit, office, free, because="somebody told whose the message is", actor=actor)


def _question(arrival: Arrival, about: str) -> Question:
    known = json.loads(about) if about else {}
    return Question(
        arrival=arrival,
        kind=known.get("kind", arrival.kind),
        channel=known.get("channel", "email"),
        held=tuple(known.get("held", ())),
    )
