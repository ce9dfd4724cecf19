"""Merges two records of one person."""

from datetime import datetime

from touches.engine.stopping import pause, stop
from touches.errors import Refused
from touches.model.cadence import Enrollment
from touches.model.care import CareState
from touches.model.people import Lead
from touches.model.states import IN_HAND, EnrollmentState, TouchState
from touches.people.address_hashes import address_hash, follow_names
from touches.people.opt_out import carry_over
from touches.people.told import Told
from touches.store.events import Event
from touches.store.imports import Imports
from touches.store.merging import Merging
from touches.store.personal_news import move_personal_news
from touches.store.touches import Move
from touches.store.units import Unit
from touches.tokens import Signer


def merge_leads(unit: Unit, signer: Signer, gone: Lead, kept: Lead, *, actor: str, at: datetime) -> None:
    """Everything of `gone` becomes `kept`'s: addresses, activities, enrollments, touches, ledger, promises, complaints,
    conversations. `gone`'s external id means `kept` from now on. Where both run in a policy, the older goes on, paused
    if either was; who died as either is dead.

    Raises Refused for one and the same lead, or one that is merged or erased already.
    """
    _require_two(gone, kept)
    merging = Merging(unit.connection)
    because = f"merged: {gone.key} is {kept.key}"
    stopping = unit.enrollments.by_ids(merging.clashing_enrollments(gone.id, kept.id))
    stop(unit, list(stopping.values()), because=because, actor=actor, at=at)
    _stay_paused(unit, [gone.id, kept.id], list(stopping.values()), actor=actor, at=at)
    _give_back(unit, merging.clashing_reservations(gone.id, kept.id), because=because, at=at)
    _close_second_conversation(unit, gone.id, kept.id, at)
    merging.move(gone.id, kept.id, at=at)
    move_personal_news(unit.connection, gone.id, kept.id, at=at)
    _keep_closed(unit, signer, gone, kept.id)
    carry_over(unit, [kept.id], at=at)
    dead = kept.dead or gone.dead
    if dead:
        unit.leads.update(kept.id, dead=dead)
        stop(unit, unit.enrollments.of_leads([kept.id], running=True)[kept.id], because=dead, actor=actor, at=at)
    _know_rows(unit, gone, kept)
    merging.close(gone.id, kept.id, because=f"merged into #{kept.id}", at=at)
    unit.events.add([Event(at=at, action="merged", because=because, actor=actor, lead_id=kept.id)])


def _stay_paused(unit: Unit, lead_ids: list[int], stopped: list[Enrollment], *, actor: str, at: datetime) -> None:
    """What waited as the younger of two waits as the older."""
    paused = {one.policy: one for one in stopped if one.state is EnrollmentState.PAUSED}
    if not paused:
        return
    running = unit.enrollments.of_leads(lead_ids, running=True)
    for one in (each for found in running.values() for each in found if each.policy in paused):
        waited = paused[one.policy]
        pause(unit, [one], because=waited.reason, actor=actor, at=at, until=waited.paused_until)


def _keep_closed(unit: Unit, signer: Signer, gone: Lead, kept_id: int) -> None:
    """What was closed at streets under either name is closed under the one that is left."""
    kept = unit.leads.by_ids([kept_id])[kept_id]
    for point in gone.points:
        hashed = address_hash(signer, point.kind, point.address, kept.full_name)
        if hashed != point.address_hash:
            unit.suppressions.copy(point.address_hash, hashed)
    follow_names(unit, signer, [kept_id])


def _know_rows(unit: Unit, gone: Lead, kept: Lead) -> None:
    """Rows without an id that were about `gone` are now about `kept`, and settled; those with one find `gone` by it."""
    imports = Imports(unit.connection)
    rows = imports.raw_leads([gone.id, kept.id])
    mine, others = Told.of(rows[kept.id]["digest"]), Told.of(rows[gone.id]["digest"])
    both = Told(rows=[*others.rows, *mine.rows], before=[*others.before, *mine.before])
    imports.remember_digests([(both.text, kept.id)])


def _require_two(gone: Lead, kept: Lead) -> None:
    if gone.id == kept.id:
        raise Refused(f'"{gone.key}" is the same lead twice.', hint="Name the two records that are to become one.")
    for lead in (gone, kept):
        if lead.dead.startswith("merged") or lead.dead == "erased":
            raise Refused(f'The lead "#{lead.id}" is {lead.dead}; it cannot be merged.')


def _give_back(unit: Unit, touch_ids: list[int], *, because: str, at: datetime) -> None:
    """Touches in hand that would tell something twice are decided anew."""
    touches = [touch for touch in unit.touches.by_ids(touch_ids).values() if touch.state in IN_HAND]
    moves = [
        Move(
            touch_id=touch.id,
            old=touch.state,
            new=TouchState.PLANNED,
            lease=touch.lease_owner,
            values={"reason": because, "due_at": touch.due_at or at, "news": "", "news_class": ""},
        )
        for touch in touches
    ]
    unit.touches.move(moves)


def _close_second_conversation(unit: Unit, gone: int, kept: int, at: datetime) -> None:
    """At most one is open for a lead: the older one goes on."""
    both = sorted(unit.conversations.open([gone, kept]), key=lambda each: each.opened_at)
    for conversation in both[1:]:
        unit.conversations.update(conversation.id, state=CareState.CLOSED.value, closed_at=at)
