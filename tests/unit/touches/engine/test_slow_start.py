"""Slow start: few at once to a domain that has not yet received well."""

from collections import deque
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from touches.engine.slow_start import SlowStart, domain_of


@dataclass(frozen=True, slots=True)
class Waits:
    address: str


def begun(slow: SlowStart, address: str) -> int:
    """How many may be under way at once now; they are left under way."""
    count = 0
    while slow.has_room(address):
        slow.begin(address)
        count += 1
    return count


def round_of(slow: SlowStart, address: str, *, well: bool = True) -> int:
    """As many as may be, all ended."""
    count = begun(slow, address)
    for _ in range(count):
        slow.end(address, well=well)
    return count


def test_a_domain_begins_with_one_and_doubles_while_it_receives_well() -> None:
    slow = SlowStart(8)

    assert [round_of(slow, "a@big.test") for _ in range(6)] == [1, 2, 4, 8, 8, 8]


def test_a_refusal_halves_what_may_be_under_way() -> None:
    slow = SlowStart(8)
    for _ in range(4):
        round_of(slow, "a@big.test")

    slow.begin("a@big.test")
    slow.end("a@big.test", well=False)

    assert round_of(slow, "b@big.test") == 4


def test_domains_do_not_wait_for_each_other() -> None:
    slow = SlowStart(8)
    slow.begin("a@big.test")

    assert not slow.has_room("b@BIG.test")
    assert slow.has_room("a@small.test")


def test_what_may_begin_is_taken_in_order_and_the_others_keep_theirs() -> None:
    slow = SlowStart(8)
    waiting = deque(Waits(f"{name}.test") for name in ("big1@big", "big2@big", "a@small", "big3@big", "b@other"))

    taken = slow.take(waiting, 2)

    assert [each.address for each in taken] == ["big1@big.test", "a@small.test"]
    assert [each.address for each in waiting] == ["big2@big.test", "big3@big.test", "b@other.test"]
    assert slow.take(waiting, 9) == [Waits("b@other.test")]


def test_what_never_reached_a_domain_says_nothing_of_it() -> None:
    slow = SlowStart(8)
    for _ in range(2):
        round_of(slow, "a@big.test")

    slow.begin("a@big.test")
    slow.withdraw("a@big.test")

    assert round_of(slow, "a@big.test") == 4


@given(st.integers(1, 20), st.lists(st.booleans(), max_size=60))
def test_there_is_always_room_for_one_and_never_for_more_than_all_connections(most: int, ends: list[bool]) -> None:
    slow = SlowStart(most)
    for well in ends:
        slow.begin("a@big.test")
        slow.end("a@big.test", well=well)

    assert 1 <= begun(slow, "a@big.test") <= most


def test_a_domain_is_what_stands_behind_the_last_at_sign() -> None:
    assert domain_of('"odd@name"@Example.TEST') == "example.test"
