"""Leads that no rule can tell apart are one profile: what is decided for one of them is decided for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from policies.schema import Policy
from policies.schema.conditions import Condition
from touches.model.people import Lead, PointKind
from touches.planning.facts import facts_of
from touches.planning.house import House, zones_of
from touches.planning.news_choice import Pool

ALWAYS = ("segment", "country")  # what tables and assertions ask of everybody


@dataclass(slots=True, eq=False)
class Profile:
    """`lead` stands for all of them in every pure decision. `zones` are by the place of the contact point, the last
    one for no point at all. `number` is unique and small."""

    number: int
    lead: Lead
    zones: tuple[tuple[str, ...], ...]
    by_law: bool = False  # the law of their country is enforced: each is looked at alone
    follow: dict[object, "Profile"] = field(default_factory=dict)


def asked_fields(policies: Iterable[Policy], pool: Pool) -> frozenset[str]:
    """Every fact that a rule, a trigger or a piece of news asks for."""
    asked: set[str] = set(ALWAYS)
    for policy in policies:
        conditions: list[Condition] = [one for rule in policy.channel_rules for one in rule.when]
        for trigger in policy.enroll_when:
            conditions += trigger.rule.where
            asked |= {"language"} if trigger.rule.language else set()
        asked |= {condition.field for condition in conditions}
    for item in pool.items:
        asked |= {condition.field for condition in item.conditions if condition.field != "lead_id"}
    return frozenset(asked)


def singled_out(pool: Pool) -> frozenset[str]:
    """The ids of leads for whom alone some news was recorded, as text."""
    conditions = (condition for item in pool.items for condition in item.conditions)
    return frozenset(value for one in conditions if one.field == "lead_id" for value in one.values)


class Profiles:
    """Finds or makes the profile of a lead. `now` is when the facts are asked; ages go by the year of birth."""

    def __init__(self, house: House, fields: frozenset[str], pool: Pool, now: datetime) -> None:
        self._house = house
        self._fields = sorted(fields - {"age", "customer"})
        self._by_age = "age" in fields
        self._singled_out = singled_out(pool)
        self._now = now
        self._known: dict[object, Profile] = {}

    def __len__(self) -> int:
        return len(self._known)

    def of(self, lead: Lead) -> Profile:
        """The profile of a lead."""
        zones = self._zones(lead)
        key = self._key(lead, zones)
        known = self._known.get(key)
        if known is None:
            by_law = lead.country in self._house.enforce
            known = self._known[key] = Profile(number=len(self._known), lead=lead, zones=zones, by_law=by_law)
        return known

    def bought(self, profile: Profile, at: datetime) -> Profile:
        """The profile of somebody who has just bought."""
        if profile.lead.bought_at is not None:
            return profile
        return self._changed(profile, "bought", replace(profile.lead, bought_at=at))

    def broken(self, profile: Profile, place: int, because: str) -> Profile:
        """The profile of somebody whose contact point at that place has bounced."""
        points = list(profile.lead.points)
        points[place] = replace(points[place], broken=because)
        return self._changed(profile, ("broken", place), replace(profile.lead, points=tuple(points)))

    def _changed(self, profile: Profile, what: object, lead: Lead) -> Profile:
        if what not in profile.follow:
            profile.follow[what] = self.of(lead)
        return profile.follow[what]

    def _zones(self, lead: Lead) -> tuple[tuple[str, ...], ...]:
        if lead.timezone:  # the lead's own zone wins over every address
            return (zones_of(lead, None, self._house).zones,) * (len(lead.points) + 1)
        return tuple(zones_of(lead, point, self._house).zones for point in (*lead.points, None))

    def _key(self, lead: Lead, zones: tuple[tuple[str, ...], ...]) -> object:
        facts: Mapping[str, object] = facts_of(lead, self._now) if self._fields else {}
        asked = tuple(_plain(facts.get(name)) for name in self._fields)
        points = tuple(
            (point.kind is PointKind.PHONE, point.kind, point.broken != "", tuple(sorted(point.opted_out)))
            if point.broken or point.opted_out
            else point.kind
            for point in lead.points
        )
        alone = str(lead.id) in self._singled_out or lead.country in self._house.enforce
        return (
            asked,
            points,
            zones,
            lead.country,
            lead.region,
            lead.language,
            lead.preferred_channel,
            lead.concerns,
            lead.dead,
            lead.lost_at is None,
            lead.bought_at is None,
            lead.birth_year if self._by_age else None,
            lead.id if alone else 0,
        )


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, (list, set, frozenset)) else value
