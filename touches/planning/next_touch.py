"""The next touch of an enrollment: which step, which channel, when, with what news, and why."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from policies.schema import Step, Then
from policies.schema.steps import HOLDOUT, NewsSpec
from touches.model.cadence import Lane, TouchDraft, rank_of
from touches.model.states import EnrollmentState, Phase, TouchState
from touches.planning.channel_choice import ChannelChoice, choose_channel
from touches.planning.due import Due, due_of, latest_of, slot_for
from touches.planning.facts import FactsOnDemand
from touches.planning.house import House, zones_of
from touches.planning.lawful import warnings
from touches.planning.news_choice import Hearer, NewsChoice, Pool, choose_news
from touches.planning.position import NextStep, next_step
from touches.planning.situation import Situation
from touches.time.local import local_date
from touches.time.resolve import ZoneChoice
from touches.time.zones import zone


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTouch:
    """Make this touch. `phase` is the one the enrollment is in from here on."""

    draft: TouchDraft
    phase: Phase
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Nothing is left to do in this enrollment."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing is planned now: something else has to happen first."""

    because: str


Plan: TypeAlias = PlanTouch | Finish | Wait


def next_touch(situation: Situation, house: House, pool: Pool, now: datetime) -> Plan:
    """What comes next for an enrollment; `now` is the earliest due time."""
    if situation.enrollment.state is not EnrollmentState.ACTIVE:
        return Wait(because=f"the enrollment is {situation.enrollment.state}: {situation.enrollment.reason}")
    if situation.lead.dead:
        return Finish(because=situation.lead.dead)
    coming = next_step(situation)
    if coming is None:
        return Finish(because="the last step is done, and the policy has no `then`")
    if coming.number > 1 and coming.previous is not None and coming.previous.finished_at is None:
        return Wait(because=f"{coming.previous.step} is still {coming.previous.state}")
    return _planned(situation, coming, house, pool, now)


def _planned(situation: Situation, coming: NextStep, house: House, pool: Pool, now: datetime) -> PlanTouch:
    step = coming.step
    choice = choose_channel(step, situation.policy, situation.lead, house, now=now, last=situation.last_channels)
    zones = zones_of(situation.lead, choice.point, house)
    slot = slot_for(situation, choice.channel, zones.zones, house, choice.point)
    due = due_of(situation, coming, choice.channel, slot, house, now)
    arm = variant_of(step, situation)
    news = choose_news(spec_of(step, arm), pool, hearer_of(situation, due.at or now, zones.main))
    state, reason = _state(choice, due, arm)
    draft = TouchDraft(
        enrollment_id=situation.enrollment.id,
        lead_id=situation.lead.id,
        policy=situation.enrollment.policy,
        version=situation.enrollment.version,
        step=step.id,
        round=coming.round,
        number=coming.number,
        channel=choice.channel,
        point_id=choice.point.id if choice.point else None,
        address=choice.point.address if choice.point else "",
        news=news.item.id if news.item else "",
        news_class=news.item.news_class if news.item else "",
        state=state,
        reason=reason,
        due_at=due.at or now,
        latest_at=latest_of(step, choice.channel, due.at, slot) if due.at else None,
        local_time=(due.at or now).astimezone(zone(zones.main)).isoformat(timespec="minutes"),
        zone=",".join(zones.zones[:8]),
        rank=rank_of(Lane.CADENCE if isinstance(step, Step) else Lane.NURTURE, situation.enrollment.priority),
        owner=situation.lead.owner,
        variant=arm,
        because=_because(situation, coming, choice, due, zones, news, house),
    )
    phase = Phase.STEPS if isinstance(step, Step) else Phase.THEN
    return PlanTouch(draft=draft, phase=phase, because=due.because)


def _state(choice: ChannelChoice, due: Due, arm: str) -> tuple[TouchState, str]:
    if arm == HOLDOUT:
        return TouchState.CANCELLED, "holdout: this lead is in the group without this touch"
    if not choice.usable:
        return TouchState.HELD, "no channel"
    if due.at is None:
        return TouchState.HELD, due.because
    return TouchState.PLANNED, ""


def _because(
    situation: Situation,
    coming: NextStep,
    choice: ChannelChoice,
    due: Due,
    zones: ZoneChoice,
    news: NewsChoice,
    house: House,
) -> Mapping[str, object]:
    line = situation.places.get(f"step:{coming.step.id}")
    return {
        "due": due.because,
        "channel": choice.because,
        "channels_refused": [list(pair) for pair in choice.refused],
        "zone": zones.because,
        "news": news.because,
        "news_considered": [list(pair) for pair in news.considered[:20]],
        **({"line": line, "file": situation.places.get("file", "")} if line else {}),
        **_law(situation, choice, due, zones, house),
    }


def _law(
    situation: Situation, choice: ChannelChoice, due: Due, zones: ZoneChoice, house: House
) -> Mapping[str, object]:
    if not house.law_warnings or choice.point is None or due.at is None:
        return {}
    found = warnings(situation.lead, choice.channel, choice.point, zones.zones, house, due.at)
    return {"law": found} if found else {}


def hearer_of(situation: Situation, at: datetime, zone: str) -> Hearer:
    """The lead as the choice of news sees it, on the local date of `at`."""
    return Hearer(
        lead=situation.lead,
        facts=FactsOnDemand(situation.lead, at),
        told=situation.told,
        kinds=situation.told_kinds,
        day=local_date(at, zone),
    )


def spec_of(step: Step | Then, arm: str) -> NewsSpec:
    """The news the step allows, in this arm of its test."""
    variant = step.variants.get(arm) if isinstance(step, Step) else None
    return variant.news if variant is not None and variant.news is not None else step.news


def variant_of(step: Step | Then, situation: Situation) -> str:
    """The arm of a lead in a step's test: fixed for ever by policy, step and lead; empty without a test."""
    if not isinstance(step, Step) or not step.variants:
        return ""
    return arm_of(situation.policy.policy, step, situation.lead.id)


def arm_of(policy: str, step: Step, lead_id: int) -> str:
    """As `variant_of`, by the three things on which it depends."""
    seed = f"{policy}:{step.id}:{lead_id}".encode()
    place = int.from_bytes(hashlib.blake2b(seed, digest_size=8).digest(), "big") % 100
    upper = 0
    for name, variant in sorted(step.variants.items()):
        upper += variant.share
        if place < upper:
            return name
    return ""
