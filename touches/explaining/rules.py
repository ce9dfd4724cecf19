"""Where in which file a rule stands."""

from collections.abc import Mapping
from typing import Any

from policies.schema import Policy


def place_of(places: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """`file`, `line`, `column` of the first of these names that the version knows; line 1 where it knows none."""
    found = next((places[name] for name in names if name in places), (1, 1))
    return {"file": str(places.get("file", "")), "line": int(found[0]), "column": int(found[1])}


def step_place(places: Mapping[str, Any], policy: Policy, step: str) -> dict[str, Any]:
    """Where a step, or the repetition after the last, is written."""
    if policy.then is not None and step == policy.then.id:
        return place_of(places, "then", "policy")
    return place_of(places, f"step:{step}", "policy")


def written(place: Mapping[str, Any]) -> str:
    """`FILE:LINE`, as editors open it."""
    return f"{place['file']}:{place['line']}"
