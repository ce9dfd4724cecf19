"""A deal that is lost or open again, and leads that get another owner."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from policies.schema.words import StopOn
from touches.care.following import plan_after
from touches.care.record import note
from touches.care.telling import name_of, tell_lead, tell_owner
from touches.care.wording import wording_for
from touches.engine.gathering import gather
from touches.engine.office import Office
from touches.engine.stopping import cancel_touches, stop
from touches.errors import NotFound, Refused
from touches.model.cadence import Enrollment
from touches.model.care import Activity
from touches.model.people import Lead
from touches.model.states import FINAL, RUNNING, EnrollmentState, Phase
from touches.planning.position import next_step
from touches.store.units import Unit

ENGINE = "engine"
HANDOVER = "handover:"  # key of the switch that remembers an announced hand-over
BATCH = 500


class UnknownOwner(NotFound):
    """The settings name no such owner."""

    noun = "owner"


def buy(unit: Unit, office: Office, lead: Lead, *, source: str, actor: str) -> list[int]:
    """A purchase that a person enters. What it ends, ends at once; the engine's next pass starts what it starts. The
    enrollments that ended."""
    now = office.clock.now()
    unit.activities.add([Activity(lead_id=lead.id, kind="purchase", at=now, source=source)])
    ending = [
        one
        for one in unit.enrollments.of_leads([lead.id], running=True)[lead.id]
        if StopOn.PURCHASE in office.library.policy(unit, one.policy, one.version)[0].stop_on
    ]
    stop(unit, ending, because=f"purchase on {now:%Y-%m-%d}", actor=actor, at=now)
    return [one.id for one in ending]


def lose(unit: Unit, office: Office, lead: Lead, *, reason: str, actor: str) -> list[int]:
    """The sale has not come: every cadence goes to its `then`, from now on. The enrollments that moved. Refused for a
    lead that is lost already."""
    if lead.lost_at is not None:
        raise Refused(f"{lead.key} is lost since {lead.lost_at:%Y-%m-%d}.", hint="`touches lead reopen` takes it back.")
    office.library.refresh(unit)
    now = office.clock.now()
    unit.leads.update(lead.id, lost_at=now)
    running = unit.enrollments.of_leads([lead.id], running=True)[lead.id]
    moved = [one for one in running if one.phase is Phase.STEPS]
    note(unit, action="lost", because=reason, actor=actor, at=now, lead_id=lead.id)
    _to_phase(unit, office, moved, Phase.THEN, because="the deal is lost")
    return [one.id for one in moved]


def reopen(unit: Unit, office: Office, lead: Lead, *, actor: str, reason: str = "by hand") -> list[int]:
    """The deal is open again: cadences with steps left go on with them, also those that ended with the loss for want of
    a `then`. The enrollments that moved. Refused for a lead that is not lost."""
    if lead.lost_at is None:
        raise Refused(f"{lead.key} is not lost.")
    office.library.refresh(unit)
    unit.leads.update(lead.id, lost_at=None)
    known = [one for one in _since_the_loss(unit, lead, lead.lost_at) if _has_steps(unit, office, one)]
    ended = [one.id for one in known if one.state is EnrollmentState.FINISHED]
    unit.enrollments.update(ended, state=EnrollmentState.ACTIVE.value, reason="", ended_at=None)
    moved = list(unit.enrollments.by_ids([one.id for one in known]).values())
    note(unit, action="reopened", because=reason, actor=actor, at=office.clock.now(), lead_id=lead.id)
    _to_phase(unit, office, moved, Phase.STEPS, because="the deal is open again")
    return [one.id for one in moved]


def _since_the_loss(unit: Unit, lead: Lead, lost_at: datetime) -> list[Enrollment]:
    """What went to its `then`, or ended where it has none; not where the lead is in the same policy again."""
    known = unit.enrollments.of_leads([lead.id])[lead.id]
    again = {one.policy for one in known if one.state in RUNNING}
    then = [one for one in known if one.phase is Phase.THEN]
    finished = [one for one in then if one.state is EnrollmentState.FINISHED and one.policy not in again]
    ended = [one for one in finished if one.ended_at is not None and one.ended_at >= lost_at]
    return [*(one for one in then if one.state in RUNNING), *ended]


def _to_phase(unit: Unit, office: Office, enrollments: Sequence[Enrollment], phase: Phase, *, because: str) -> None:
    ids = [one.id for one in enrollments]
    cancel_touches(unit, unit.touches.pending_of(ids), because=because, at=office.clock.now())
    unit.enrollments.update(ids, phase=phase.value)
    plan_after(unit, office, [one.id for one in enrollments if one.state is EnrollmentState.ACTIVE])


def _has_steps(unit: Unit, office: Office, enrollment: Enrollment) -> bool:
    gathered = gather(unit, office.library, [enrollment.id], now=office.clock.now())
    situation = gathered.situation(enrollment.id, office.library, unit)
    coming = next_step(replace(situation, enrollment=replace(enrollment, phase=Phase.STEPS)))
    return coming is not None and coming.index >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A new owner. `announced` is False where no mailbox could be told: then it holds at once."""

    lead_id: int
    old: str
    new: str
    announced: bool
    tasks: int = 0


