"""The chore: works out anew for who bought since, and acts on the instants that have come. Nothing is scanned twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from hashlib import blake2b

from touches.engine.enrolling import enroll_candidates
from touches.engine.office import Office
from touches.lapse.rhythm import Limit, limit_after
from touches.lapse.rules import Watched, watched_rules, wins_back
from touches.model.people import Lead
from touches.planning.facts import facts_of
from touches.planning.house import closed_for, zones_of
from touches.store.lapses import NEVER, Buyer, Lapses
from touches.store.notices import Notice
from touches.store.types import from_micros
from touches.store.units import Unit
from touches.time.closed import HolidayCalendar

CHUNK = 20_000  # customers worked out in one transaction
BATCH = 500
SEEN = "lapse/seen"  # the newest activity that was looked at
RULES = "lapse/rules"  # the rules that are watched, by name
COLD = "lapse/cold/"  # how far new rules have come through all customers
# Without a look at addresses the zone is a guess: watch early enough for every zone, then decide exactly.
EARLY = timedelta(hours=26)


def detect_lapses(office: Office) -> int:
    """Enroll those who have gone quiet, warn the owners of those who are about to; how many were enrolled."""
    with office.store.write() as unit:
        office.library.refresh(unit)
        rules = list(watched_rules(unit, office.library))
        _drop_old_rules(unit, rules, office.clock.now())
    if not rules:
        return 0
    _learn(office, rules)
    _catch_up(office, rules)
    return sum(_act(office, rule) for rule in rules)


def _drop_old_rules(unit: Unit, rules: Sequence[Watched], now: datetime) -> None:
    """A rule that changed is a new one: what was watched for the old one is let go."""
    names = {rule.name for rule in rules}
    known = set(unit.switches.get(RULES).split())
    for name in known - names:
        for each in (name, f"{name}/warn"):
            Lapses(unit.connection).forget(each)
    if known - names:
        unit.switches.set(RULES, " ".join(sorted(known & names)), at=now)


def _learn(office: Office, rules: Sequence[Watched]) -> None:
    """New rules from cold: every customer once, for all of them. Until it is done they are not among those watched."""
    with office.store.read() as unit:
        watched = set(unit.switches.get(RULES).split())
        newest = Lapses(unit.connection).newest_activity()
    new = [rule for rule in rules if rule.name not in watched]
    progress = COLD + blake2b(" ".join(rule.name for rule in new).encode(), digest_size=6).hexdigest()
    learning = bool(new)
    while learning:
        with office.store.write() as unit:
            now = office.clock.now()
            buyers = Lapses(unit.connection).buyers(after=int(unit.switches.get(progress) or 0), limit=CHUNK)
            for rule in new:
                _watch(unit, office, rule, buyers, fresh=True)
            learning = bool(buyers)
            unit.switches.set(progress, str(buyers[-1].lead_id) if buyers else "", at=now)
            if not learning:
                names = {*unit.switches.get(RULES).split(), *(rule.name for rule in new)}
                unit.switches.set(RULES, " ".join(sorted(names)), at=now)
                if not unit.switches.get(SEEN):
                    unit.switches.set(SEEN, str(newest), at=now)


def _catch_up(office: Office, rules: Sequence[Watched]) -> None:
    """Who bought since the last look is armed again."""
    with office.store.write() as unit:
        lapses = Lapses(unit.connection)
        seen, newest = int(unit.switches.get(SEEN) or 0), lapses.newest_activity()
        if newest <= seen:
            return
        lead_ids = lapses.bought_since(seen)
        for start in range(0, len(lead_ids), BATCH):
            buyers = lapses.buyers(lead_ids=lead_ids[start : start + BATCH])
            for rule in rules:
                _watch(unit, office, rule, buyers, fresh=False)
        unit.switches.set(SEEN, str(newest), at=office.clock.now())


def _watch(unit: Unit, office: Office, rule: Watched, buyers: Iterable[Buyer], *, fresh: bool) -> None:
    closed = _calendar(rule, office)
    lapses = Lapses(unit.connection)
    concerns = lru_cache(maxsize=4096)(partial(_concerns, rule))
    instants, warnings, gone = [], [], []
    for buyer in buyers:
        concerned = buyer.alive and concerns(buyer.segment, buyer.country, buyer.language)
        zone_name = buyer.timezone or office.house.timezone
        limit = limit_after(rule.rule, buyer.purchases(), zone_name, closed) if concerned else None
        if limit is None:
            gone.append(buyer.lead_id)
            continue
        instants.append((buyer.lead_id, limit.at - EARLY))
        if limit.warn_at is not None:
            warnings.append((buyer.lead_id, limit.warn_at - EARLY))
    lapses.watch(rule.name, instants)
    lapses.watch(rule.warning_name, warnings)
    if gone and not fresh:
        lapses.unwatch(rule.name, gone)


def _concerns(rule: Watched, segment: str, country: str, language: str) -> bool:
    return rule.narrowed.concerns({"segment": segment, "country": country, "language": language})


def _calendar(rule: Watched, office: Office) -> HolidayCalendar | None:
    """When our own business is closed: the house's holidays and own days, wherever the customer lives."""
    return closed_for(rule.policy, Lead(id=0), office.house)


