"""Which channel a touch takes, and to which address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from policies.schema import PREFERRED, Policy
from policies.schema.conditions import all_match
from policies.schema.steps import Contact
from touches.model.people import ContactPoint, Lead
from touches.planning.facts import facts_of
from touches.planning.house import House
from touches.planning.lawful import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChoice:
    """The channel and contact point, or none; `because` and what was refused are kept for `why`."""

    channel: str
    point: ContactPoint | None
    because: str
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def usable(self) -> bool:
        """Whether there is a way at all; if not, `channel` is the first candidate."""
        return self.point is not None


def choose_channel(
    step: Contact, policy: Policy, lead: Lead, house: House, *, now: datetime, last: Sequence[str] = ()
) -> ChannelChoice:
    """Candidates are the first matching rule's `use`, then the step's list; what has no adapter, no usable address or
    an opt-out drops out; the same channel a third time in a row is avoided; the first left wins.

    `last` are the channels of the touches before, latest first.
    """
    candidates, why = _candidates(step, policy, lead, now)
    refused: list[tuple[str, str]] = []
    usable: list[tuple[str, ContactPoint]] = []
    for channel in candidates:
        reason, point = _point_for(channel, lead, house, now)
        if point is None:
            refused.append((channel, reason))
        else:
            usable.append((channel, point))
    if not usable:
        shown = "; ".join(f"{channel}: {reason}" for channel, reason in refused)
        return ChannelChoice(channel=candidates[0], point=None, because=f"no channel ({shown})", refused=tuple(refused))
    channel, point = _varied(usable, last)
    if channel != usable[0][0]:
        refused.append((usable[0][0], "a third time in a row"))
    return ChannelChoice(
        channel=channel, point=point, because=why.get(channel, "the step's own"), refused=tuple(refused)
    )


def _candidates(step: Contact, policy: Policy, lead: Lead, now: datetime) -> tuple[list[str], dict[str, str]]:
    wanted: list[tuple[str, str]] = []
    if policy.channel_rules and not step.fixed:
        facts = facts_of(lead, now)
        rule = next((rule for rule in policy.channel_rules if all_match(rule.when, facts)), None)
        if rule is not None:
            reason = rule.because or "a channel rule"
            wanted += [(channel, reason) for channel in rule.use]
    wanted += [(channel, "the step's own") for channel in step.channel]
    named = [
        (lead.preferred_channel, "the lead prefers it") if channel == PREFERRED else (str(channel), reason)
        for channel, reason in wanted
    ]
    why: dict[str, str] = {}
    for channel, reason in named:
        if channel:
            why.setdefault(channel, reason)
    return list(why) or ["email"], why


def _point_for(channel: str, lead: Lead, house: House, now: datetime) -> tuple[str, ContactPoint | None]:
    if channel not in house.channels:
        return "not set up here", None
    points = lead.points_for(channel)
    if points:
        against = refusal(lead, channel, points[0], house, now)
        return against, (None if against else points[0])
    kinds = [point for point in lead.points if not point.usable_for(channel)]
    if any(channel in point.opted_out or "all" in point.opted_out for point in kinds):
        return "opted out", None
    broken = next((point.broken for point in kinds if point.broken), "")
    return (broken or "no address"), None


def _varied(usable: Sequence[tuple[str, ContactPoint]], last: Sequence[str]) -> tuple[str, ContactPoint]:
    tired = last[0] if len(last) >= 2 and last[0] == last[1] else ""
    return next((choice for choice in usable if choice[0] != tired), usable[0])
