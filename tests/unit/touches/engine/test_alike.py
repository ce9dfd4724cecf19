"""What is decided once for many is what would be decided for each."""

import gc
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.schema import Policy
from policies.times import parse_date_range
from tests.factories import make_enrollment, make_item, make_lead, make_past, make_point, make_policy, make_touch
from touches.engine.departures import Departures
from touches.engine.gathering import Gathered
from touches.engine.library import Library
from touches.engine.plans import plans_of
from touches.model.cadence import Enrollment, LedgerEntry, PastTouch, Touch
from touches.model.people import Company, ContactPoint, Lead, PointKind
from touches.model.states import EnrollmentState, LedgerStatus, Phase, TouchState
from touches.planning.departure import Depart, departure
from touches.planning.house import House
from touches.planning.news_choice import Pool
from touches.planning.next_touch import PlanTouch, next_touch
from touches.store.planned_touches import planned_rows, shared_values
from touches.store.units import Unit

NOW = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)  # a Wednesday
COMMON = """
touches:
  - {id: a, day: 0, channel: email, news: any, ask: Reply.}
  - {id: b, day: 3, channel: [preferred, email], news: any, ask: Reply.}
  - {id: c, day: 6, at: "10:30", channel: [sms, email], news: {kind: price}, ask: Reply.}
  - {id: d, after: 2 days, channel: email, news: any, ask: Reply.}
"""
POLICIES = tuple(
    make_policy(f"policy: follow\n{head}{COMMON}")
    for head in (
        "",
        "caps: {per_lead: 2 per week, per_company: 2 per day}\n",
        "caps: {per_lead: 1 per calendar month, per_channel: {email: 3 per year}}\nholidays: ignore\n",
        "hours: {email: {days: mon-sun, from: '00:00', until: '23:59'}}\n",
        "channel_rules: [{when: {age: '> 50', segment: cafe}, use: sms, because: they asked}]\n",
    )
)
POOL = Pool(
    items=(
        make_item("welcome"),
        make_item("cheap", kind="price", conditions={"segment": "cafe"}),
        make_item("grown", kind="price", conditions={"age": "> 40"}, valid="2026-01-01..2026-11-20"),
        make_item("mine", only_lead=3),
        make_item("later", needs=("welcome",), valid=str(parse_date_range("2026-11-06..2026-12-31"))),
    )
)
KINDS = {item.id: item.kind for item in POOL.items}
HOUSES = tuple(
    House(timezone="Europe/Helsinki", country="FI", min_gap=gap, enforce=enforce, channels=frozenset(channels))
    for gap in (None, timedelta(hours=20), timedelta(days=4))
    for enforce in (frozenset[str](), frozenset({"DE"}))
    for channels in ({"email", "sms"}, {"email"})
)


