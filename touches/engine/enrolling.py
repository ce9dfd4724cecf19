"""Enrolls leads, by hand or by a trigger, and says for each one that is not taken why."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from policies.schema import Policy
from policies.schema.words import PauseOn
from touches.engine.library import Library
from touches.engine.office import Office
from touches.engine.planner import plan_enrollments
from touches.engine.stopping import pause
from touches.errors import UnknownPolicy
from touches.model.care import BROKEN_PROMISE, COMPLAINT
from touches.model.people import Lead
from touches.planning.entry import Admission, admission, takes
from touches.planning.facts import facts_of
from touches.store.events import Event
from touches.store.units import Unit

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of one lead: `code` is `enrolled` or the reason why not."""

    lead_id: int
    lead: str
    policy: str
    code: str
    because: str
    enrollment_id: int | None = None


def enroll(
    office: Office,
    policy: str,
    lead_ids: Iterable[int],
    *,
    by: str,
    excluded: Collection[int] = (),
    dry_run: bool = False,
) -> Iterator[Entry]:
    """Enroll leads in batches, one transaction each; an entry for every lead, in order.

    Raises UnknownPolicy when no version of it is published.
    """
    for batch in batches(lead_ids, BATCH):
        if dry_run:
            with office.store.read() as unit:
                entries = _take(unit, office, policy, batch, by=by, excluded=excluded, dry_run=True)
        else:
            with office.store.write() as unit:
                entries = _take(unit, office, policy, batch, by=by, excluded=excluded)
        yield from entries


def enroll_by_rules(
    office: Office, lead_ids: Iterable[int], *, by: str, excluded: Collection[int] = (), dry_run: bool = False
) -> Iterator[Entry]:
    """Enroll leads in every policy whose `new_lead` trigger concerns them; an entry also for whom none does."""
    for batch in batches(lead_ids, BATCH):
        with office.store.read() as unit:
            office.library.refresh(unit)
            leads = unit.leads.by_ids(batch)
            current = [current_policy(unit, office.library, name)[0] for name in sorted(office.library.current)]
        now = office.clock.now()
        placed: set[int] = set()
        for policy in sorted(current, key=lambda policy: (-policy.priority, policy.policy)):
            wanted = [one for one, lead in leads.items() if takes(policy, "new_lead", facts_of(lead, now))]
            placed.update(wanted)
            yield from enroll(office, policy.policy, wanted, by=by, excluded=excluded, dry_run=dry_run)
        for lead_id in batch:
            if lead_id not in placed:
                because = "no policy has a new_lead trigger that concerns this lead: name one with --policy"
                yield Entry(lead_id=lead_id, lead=leads[lead_id].key, policy="", code="no_policy", because=because)


def batches(items: Iterable[int], size: int) -> Iterator[list[int]]:
    """Lists of up to `size` items, in order, each item once."""
    part: list[int] = []
    seen: set[int] = set()
    for item in items:
        if item in seen:
            continue
        seen.add(item)
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def _take(
    unit: Unit,
    office: Office,
    policy_name: str,
    lead_ids: Sequence[int],
    *,
    by: str,
    excluded: Collection[int] = (),
    trigger: str = "",
    dry_run: bool = False,
) -> list[Entry]:
    office.library.refresh(unit)
    policy, version = current_policy(unit, office.library, policy_name)
    now = office.clock.now()
    leads = unit.leads.by_ids(lead_ids)
    running = unit.enrollments.of_leads(lead_ids)
    verdicts = {
        one: admission(leads[one], policy, running[one], office.house, now=now, excluded=excluded, trigger=trigger)
        for one in lead_ids
    }
    admitted = {one: verdict for one, verdict in verdicts.items() if verdict.admitted and not dry_run}
    entered = _enter(unit, admitted, policy, version, by=by, trigger=trigger, now=now)
    _hold_back(unit, policy, leads, list(entered.values()), now)
    plan_enrollments(unit, office.library, office.house, list(entered.values()), now=now)
    return [
        Entry(
            lead_id=lead_id,
            lead=leads[lead_id].key,
            policy=policy_name,
            code=verdict.code,
            because=verdict.because,
            enrollment_id=entered.get(lead_id),
        )
        for lead_id, verdict in verdicts.items()
    ]