def hand_over(unit: Unit, office: Office, lead: Lead, owner: str, *, actor: str) -> Handover:
    """Announce a new owner to the lead; it holds once the announcement has left, and then open tasks move. Raises
    UnknownOwner, Refused."""
    known_owner(owner, office)
    if lead.owner == owner:
        raise Refused(f"{lead.key} is {owner}'s already.")
    now = office.clock.now()
    words = wording_for(lead.language)
    name = name_of(owner, office)
    key = f"handover/{lead.id}/{now.isoformat()}"
    paragraphs = [words.greet(lead.first_name or lead.full_name)]
    paragraphs.append(words.handover.format(owner=name))
    colleague = office.colleagues.get(owner)
    if colleague is not None and (colleague.phone or colleague.email):
        paragraphs.append(words.handover_reach.format(owner=name, address=colleague.phone or colleague.email))
    subject = words.handover_subject.format(owner=name)
    told = tell_lead(unit, office, lead, key=key, purpose="handover", subject=subject, body="\n\n".join(paragraphs))
    if not told:
        return _give(unit, office, lead, owner, announced=False, actor=actor)
    value = json.dumps({"owner": owner, "notice": key, "actor": actor})
    unit.switches.set(f"{HANDOVER}{lead.id}", value, at=now, by=actor)
    because = f"from {lead.owner or 'nobody'} to {owner}"
    note(unit, action="handover_announced", because=because, actor=actor, at=now, lead_id=lead.id)
    return Handover(lead_id=lead.id, old=lead.owner, new=owner, announced=True)


def settle_handovers(unit: Unit, office: Office) -> int:
    """Carry out what was announced and has left; how many leads got their new owner. Who was merged since is the other
    record, and who is dead or erased needs none."""
    waiting = unit.switches.under(HANDOVER)
    if not waiting:
        return 0
    planned = {key: json.loads(value) for key, value in waiting.items()}
    by_key = unit.notices.touch_ids([one["notice"] for one in planned.values()])
    touches = unit.touches.by_ids(by_key.values())
    done = 0
    for key, plan in planned.items():
        touch = touches.get(by_key.get(plan["notice"], 0))
        if touch is not None and touch.state not in FINAL:
            continue
        unit.switches.set(key, "", at=office.clock.now())
        lead = unit.leads.get(unit.leads.survivor(int(key.removeprefix(HANDOVER))))
        if lead is not None and not lead.dead:
            _give(unit, office, lead, plan["owner"], announced=True, actor=plan["actor"])
            done += 1
    return done


def _give(unit: Unit, office: Office, lead: Lead, owner: str, *, announced: bool, actor: str) -> Handover:
    tasks = unit.worklist.give([lead.id], owner)
    now = office.clock.now()
    because = f"from {lead.owner or 'nobody'} to {owner}, {tasks} open tasks"
    note(unit, action="handed_over", because=because, actor=actor, at=now, lead_id=lead.id)
    tell_owner(
        unit,
        office,
        owner,
        key=f"handed-over/{lead.id}/{now.isoformat()}",
        purpose="list",
        subject=f"{lead.full_name or lead.key} is yours now",
        body=f"Handed over by {actor}, from {lead.owner or 'nobody'}. "
        f"`touches log {lead.key} --show` shows what was said.",
    )
    return Handover(lead_id=lead.id, old=lead.owner, new=owner, announced=announced, tasks=tasks)


def reassign(unit: Unit, office: Office, old: str, new: str, *, actor: str) -> tuple[int, int]:
    """All leads of one owner and their open tasks go to another at once, as for an absence: how many leads, how many
    tasks. Raises UnknownOwner."""
    known_owner(new, office)
    lead_ids = unit.worklist.lead_ids_of(old)
    if not lead_ids and old not in office.colleagues:
        raise UnknownOwner(old, [*office.colleagues, *unit.worklist.owners()])
    now = office.clock.now()
    tasks = 0
    for start in range(0, len(lead_ids), BATCH):
        tasks += unit.worklist.give(lead_ids[start : start + BATCH], new)
    for lead_id in lead_ids:
        note(unit, action="reassigned", because=f"from {old} to {new}", actor=actor, at=now, lead_id=lead_id)
    return len(lead_ids), tasks


def known_owner(owner: str, office: Office) -> None:
    """UnknownOwner where the settings have owners and this is none of them."""
    if office.colleagues and owner not in office.colleagues:
        raise UnknownOwner(owner, office.colleagues)
