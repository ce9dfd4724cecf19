"""Post at a shared street is closed for the person who said so, not for the colleagues at the next desk; and it stays
closed for that person through import, merge, another name and erasure. On both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.importer import Importer, Row
from tests.integration.people import HAND, NOW, SIGNER, People
from touches.model.people import PointKind
from touches.people.editing import set_fields
from touches.people.erasing import erase_lead
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_in, opt_out
from touches.store.units import Store

OFFICE = {"street": "Esimerkkikatu 1", "postal_code": "00100", "city": "Helsinki"}


@pytest.fixture
def people(database_url: str) -> Iterator[People]:
    store = Store(database_url)
    yield People(store)
    store.close()


def say(people: People, lead_id: int, channel: str = "letter") -> None:
    with people.store.write() as unit:
        opt_out(unit, SIGNER, lead_id, channel, "by hand", at=NOW)


def erase(people: People, lead_id: int) -> None:
    with people.store.write() as unit:
        erase_lead(unit, SIGNER, people.lead(lead_id), actor="test", at=NOW)


def by_post(people: People, lead_id: int) -> set[str]:
    """What is closed at the streets of a lead."""
    points = [point for point in people.lead(lead_id).points if point.kind is PointKind.POSTAL]
    assert points
    return set().union(*(point.opted_out for point in points))


def at_office(people: People, external_id: str, **values: str) -> int:
    return people.add(external_id, email=f"{external_id}@x.example", **OFFICE, **values)


@pytest.mark.parametrize("channel", ["letter", "all"])
def test_a_colleague_at_the_same_street_still_gets_letters(people: People, channel: str) -> None:
    ann, bob = at_office(people, "ann", name="Ann Lee"), at_office(people, "bob", first_name="Bob", last_name="Lee")
    say(people, ann, channel)
    assert by_post(people, ann) == {channel}
    assert by_post(people, bob) == set()


def test_a_colleague_of_somebody_erased_still_gets_letters(people: People) -> None:
    ann, bob = at_office(people, "ann", name="Ann Lee"), at_office(people, "bob", name="Bob Lee")
    erase(people, ann)
    assert by_post(people, bob) == set()


@pytest.mark.parametrize(
    "spelt",
    [
        {"first_name": "Zoë", "last_name": "Sträng"},
        {"name": "STRÄNG, Zoë"},
        {"name": "zoe  strang"},
    ],
)
def test_another_spelling_of_name_and_street_is_the_same_person(people: People, spelt: Row) -> None:
    say(people, at_office(people, "zoe", name="Zoë Sträng"))
    street = {"street": "esimerkkikatu  1,", "postal_code": "00100", "city": "HELSINKI"}
    assert by_post(people, people.add("again", email="other@x.example", **street, **spelt)) == {"letter"}


def test_where_no_name_is_known_the_street_decides(people: People) -> None:
    nobody, nameless, ann = at_office(people, "a"), at_office(people, "b"), at_office(people, "ann", name="Ann Lee")
    say(people, nobody)
    assert by_post(people, nameless) == {"letter"}
    assert by_post(people, ann) == set()


def test_a_lead_that_gets_another_name_stays_closed(people: People) -> None:
    ann = at_office(people, "ann", first_name="Ann")
    say(people, ann)
    for values in ({"last_name": "Lee"}, {"first_name": ""}, {"name": "Ann Leigh", "last_name": ""}):
        with people.store.write() as unit:
            set_fields(unit, HAND, people.lead(ann), values)
        assert by_post(people, ann) == {"letter"}
    erase(people, ann)
    assert by_post(people, at_office(people, "other", name="Ann Leigh")) == {"all", "letter"}


def test_a_lead_that_gets_another_street_with_another_name_stays_closed(people: People) -> None:
    ann = at_office(people, "ann", name="Ann Lee")
    say(people, ann)
    with people.store.write() as unit:
        set_fields(unit, HAND, people.lead(ann), {"street": "Tie 2", "name": "Ann Leigh"})
    assert by_post(people, ann) == {"letter"}


@pytest.mark.parametrize("refuser", ["gone", "kept"])
@pytest.mark.parametrize("street", ["Esimerkkikatu 1", "Tie 2"])
def test_a_merge_keeps_it_closed_whoever_said_it(people: People, refuser: str, street: str) -> None:
    kept = at_office(people, "kept", name="Ann Lee")
    gone = people.add("gone", email="gone@x.example", name="A. Lee", **{**OFFICE, "street": street})
    bob = at_office(people, "bob", name="Bob Lee")
    say(people, gone if refuser == "gone" else kept)
    with people.store.write() as unit:
        merge_leads(unit, SIGNER, people.lead(gone), people.lead(kept), actor="test", at=NOW)
    points = [point for point in people.lead(kept).points if point.kind is PointKind.POSTAL]
    assert {point.opted_out for point in points} == {frozenset({"letter"})}
    assert by_post(people, bob) == set()


def test_who_wants_letters_again_opens_their_own(people: People) -> None:
    ann, bob = at_office(people, "ann", name="Ann Lee"), at_office(people, "bob", name="Bob Lee")
    say(people, ann)
    say(people, bob)
    with people.store.write() as unit:
        assert opt_in(unit, SIGNER, ann, "letter", "by hand", at=NOW) == 1
    assert by_post(people, ann) == set()
    assert by_post(people, bob) == {"letter"}


NAMES: Row = {"external_id": "", "email": "", "first_name": "", "last_name": "", "name": "", **OFFICE}


@pytest.fixture
def bring(people: People, tmp_path: Path) -> Importer:
    return Importer(store=people.store, file=tmp_path / "leads.csv")


def found(people: People, key: str) -> int:
    with people.store.read() as unit:
        return unit.leads.find(key)[0]


def test_a_list_of_new_people_is_judged_by_name_and_street(people: People, bring: Importer) -> None:
    say(people, at_office(people, "ann", name="Ann Lee"))
    rows = [
        {**NAMES, "external_id": "c1", "email": "c1@x.example", "first_name": "Ann", "last_name": "Lee"},
        {**NAMES, "external_id": "c2", "email": "c2@x.example", "name": "Lee Ann"},
        {**NAMES, "external_id": "c3", "email": "c3@x.example", "name": "Bob Lee"},
        {**NAMES, "external_id": "c4", "email": "c4@x.example"},
    ]
    assert bring(rows).new == 4
    assert [by_post(people, found(people, f"c{at}")) for at in (1, 2, 3, 4)] == [{"letter"}, {"letter"}, set(), set()]


def test_a_list_that_says_another_name_keeps_it_closed(people: People, bring: Importer) -> None:
    ann, bob = at_office(people, "ann", name="Ann Lee"), at_office(people, "bob", name="Bob Lee")
    say(people, ann)
    names = {"ann": "Ann Leigh", "bob": "Bob Leigh"}
    bring([{**NAMES, "external_id": key, "email": f"{key}@x.example", "name": name} for key, name in names.items()])
    assert people.lead(ann).full_name == "Ann Leigh"
    assert by_post(people, ann) == {"letter"}
    assert by_post(people, bob) == set()


def test_who_was_erased_is_not_taken_in_again_by_name_and_street_alone(people: People, bring: Importer) -> None:
    erase(people, at_office(people, "ann", name="Ann Lee"))
    report = bring(
        [
            {**NAMES, "external_id": "new-1", "name": "Lee, Ann"},
            {**NAMES, "external_id": "new-2", "name": "Bob Lee"},
            {**NAMES, "external_id": "new-3"},
        ]
    )
    assert [each.reason for each in report.first_rejections] == [
        "Esimerkkikatu 1, 00100 Helsinki belongs to somebody who was erased on request; it is not taken in again"
    ]
    assert report.new == 2


def test_a_mailbox_is_closed_for_all_who_read_it(people: People) -> None:
    """Only streets are told apart by names."""
    ann, bob = (people.add(key, email="office@x.example", name=name) for key, name in (("a", "Ann"), ("b", "Bob")))
    say(people, ann, "email")
    assert [point.opted_out for point in people.lead(bob).points] == [frozenset({"email"})]
