"""Whom a row is about: never two people in one."""

from dataclasses import dataclass

from touches.people.draft import LeadDraft, Point
from touches.people.matching import CROWD, match


@dataclass
class Person:
    """A lead as matching sees it."""

    id: int = 1
    survivor_id: int = 1
    external_id: str = ""
    first_name: str = ""
    last_name: str = ""
    name: str = ""
    has_email: bool = True


MAIL: Point = ("email", "shared@x.example")
PHONE: Point = ("phone", "+358401234567")


def row(*points: Point, external_id: str = "", **fields: str) -> LeadDraft:
    return LeadDraft(line=2, external_id=external_id, fields=fields, points=list(points), attributes={})


def test_an_external_id_decides_alone() -> None:
    known = Person(id=7, survivor_id=7, external_id="c1")
    assert match(row(MAIL, external_id="c1"), {"c1": known}, {}).known is known
    other = match(row(MAIL, external_id="c2"), {}, {MAIL: [known]})
    assert other.known is None
    assert other.shared == (("shared@x.example", known),)


def test_without_one_the_mailbox_decides_and_then_the_phone() -> None:
    known = Person(first_name="Anna")
    assert match(row(MAIL, first_name="Anne"), {}, {MAIL: [known]}).known is known
    by_phone = Person(has_email=False)
    assert match(row(PHONE), {}, {PHONE: [by_phone]}).known is by_phone


def test_two_people_with_one_mailbox_stay_two() -> None:
    anna = Person(first_name="Anna", last_name="Virtanen")
    found = match(row(MAIL, first_name="Bert", last_name="Virtanen"), {}, {MAIL: [anna]})
    assert found.known is None
    assert found.shared


def test_a_household_s_phone_merges_nobody() -> None:
    anna = Person(first_name="Anna", has_email=True)
    assert match(row(("email", "bert@x.example"), PHONE, first_name="Anna"), {}, {PHONE: [anna]}).known is anna
    assert match(row(("email", "bert@x.example"), PHONE), {}, {PHONE: [anna]}).known is None


def test_of_several_the_one_of_the_same_name_is_meant() -> None:
    anna, anne = Person(id=1, first_name="Anna"), Person(id=2, survivor_id=2, first_name="Anne")
    assert match(row(MAIL, first_name="Anne"), {}, {MAIL: [anna, anne]}).known is anne


def test_a_merged_lead_does_not_warn_of_its_survivor() -> None:
    gone = Person(id=1, survivor_id=2, external_id="c1")
    kept = Person(id=2, survivor_id=2)
    assert match(row(MAIL, external_id="c1"), {"c1": gone}, {MAIL: [kept]}).shared == ()


def test_in_a_crowd_only_the_same_name_tells_who_is_meant() -> None:
    crowd = [Person(id=at, survivor_id=at, first_name=f"Anna{at}") for at in range(1, CROWD + 1)]
    assert match(row(MAIL, first_name="Anna"), {}, {MAIL: crowd}).known is crowd[0]
    crowd.append(Person(id=99, survivor_id=99, first_name=""))
    assert match(row(MAIL, first_name="Anna"), {}, {MAIL: crowd}).known is None
    assert match(row(MAIL, first_name="ANNA7"), {}, {MAIL: crowd}).known is crowd[6]
    assert match(row(MAIL), {}, {MAIL: crowd}).known is crowd[-1]
