"""The dice and the people of the demo: the same seed plays the same, and nobody acts before they read."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from touches.demo.arrivals import Arrival
from touches.demo.chance import Chance
from touches.demo.crowd import Crowd, Kind

MONDAY = datetime(2026, 10, 5, tzinfo=UTC)


@given(st.integers(), st.lists(st.text(), max_size=3))
def test_the_same_question_falls_the_same_for_a_seed(seed: int, question: list[str]) -> None:
    assert Chance(seed).roll(*question) == Chance(seed).roll(*question)
    assert 0 <= Chance(seed).roll(*question) < 1


def test_dice_are_fair_enough() -> None:
    chance = Chance(7)
    shares = (("a", 0.5), ("b", 0.25))
    falls = Counter(chance.first_of(shares, number) for number in range(4000))
    assert 1850 < falls["a"] < 2150
    assert 880 < falls["b"] < 1120
    assert 880 < falls[None] < 1120


def test_another_seed_is_another_campaign() -> None:
    assert [Chance(1).roll(n) for n in range(5)] != [Chance(2).roll(n) for n in range(5)]


def crowd_of(**last_seen: datetime) -> Crowd:
    crowd = Crowd(Chance(3))
    crowd.settle(dict.fromkeys(last_seen, "cafe"), last_seen, MONDAY)
    return crowd


def test_a_guest_who_left_before_the_start_does_not_come() -> None:
    crowd = crowd_of(gone=MONDAY - timedelta(days=9), here=MONDAY - timedelta(days=3))
    assert not crowd.guests["gone"].comes(MONDAY)
    assert crowd.guests["here"].comes(MONDAY)


def test_guests_come_on_working_days_alone() -> None:
    crowd = crowd_of(**{f"guest{number}": MONDAY - timedelta(days=3) for number in range(30)})
    assert len(crowd.coffees(MONDAY)) > 20
    assert crowd.coffees(MONDAY + timedelta(days=5)) == []
    assert all(deed.kind is Kind.PURCHASE and deed.at > MONDAY for deed in crowd.coffees(MONDAY))


def test_every_reaction_comes_after_the_message() -> None:
    crowd = crowd_of()
    deeds = []
    for number in range(400):
        arrival = Arrival(
            channel="email", address=f"l{number}@a.example", at=MONDAY, text="", path=Path("x"), subject="News"
        )
        deeds += crowd.reactions(f"L{number}", arrival)
    assert {deed.kind for deed in deeds} >= {Kind.REPLY, Kind.AWAY, Kind.LATE_BOUNCE, Kind.OPT_OUT}
    assert all(deed.at > MONDAY for deed in deeds)


def test_colleagues_always_have_a_mailbox_and_a_few_leads_have_none() -> None:
    crowd = Crowd(Chance(1))
    missing = sum(not crowd.has_mailbox(f"lead{number}@company.example") for number in range(2000))
    assert 20 < missing < 120
    assert all(crowd.has_mailbox(f"{name}@kolmeovea.example") for name in ("aino", "ops", "post"))
