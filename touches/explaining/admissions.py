"""Why a lead is in a policy or not: the admission to each, and what its triggers say of the lead."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from policies.schema import Policy
from touches.engine.office import Office
from touches.explaining.rules import place_of
from touches.model.cadence import Enrollment
from touches.model.people import Lead
from touches.model.states import RUNNING
from touches.planning.entry import admission
from touches.planning.facts import facts_of
from touches.store.units import Unit


def why_not_in(
    unit: Unit, office: Office, lead: Lead, enrollments: Sequence[Enrollment], now: datetime
) -> list[dict[str, Any]]:
    """One answer for each published policy in which the lead does not run, in order of names."""
    running = {one.policy for one in enrollments if one.state in RUNNING}
    answers = []
    for name, number in sorted(office.library.current.items()):
        if name not in running:
            policy, places = office.library.policy(unit, name, number)
            answers.append(_answer(office, lead, policy, number, places, enrollments, now))
    return answers


def _answer(
    office: Office,
    lead: Lead,
    policy: Policy,
    number: int,
    places: Mapping[str, Any],
    enrollments: Sequence[Enrollment],
    now: datetime,
) -> dict[str, Any]:
    by_hand = admission(lead, policy, enrollments, office.house, now=now)
    triggers = _triggers(lead, policy, places, now)
    return {
        "policy": policy.policy,
        "version": number,
        **place_of(places, "policy"),
        "may_enter": by_hand.admitted,
        "code": by_hand.code,
        "because": by_hand.because if not by_hand.admitted else _open_door(triggers),
        "triggers": triggers,
    }


def _open_door(triggers: Sequence[Mapping[str, Any]]) -> str:
    if not triggers:
        return "may be enrolled by hand: the policy has no triggers"
    if not any(trigger["concerns"] for trigger in triggers):
        return "may be enrolled by hand: no trigger of the policy concerns this lead"
    kinds = ", ".join(trigger["kind"] for trigger in triggers if trigger["concerns"])
    return f"may be enrolled by hand, or by the trigger {kinds} once it fires"


def _triggers(lead: Lead, policy: Policy, places: Mapping[str, Any], now: datetime) -> list[dict[str, Any]]:
    facts = facts_of(lead, now)
    return [
        {
            "kind": trigger.kind,
            "concerns": trigger.rule.concerns(facts),
            **place_of(places, f"enroll_when[{index}]", "enroll_when", "policy"),
        }
        for index, trigger in enumerate(policy.enroll_when)
    ]
