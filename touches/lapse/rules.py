"""The rules of all current policies that watch for silence, each with the name under which it is watched."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from policies.schema import Fading, Lapsed, Policy
from touches.engine.enrolling import current_policy
from touches.engine.library import Library
from touches.store.units import Unit

KINDS = ("lapsed", "fading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One trigger of a policy. `name` changes when the rule or the holidays it goes by change."""

    name: str
    kind: str
    policy: Policy
    rule: Lapsed | Fading
    narrowed: Lapsed | Fading  # without the comparisons that need more than segment, country and language

    @property
    def warns(self) -> bool:
        """Whether owners are warned before the limit."""
        return isinstance(self.rule, Lapsed) and self.rule.warn_at is not None

    @property
    def warning_name(self) -> str:
        """Under which warnings are watched for."""
        return f"{self.name}/warn"


def watched_rules(unit: Unit, library: Library) -> Iterator[Watched]:
    """Higher priority first, then by name, then as they stand."""
    current = [current_policy(unit, library, name)[0] for name in library.current]
    for policy in sorted(current, key=lambda policy: (-policy.priority, policy.policy)):
        for trigger in policy.enroll_when:
            rule = trigger.rule
            if isinstance(rule, (Lapsed, Fading)):
                written = f"{policy.holidays}/{rule.model_dump_json(by_alias=True)}"
                digest = blake2b(written.encode(), digest_size=6).hexdigest()
                name = f"lapse/{policy.policy}/{trigger.kind}/{digest}"
                narrowed = rule.model_copy(update={"where": ()})
                yield Watched(name=name, kind=trigger.kind, policy=policy, rule=rule, narrowed=narrowed)


def wins_back(policy: Policy) -> bool:
    """Whether the policy is for those who went quiet: nobody is won back twice at a time."""
    return any(trigger.kind in KINDS for trigger in policy.enroll_when)
