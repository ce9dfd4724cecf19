"""Post is told apart by name and street, everything else by the address alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.people.address_hashes import address_hash, addressed, all_addressed
from touches.tokens import Signer

SIGNER = Signer(b"k" * 32)


@pytest.mark.parametrize("kind", ["email", "phone", "fax", "external_id"])
@given(address=st.text(), name=st.text())
def test_only_streets_are_told_apart_by_names(kind: str, address: str, name: str) -> None:
    try:
        address.encode()
    except UnicodeEncodeError:
        return
    assert address_hash(SIGNER, kind, address, name) == SIGNER.address_hash(kind, address)


@pytest.mark.parametrize(
    "name", ["Müller, Jörg", "jörg  MÜLLER", "Jo\u0308rg Mu\u0308ller", "Muller Jorg", "\u2003Jörg\u00a0Müller."]
)
def test_case_order_accents_and_punctuation_make_no_difference(name: str) -> None:
    assert addressed("Große Straße 1\n10115 Berlin", name) == addressed(
        "GROSSE STRASSE, 1\nBerlin 10115", "Jörg Müller"
    )


@pytest.mark.parametrize("name", ["", "Anna Müller", "Jörg", "李"])
def test_another_name_is_another_person(name: str) -> None:
    assert addressed("Katu 1\n00100 Helsinki", name) != addressed("Katu 1\n00100 Helsinki", "Jörg Müller")


@pytest.mark.parametrize(
    "name",
    ["Dr. Aino Virtanen", "Prof. Dr. Aino Virtanen", "MS AINO VIRTANEN", "Frau Aino Virtanen", "dr aino  virtanen"],
)
def test_a_title_makes_nobody_another_person(name: str) -> None:
    assert addressed("Katu 1\n00100 Helsinki", name) == addressed("Katu 1\n00100 Helsinki", "Aino Virtanen")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr Virtanen", "Ms Virtanen"),
        ("Dr Virtanen", "Virtanen"),
        ("Mrs Pekka Virtanen", "Pekka Virtanen"),
        ("Mme Jean Dupont", "Jean Dupont"),
        ("John Smith Sr.", "John Smith"),
        ("M. Aino Virtanen", "Aino Virtanen"),
        ("Drago Aino Virtanen", "Aino Virtanen"),
    ],
)
def test_what_may_be_all_that_tells_two_people_apart_stays(one: str, other: str) -> None:
    assert addressed("Katu 1\n00100 Helsinki", one) != addressed("Katu 1\n00100 Helsinki", other)


@given(text=st.text(st.characters(max_codepoint=127)))
def test_ascii_takes_the_same_way_as_everything_else(text: str) -> None:
    assert addressed(f"{text} é", "").split() == sorted([*addressed(text, "").split(), "e"])


@given(texts=st.lists(st.text(), min_size=1))
def test_many_at_once_are_as_each_alone(texts: list[str]) -> None:
    assert all_addressed(texts) == [all_addressed([text])[0] for text in texts]


def test_every_mark_and_accent_that_there_is_parts_or_goes() -> None:
    marks = "".join(char for char in map(chr, range(0x110000)) if not char.isalnum() and char != "_")
    found = addressed(f"Katu{marks}1", "Aino").split()
    assert {"1", "aino", "katu"} <= set(found)