def _act(office: Office, rule: Watched) -> int:
    enrolled = 0
    for name, act in ((rule.warning_name, _warn), (rule.name, _enroll)):
        while True:
            with office.store.write() as unit:
                now = office.clock.now()
                due = Lapses(unit.connection).due(name, now, limit=BATCH)
                if not due:
                    break
                enrolled += act(unit, office, rule, due, now)
    return enrolled


def _exact(
    unit: Unit, office: Office, rule: Watched, lead_ids: Sequence[int]
) -> list[tuple[Lead, Limit | None, datetime]]:
    """Each lead with the limit by their own zone and the last purchase."""
    leads = unit.leads.by_ids(lead_ids)
    buyers = {buyer.lead_id: buyer for buyer in Lapses(unit.connection).buyers(lead_ids=lead_ids)}
    closed, now = _calendar(rule, office), office.clock.now()
    found: list[tuple[Lead, Limit | None, datetime]] = []
    for lead_id in lead_ids:
        lead, buyer = leads.get(lead_id), buyers.get(lead_id)
        if lead is None or buyer is None or not buyer.alive or not rule.rule.concerns(facts_of(lead, now)):
            found.append((lead or Lead(id=lead_id), None, now))
            continue
        purchases = buyer.purchases()
        limit = limit_after(rule.rule, purchases, zones_of(lead, None, office.house).main, closed)
        found.append((lead, limit, from_micros(purchases[-1])))
    return found


def _enroll(unit: Unit, office: Office, rule: Watched, lead_ids: Sequence[int], now: datetime) -> int:
    again: list[tuple[int, datetime]] = []
    wanted: list[int] = []
    for lead, limit, _ in _exact(unit, office, rule, lead_ids):
        if limit is not None and limit.at > now:
            again.append((lead.id, limit.at))
            continue
        again.append((lead.id, NEVER))
        if limit is not None and not lead.dead:
            wanted.append(lead.id)
    Lapses(unit.connection).watch(rule.name, again)
    free = _not_being_won_back(unit, office, wanted)
    return len(enroll_candidates(unit, office, rule.policy.policy, free, trigger=rule.kind)) if free else 0


def _not_being_won_back(unit: Unit, office: Office, lead_ids: Sequence[int]) -> list[int]:
    running = unit.enrollments.of_leads(lead_ids, running=True)
    return [
        lead_id
        for lead_id in lead_ids
        if not any(wins_back(office.library.policy(unit, one.policy, one.version)[0]) for one in running[lead_id])
    ]


def _warn(unit: Unit, office: Office, rule: Watched, lead_ids: Sequence[int], now: datetime) -> int:
    """Tell the owner once for each silence; leads without a known owner are nobody's to warn of."""
    again: list[tuple[int, datetime]] = []
    for lead, limit, last in _exact(unit, office, rule, lead_ids):
        if limit is not None and limit.warn_at is not None and limit.warn_at > now:
            again.append((lead.id, limit.warn_at))
            continue
        again.append((lead.id, NEVER))
        owner = office.colleagues.get(lead.owner)
        if limit is not None and limit.at > now and owner is not None and owner.email and not lead.dead:
            unit.notices.add(_notice(rule, lead, limit, last, owner.email), at=now)
    Lapses(unit.connection).watch(rule.warning_name, again)
    return 0


def _notice(rule: Watched, lead: Lead, limit: Limit, last: datetime, recipient: str) -> Notice:
    name = lead.full_name or lead.key
    return Notice(
        key=f"lapse-warning/{rule.policy.policy}/{lead.id}/{last:%Y%m%dT%H%M%S}",
        purpose="warning",
        recipient=recipient,
        subject=f"{name} has gone quiet",
        body=(
            f"{name} ({lead.key}) last bought on {last:%Y-%m-%d}.\n\n"
            f"On {limit.at:%Y-%m-%d %H:%M} UTC the policy {rule.policy.policy} counts them as gone: {limit.because}. "
            "A word from you before that may be enough."
        ),
    )