def _enter(
    unit: Unit,
    admitted: Mapping[int, Admission],
    policy: Policy,
    version: int,
    *,
    by: str,
    trigger: str,
    now: datetime,
) -> dict[int, int]:
    """The enrollments of the leads that are admitted, by lead."""
    entered = unit.enrollments.add(
        lead_ids=list(admitted),
        policy=policy.policy,
        version=version,
        priority=policy.priority,
        at=now,
        by=by,
        trigger=trigger,
    )
    unit.events.add(
        Event(
            at=now,
            action="enrolled",
            because=verdict.because,
            actor=by,
            lead_id=lead_id,
            enrollment_id=entered[lead_id],
            data={"policy": policy.policy, "version": version},
        )
        for lead_id, verdict in admitted.items()
    )
    return entered


def _hold_back(unit: Unit, policy: Policy, leads: Mapping[int, Lead], entered: Sequence[int], now: datetime) -> None:
    """Whoever complains, works where somebody does, or was let down, comes in and waits: nothing leaves in between."""
    if not entered:
        return
    frozen = unit.complaints.frozen(leads.values())
    minds = PauseOn.BROKEN_PROMISE in policy.pause_on
    let_down = unit.promises.let_down(leads, now=now) - frozen if minds else frozenset()
    if frozen or let_down:
        entries = unit.enrollments.by_ids(entered).values()
        for because, held in ((COMPLAINT, frozen), (BROKEN_PROMISE, let_down)):
            pause(unit, [one for one in entries if one.lead_id in held], because=because, actor="engine", at=now)


def current_policy(unit: Unit, library: Library, name: str) -> tuple[Policy, int]:
    """The policy that new enrollments get, and its number; UnknownPolicy when none is published."""
    number = library.current.get(name)
    if number is None:
        raise UnknownPolicy(name, library.current)
    return library.policy(unit, name, number)[0], number


def enroll_by_trigger(unit: Unit, office: Office, kind: str, lead_ids: Sequence[int]) -> list[Entry]:
    """Enroll those whom a trigger of this kind takes, in every policy that has one, higher priority first."""
    entries: list[Entry] = []
    now = office.clock.now()
    leads = unit.leads.by_ids(lead_ids)
    current = [current_policy(unit, office.library, name)[0] for name in sorted(office.library.current)]
    for policy in sorted(current, key=lambda policy: (-policy.priority, policy.policy)):
        wanted = [lead_id for lead_id, lead in leads.items() if takes(policy, kind, facts_of(lead, now))]
        if wanted:
            entries += _take(unit, office, policy.policy, wanted, by="engine", trigger=kind)
    return [entry for entry in entries if entry.enrollment_id is not None]


def enroll_candidates(unit: Unit, office: Office, policy: str, lead_ids: Sequence[int], *, trigger: str) -> list[Entry]:
    """Enroll leads that a trigger has found by itself (a silence); the entries of those who were taken."""
    entries = _take(unit, office, policy, lead_ids, by="engine", trigger=trigger)
    return [entry for entry in entries if entry.enrollment_id is not None]


def run_new_lead_triggers(office: Office, *, limit: int = BATCH) -> int:
    """Ask `new_lead` about leads that came in since; how many enrollments were made."""
    made = 0
    while True:
        with office.store.write() as unit:
            office.library.refresh(unit)
            lead_ids = unit.leads.untriggered(limit=limit) if _has_trigger(unit, office, "new_lead") else []
            if not lead_ids:
                return made
            made += len(enroll_by_trigger(unit, office, "new_lead", lead_ids))
            unit.leads.update_many(lead_ids, triggered_at=office.clock.now())


def _has_trigger(unit: Unit, office: Office, kind: str) -> bool:
    """Leads that came before the first policy that wants them are new to it all the same."""
    current = (current_policy(unit, office.library, name)[0] for name in office.library.current)
    return any(rule.kind == kind for policy in current for rule in policy.enroll_when)
