"""A slow way out gets little at a time, a quick one as much as one claim may take."""

from hypothesis import given
from hypothesis import strategies as st

from touches.engine.headway import SECONDS, Headway


class Watch:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def after(ended: int, seconds: float) -> int:
    watch = Watch()
    headway = Headway(watch, least=20, most=1000)
    for _ in range(ended):
        headway.ended()
    watch.at += seconds
    return headway.limit()


def test_a_mail_a_second_keeps_the_least_in_hand() -> None:
    assert after(0, 0.0) == after(0, 60.0) == after(60, 60.0) == 20


def test_as_much_is_in_hand_as_leaves_within_seconds() -> None:
    assert after(600, 60.0) == 10 * SECONDS


def test_a_quick_way_out_gets_all_that_one_claim_may_take() -> None:
    assert after(20, 0.02) == after(30_000, 10.0) == 1000


@given(st.integers(0, 100_000), st.floats(0, 10_000), st.integers(1, 50), st.integers(1, 2000))
def test_the_bounds_hold(ended: int, seconds: float, least: int, most: int) -> None:
    watch = Watch()
    headway = Headway(watch, least=least, most=most)
    headway._ended = ended
    watch.at += seconds

    assert min(least, most) <= headway.limit() <= most
