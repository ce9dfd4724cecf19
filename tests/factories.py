"""Values with defaults for tests of decisions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from policies.loader import load_policy_text
from policies.schema import Policy
from policies.schema.conditions import Condition, parse_condition
from policies.times import parse_date_range
from touches.model.cadence import Enrollment, PastTouch, Touch
from touches.model.people import ContactPoint, Lead, PointKind
from touches.model.states import EnrollmentState, Phase, TouchState
from touches.planning.house import House
from touches.planning.news_choice import Item, Pool, Wording
from touches.planning.situation import Situation

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # 10:00 in Helsinki
HOUSE = House(
    timezone="Europe/Helsinki", country="FI", channels=frozenset({"email", "sms", "letter", "call"}), post_days=2
)


def make_policy(text: str) -> Policy:
    """A policy from YAML; an error in it fails the test with its findings."""
    loaded = load_policy_text(text, path=Path("test.yaml"))
    if loaded.policy is None:
        raise AssertionError([str(finding) for finding in loaded.findings])
    return loaded.policy


def make_point(kind: PointKind, address: str, **changes: Any) -> ContactPoint:
    """A contact point; its hash is its address."""
    known: dict[str, Any] = {"id": abs(hash(address)) % 10_000, "address_hash": address}
    return ContactPoint(kind=kind, address=address, **{**known, **changes})


MAIL = make_point(PointKind.EMAIL, "ann@customer.test")
PHONE = make_point(PointKind.PHONE, "+358401234567")
POST = make_point(PointKind.POSTAL, "Street 1\n00100 Helsinki")


def make_lead(*points: ContactPoint, **changes: Any) -> Lead:
    """Ann in Helsinki, with an email address unless told otherwise."""
    known = {"id": 1, "external_id": "ann", "country": "FI", "timezone": "Europe/Helsinki", "segment": "cafe"}
    return Lead(points=points or (MAIL,), **{**known, **changes})  # type: ignore[arg-type]


def make_enrollment(**changes: Any) -> Enrollment:
    """Ann in version 1 of `follow`, since Monday at ten."""
    known: dict[str, Any] = {
        "id": 1,
        "lead_id": 1,
        "policy": "follow",
        "version": 1,
        "occurrence": 1,
        "state": EnrollmentState.ACTIVE,
        "phase": Phase.STEPS,
        "entered_at": MONDAY,
    }
    return Enrollment(**{**known, **changes})


def make_past(step: str, at: datetime | None = MONDAY, **changes: Any) -> PastTouch:
    """A touch that was sent, unless told otherwise."""
    known: dict[str, Any] = {
        "step": step,
        "round": 1,
        "number": 1,
        "channel": "email",
        "state": TouchState.SENT,
        "news_class": step,
        "due_at": at,
        "handed_over_at": at,
        "enrollment_id": 1,
        "finished_at": at,
    }
    return PastTouch(**{**known, **changes})


def make_touch(**changes: Any) -> Touch:
    """A claimed email touch of step `a`, due on Monday at ten."""
    known: dict[str, Any] = dict.fromkeys(Touch.__dataclass_fields__, "")
    known |= {"id": 1, "kind": "touch", "enrollment_id": 1, "lead_id": 1, "policy": "follow", "version": 1, "step": "a"}
    known |= {"round": 1, "number": 1, "channel": "email", "point_id": 1, "state": TouchState.CLAIMED, "rank": 2050}
    known |= {"due_at": MONDAY, "latest_at": None, "attempts": 0, "fence": 1, "failures": 0, "created_at": MONDAY}
    known |= {"handed_over_at": None, "finished_at": None}
    return Touch(**{**known, **changes})


def make_item(name: str, *, kind: str = "education", valid: str = "", **changes: Any) -> Item:
    """A piece of news for everybody; `conditions` may be a mapping as in front matter."""
    conditions = changes.pop("conditions", {})
    known: dict[str, Any] = {
        "news_class": name,
        "published_at": MONDAY,
        "wordings": {"": Wording(language="", headline=name, subject="", body=name, digest=name)},
        "conditions": _conditions(conditions),
        "valid": parse_date_range(valid) if valid else None,
    }
    return Item(id=name, kind=kind, **{**known, **changes})


def _conditions(written: dict[str, object]) -> tuple[Condition, ...]:
    return tuple(parse_condition(name, value) for name, value in written.items())


def make_pool(*items: Item) -> Pool:
    """A pool of news."""
    return Pool(items=items)


def make_situation(policy: str | Policy, *, history: Sequence[PastTouch] = (), **changes: Any) -> Situation:
    """Ann's situation in a policy."""
    known: dict[str, Any] = {"enrollment": make_enrollment(), "lead": make_lead(), "told": frozenset()}
    parsed = make_policy(policy) if isinstance(policy, str) else policy
    return Situation(policy=parsed, history=list(history), **{**known, **changes})


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """An instant; with no offset, in UTC."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
