"""What the first page of the dashboard shows, gathered in one consistent view of the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from touches.care.complaint_clock import is_late
from touches.care.promise_clock import is_overdue
from touches.care.tasks import Task
from touches.care.worklist import tasks_of_today
from touches.engine.office import Office
from touches.model.care import CareState, Complaint, Promise
from touches.model.states import TouchState
from touches.store.dashboard import Dashboard, DomainFigures, FunnelStage, Load, Starving
from touches.store.units import Unit
from touches.time.local import local_date, local_instant

MONTH = timedelta(days=30)
QUARTER = timedelta(days=90)
AGES = ((timedelta(days=1), "under a day"), (timedelta(days=3), "1–3 days"), (timedelta(days=7), "3–7 days"))
OLDEST = "over a week"
STAGES_AT_MOST = 12
DOMAINS_AT_MOST = 100
SHOWN_KINDS = frozenset({"call", "meeting", "promise", "complaint"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How many are of an age, and how many of those are late."""

    label: str
    count: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What stands on one person's list today."""

    owner: str
    calls: int
    promises: int
    complaints: int
    others: int

    @property
    def total(self) -> int:
        """Everything on the list."""
        return self.calls + self.promises + self.complaints + self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """What changes slowly, and costs a walk over the touches of months."""

    days: Sequence[tuple[date, int]]
    funnel: Sequence[FunnelStage]
    domains: Sequence[DomainFigures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of one moment."""

    at: datetime
    stopped: str
    load: Sequence[Load]
    starving: Sequence[Starving]
    in_doubt: int
    quarantined: int
    to_review: int
    promises: Sequence[Age]
    complaints: Sequence[Age]
    desks: Sequence[Desk]

    @property
    def left(self) -> int:
        """Touches that left today."""
        return sum(one.left for one in self.load)

    @property
    def waiting(self) -> int:
        """Touches that are yet to leave today."""
        return sum(one.waiting for one in self.load)

    @property
    def listed(self) -> int:
        """Calls and meetings on people's lists."""
        return sum(one.listed for one in self.load)


def trends_of(unit: Unit, office: Office, now: datetime) -> Trends:
    """The last month by day and domain, the last quarter by touch number."""
    zone_name = office.house.timezone
    board = Dashboard(unit.connection)
    return Trends(
        days=_days(board, local_date(now, zone_name), zone_name),
        funnel=board.funnel(since=now - QUARTER)[:STAGES_AT_MOST],
        domains=board.deliverability(since=now - MONTH, limit=DOMAINS_AT_MOST),
    )


def overview_of(unit: Unit, office: Office, now: datetime) -> Overview:
    """What is to be done, and what is the matter."""
    zone_name = office.house.timezone
    today = local_date(now, zone_name)
    start = local_instant(today, time(), zone_name)
    board = Dashboard(unit.connection)
    counts = unit.vitals.counts()
    return Overview(
        at=now,
        stopped=unit.switches.stopped(),
        load=board.load(start=start, end=local_instant(today + timedelta(days=1), time(), zone_name)),
        starving=board.starving(),
        in_doubt=counts.get(TouchState.IN_DOUBT, 0),
        quarantined=counts.get(TouchState.QUARANTINED, 0),
        to_review=len(unit.inbound.to_review()),
        promises=promise_ages(unit.promises.running(), now),
        complaints=complaint_ages(unit.complaints.unsettled(), now),
        desks=desks_of(tasks_of_today(unit, office)),
    )


def _days(board: Dashboard, today: date, zone_name: str) -> list[tuple[date, int]]:
    first = today - MONTH + timedelta(days=1)
    counted: Counter[date] = Counter()
    for hour, count in board.hours(since=local_instant(first, time(), zone_name)):
        counted[local_date(hour, zone_name)] += count
    return [(first + timedelta(days=number), counted[first + timedelta(days=number)]) for number in range(MONTH.days)]


def promise_ages(promises: Sequence[Promise], now: datetime) -> list[Age]:
    """Running promises by how long ago they were made."""
    return ages([(now - one.made_at, is_overdue(one, now)) for one in promises if one.parent_id is None])


def complaint_ages(complaints: Sequence[Complaint], now: datetime) -> list[Age]:
    """Open complaints by how long they have been open."""
    return ages([(now - one.opened_at, is_late(one, now)) for one in complaints if one.state is CareState.OPEN])


def ages(cases: Sequence[tuple[timedelta, bool]]) -> list[Age]:
    """Always the same rows, the youngest first."""
    found = {label: [0, 0] for label in (*(label for _, label in AGES), OLDEST)}
    for age, late in cases:
        label = next((name for limit, name in AGES if age < limit), OLDEST)
        found[label][0] += 1
        found[label][1] += late
    return [Age(label=label, count=count, late=late) for label, (count, late) in found.items()]


def desks_of(tasks: Sequence[Task]) -> list[Desk]:
    """The day's tasks by person, the fullest list first."""
    kinds: dict[str, Counter[str]] = {}
    for task in tasks:
        kinds.setdefault(task.owner, Counter())[str(task.kind)] += 1
    desks = [
        Desk(
            owner=owner,
            calls=found["call"] + found["meeting"],
            promises=found["promise"],
            complaints=found["complaint"],
            others=sum(count for kind, count in found.items() if kind not in SHOWN_KINDS),
        )
        for owner, found in kinds.items()
    ]
    return sorted(desks, key=lambda desk: (-desk.total, desk.owner))
