"""Whether a lead may enter a policy, and which leads a trigger takes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from policies.schema import Policy
from policies.schema.words import StopOn
from touches.model.cadence import Enrollment
from touches.model.people import Lead
from touches.model.states import RUNNING
from touches.planning.channel_choice import choose_channel
from touches.planning.house import House, zones_of
from touches.time.local import later


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """May the lead come in? `code` is stable for scripts: enrolled, excluded, dead, suppressed, already_in, customer,
    before, no_channel."""

    admitted: bool
    code: str
    because: str


def admission(
    lead: Lead,
    policy: Policy,
    enrollments: Sequence[Enrollment],
    house: House,
    *,
    now: datetime,
    excluded: Collection[int] = (),
    trigger: str = "",
) -> Admission:
    """Decide for one lead; the first reason against wins. A trigger `purchase` or `lapsed` takes customers."""
    if lead.id in excluded:
        return _no("excluded", "excluded by hand")
    if lead.dead:
        return _no("dead", lead.dead)
    if lead.points and all("all" in point.opted_out for point in lead.points):
        return _no("suppressed", "opted out of everything")
    own = [enrollment for enrollment in enrollments if enrollment.policy == policy.policy]
    if any(enrollment.state in RUNNING for enrollment in own):
        return _no("already_in", f"already in {policy.policy}")
    before = _re_entry(lead, policy, own, house, now)
    if before:
        return _no("before", before)
    if lead.bought_at is not None and _for_buyers_only_before(policy, trigger):
        return _no("customer", "a customer already: this policy ends with a purchase")
    against = _no_way(lead, policy, house, now)
    if against:
        return _no("no_channel", against)
    return Admission(admitted=True, code="enrolled", because=f"trigger {trigger}" if trigger else "by hand")


def _no(code: str, because: str) -> Admission:
    return Admission(admitted=False, code=code, because=because)


def _re_entry(lead: Lead, policy: Policy, own: Sequence[Enrollment], house: House, now: datetime) -> str:
    if not own:
        return ""
    rule = policy.re_enroll
    if not rule.allowed:
        return f"was in {policy.policy} before, and re_enroll is never"
    ended = max((enrollment.ended_at for enrollment in own if enrollment.ended_at is not None), default=None)
    if rule.after is None or ended is None:
        return ""
    free = later(ended, rule.after, zones_of(lead, None, house).main)
    return f"was in {policy.policy} until {ended:%Y-%m-%d}, may come again {rule.after} later" if free > now else ""


def _for_buyers_only_before(policy: Policy, trigger: str) -> bool:
    """A policy for people who have not bought: it takes new leads, and a purchase ends it."""
    kinds = {rule.kind for rule in policy.enroll_when}
    sells_first = StopOn.PURCHASE in policy.stop_on and kinds <= {"new_lead"}
    return sells_first and trigger in {"", "new_lead"}


def _no_way(lead: Lead, policy: Policy, house: House, now: datetime) -> str:
    """Why no step has a way to the lead, with what the law forbids; empty where one has."""
    forbidden: dict[str, None] = {}
    for step in [*policy.touches, *([policy.then] if policy.then is not None else [])]:
        choice = choose_channel(step, policy, lead, house, now=now)
        if choice.usable:
            return ""
        forbidden |= {f"not by {name}: {why}": None for name, why in choice.refused if why.startswith("the law of ")}
    return "; ".join(["no usable channel for any step", *forbidden])


def takes(policy: Policy, kind: str, facts: Mapping[str, object]) -> bool:
    """Whether one of the policy's triggers of this kind concerns a lead with these facts."""
    return any(rule.kind == kind and rule.rule.concerns(facts) for rule in policy.enroll_when)