class Shelf(Library):
    """A library of given versions."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self.pool = POOL
        self._policy = policy

    def policy(self, _unit: Unit, _name: str, _number: int) -> tuple[Policy, Mapping[str, Any]]:
        return self._policy, {"step:b": 7, "file": "follow.yaml"}


UNIT: Any = None
instants = st.sampled_from(
    [NOW - timedelta(days=days, hours=hours) for days in (0, 1, 2, 6, 40) for hours in (0, 1, 13)]
)
some_points = st.lists(
    st.builds(
        lambda number, kind, broken, out, zone: make_point(
            kind,
            f"{number}@x.test" if kind is PointKind.EMAIL else f"+35840{number:06}",
            id=number,
            broken=broken,
            opted_out=frozenset(out),
            timezone=zone,
        ),
        number=st.integers(1, 5),
        kind=st.sampled_from([PointKind.EMAIL, PointKind.EMAIL, PointKind.PHONE]),
        broken=st.sampled_from(["", "", "bounced"]),
        out=st.sampled_from([(), (), ("email",), ("all",)]),
        zone=st.sampled_from(["", "", "America/New_York"]),
    ),
    max_size=3,
    unique_by=lambda point: point.id,
)


@st.composite
def leads(draw: st.DrawFn, lead_id: int) -> Lead:
    points: list[ContactPoint] = sorted(draw(some_points), key=lambda point: point.id)
    changes = {
        "country": draw(st.sampled_from(["FI", "FI", "DE", "US", ""])),
        "timezone": draw(st.sampled_from(["Europe/Helsinki", "Europe/Helsinki", "", "Asia/Kathmandu"])),
        "language": draw(st.sampled_from(["", "fi"])),
        "segment": draw(st.sampled_from(["cafe", "bar"])),
        "preferred_channel": draw(st.sampled_from(["", "email", "sms"])),
        "birth_year": draw(st.sampled_from([None, 1960, 1990])),
        "company": draw(st.sampled_from([None, Company(id=1, name="One"), Company(id=2, name="Two")])),
        "dead": draw(st.sampled_from(["", "", "", "", "died"])),
        "paused_until": draw(st.sampled_from([None, None, None, NOW + timedelta(days=1)])),
        "bought_at": draw(st.sampled_from([None, None, NOW])),
        "owner": draw(st.sampled_from(["ann", "bob"])),
    }
    lead = make_lead(id=lead_id, **changes)
    return replace(lead, points=tuple(points))


@st.composite
def histories(draw: st.DrawFn, lead_id: int) -> list[PastTouch]:
    states = st.sampled_from([TouchState.SENT, TouchState.SENT, TouchState.COMMITTING, TouchState.FAILED])
    past = []
    for number, step in enumerate("abcd"[: draw(st.integers(0, 3))], start=1):
        state, at = draw(states), draw(instants)
        reached = at if state is TouchState.SENT else None
        ended = at if state is not TouchState.COMMITTING else None
        changes = {"channel": draw(st.sampled_from(["email", "sms"])), "enrollment_id": lead_id, "number": number}
        past.append(make_past(step, at, state=state, handed_over_at=reached, finished_at=ended, **changes))
    if draw(st.booleans()):
        past.append(make_past("old", draw(instants), enrollment_id=None))
    return past


@st.composite
def batches(draw: st.DrawFn) -> Gathered:
    """Leads that look alike more often than not: else nothing would be remembered."""
    looks = [draw(leads(0)) for _ in range(2)]
    past = draw(histories(0))
    pasts = [past, [_earlier(one) for one in past], draw(histories(0))]
    entries = [draw(enrollments(0)) for _ in range(2)]
    heard = [draw(st.sets(st.sampled_from(["welcome", "cheap"]), max_size=2)) for _ in range(2)]
    ids = range(1, 9)
    return Gathered(
        leads={number: _named(draw(st.sampled_from(looks)), number) for number in ids},
        enrollments={number: replace(draw(st.sampled_from(entries)), id=number, lead_id=number) for number in ids},
        history={number: _owned(draw(st.sampled_from(pasts)), number) for number in ids},
        told={number: _told(draw(st.sampled_from(heard)), number, draw(instants)) for number in ids},
        colleagues={1: {9: NOW - timedelta(hours=1)}, 2: {}},
        kinds=KINDS,
    )


def _earlier(one: PastTouch) -> PastTouch:
    at = one.handed_over_at
    return replace(one, handed_over_at=at and at - timedelta(days=20))


def _named(look: Lead, lead_id: int) -> Lead:
    points = [replace(point, id=10 * lead_id + point.id, address=f"{lead_id}{point.address}") for point in look.points]
    return replace(look, id=lead_id, points=tuple(points))


def _owned(past: list[PastTouch], enrollment_id: int) -> list[PastTouch]:
    return [replace(one, enrollment_id=enrollment_id) if one.enrollment_id == 0 else one for one in past]


def _told(names: set[str], lead_id: int, at: datetime) -> dict[str, LedgerEntry]:
    told = LedgerStatus.TOLD
    return {
        name: LedgerEntry(lead_id=lead_id, news_class=name, news=name, status=told, touch_id=1, at=at) for name in names
    }


@st.composite
def enrollments(draw: st.DrawFn, lead_id: int) -> Enrollment:
    active, paused = EnrollmentState.ACTIVE, EnrollmentState.PAUSED
    return make_enrollment(
        id=lead_id,
        lead_id=lead_id,
        entered_at=draw(instants),
        shift=draw(st.sampled_from([0, 0, 86_400, 5])),
        state=draw(st.sampled_from([active, active, active, paused])),
        phase=draw(st.sampled_from([Phase.STEPS, Phase.STEPS, Phase.STEPS, Phase.THEN])),
    )


@st.composite
def claimed(draw: st.DrawFn, lead_id: int) -> Touch:
    return make_touch(
        id=lead_id,
        lead_id=lead_id,
        enrollment_id=lead_id,
        step=draw(st.sampled_from(["a", "a", "a", "b", "c", "gone"])),
        channel=draw(st.sampled_from(["email", "email", "sms"])),
        due_at=draw(instants),
        latest_at=draw(st.sampled_from([None, NOW, NOW - timedelta(hours=1)])),
    )


@settings(max_examples=300, deadline=None)
@given(
    batch=batches(),
    house=st.sampled_from(HOUSES),
    policy=st.sampled_from(POLICIES),
    data=st.data(),
)
def test_a_remembered_decision_is_the_plain_one(
    batch: Gathered, house: House, policy: Policy, data: st.DataObject
) -> None:
    library = Shelf(policy)
    departures = Departures(batch, house, library, UNIT, NOW)

    for touch in [data.draw(claimed(lead_id)) for lead_id in batch.leads]:
        plain = departure(touch, batch.situation_of(touch, library, UNIT), house, POOL, NOW)
        assert departures.of(touch) == plain


@settings(max_examples=300, deadline=None)
@given(
    batch=batches(),
    house=st.sampled_from(HOUSES),
    policy=st.sampled_from(POLICIES),
    moments=st.lists(st.integers(0, 7 * 86_400), min_size=7, max_size=7),
)
def test_a_remembered_plan_is_the_plain_one(batch: Gathered, house: House, policy: Policy, moments: list[int]) -> None:
    library = Shelf(policy)
    for lead_id, seconds in zip(batch.leads, sorted(moments), strict=False):
        now = NOW + timedelta(seconds=seconds)
        form = plans_of(batch, house, library, UNIT).form_of(lead_id, batch, UNIT, now)
        if form is None:
            continue
        plain = next_touch(batch.situation(lead_id, library, UNIT), house, POOL, now)
        assert isinstance(plain, PlanTouch)
        lead = batch.leads[lead_id]
        point = lead.points[form.place]
        own = (lead_id, lead.id, point.id, point.address, lead.owner)
        [((*row, _, finished), because)] = planned_rows([plain.draft], (), now)
        assert (*own, *form.values.columns) == tuple(row)
        assert form.values.because == because
        assert finished is None
        assert form.values == shared_values(plain.draft)
        assert plain.phase is Phase.STEPS


def test_most_of_a_plain_batch_is_decided_once() -> None:
    """Nothing is proven where nothing is ever remembered."""
    people = {number: make_lead(make_point(PointKind.EMAIL, f"{number}@x.test"), id=number) for number in range(11, 19)}
    batch = Gathered(
        leads=people,
        enrollments={number: make_enrollment(id=number, lead_id=number) for number in people},
        history={number: [] for number in people},
        told={},
        colleagues={},
        kinds=KINDS,
    )
    library = Shelf(POLICIES[1])
    departures = Departures(batch, HOUSES[0], library, UNIT, NOW)
    verdicts = [departures.of(make_touch(id=number, lead_id=number, enrollment_id=number)) for number in people]

    assert all(isinstance(verdict, Depart) for verdict in verdicts)
    assert len({id(verdict.because) for verdict in verdicts if isinstance(verdict, Depart)}) == 1
    batch.history = {number: [make_past("a", NOW, enrollment_id=number)] for number in people}
    plans = plans_of(batch, HOUSES[0], library, UNIT)
    forms = [plans.form_of(number, batch, UNIT, NOW) for number in people]
    assert forms[0] is not None
    assert len({id(form) for form in forms}) == 1


def test_a_cap_that_is_reached_is_seen_for_the_one_lead_alone() -> None:
    people = {number: make_lead(make_point(PointKind.EMAIL, f"{number}@x.test"), id=number) for number in (11, 12)}
    times = {11: NOW - timedelta(days=40), 12: NOW - timedelta(days=2)}
    batch = Gathered(
        leads=people,
        enrollments={number: make_enrollment(id=number, lead_id=number) for number in people},
        history={number: [make_past("a", at, enrollment_id=number)] for number, at in times.items()},
        told={},
        colleagues={},
        kinds=KINDS,
    )
    departures = Departures(batch, HOUSES[0], Shelf(POLICIES[2]), UNIT, NOW)
    first, second = (departures.of(make_touch(id=one, lead_id=one, enrollment_id=one, step="b")) for one in people)

    assert isinstance(first, Depart)
    assert not isinstance(second, Depart)


def test_a_batch_is_forgotten_with_its_last_touch() -> None:
    """Without waiting for the collector, which comes seldom."""
    people = {11: make_lead(make_point(PointKind.EMAIL, "11@x.test"), id=11)}
    batch = Gathered(
        leads=people,
        enrollments={11: make_enrollment(id=11, lead_id=11)},
        history={11: [make_past("a", NOW, enrollment_id=11)]},
        told={},
        colleagues={},
        kinds=KINDS,
    )
    plans = plans_of(batch, HOUSES[0], Shelf(POLICIES[1]), UNIT)
    assert plans.form_of(11, batch, UNIT, NOW) is not None

    assert all(one is not batch for one in gc.get_referents(plans, *vars(plans).values()))
