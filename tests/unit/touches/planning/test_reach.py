"""Whether anything can still reach a lead."""

import pytest

from tests.factories import make_lead, make_point
from touches.model.people import ContactPoint, PointKind
from touches.planning.reach import why_unreachable

BROKEN = make_point(PointKind.EMAIL, "ann@shop.test", broken="no such user")
PHONE = make_point(PointKind.PHONE, "+358401234567")
CLOSED = make_point(PointKind.PHONE, "+358401234567", opted_out=frozenset({"sms", "call", "meeting", "fax"}))


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ((), ""),
        ((BROKEN,), "unreachable: no such user"),
        ((BROKEN, PHONE), ""),
        ((BROKEN, CLOSED), "unreachable: no such user"),
        ((make_point(PointKind.EMAIL, "ann@shop.test", opted_out=frozenset({"all"})),), ""),
    ],
    ids=["nothing known", "its only address broke", "a phone is left", "the phone is closed", "closed, never broken"],
)
def test_a_lead_is_unreachable_when_the_last_address_broke(points: tuple[ContactPoint, ...], why: str) -> None:
    assert why_unreachable(make_lead(*points)) == why
