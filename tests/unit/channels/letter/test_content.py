"""What stands in a letter, as data."""

from dataclasses import replace
from typing import Any

import pytest

from channels.errors import UnsendableError
from channels.letter.content import letter_content, texts_of
from tests.unit.channels.outgoing import POSTAL, SENDER, outgoing


def content(**changes: Any) -> dict[str, Any]:
    return letter_content(outgoing("letter", **changes), home="FI", form="auto")


def test_a_letter_has_all_that_a_business_letter_has() -> None:
    made = content()
    assert made["window"] == ["Ville Mäkinen", "Mannerheimintie 5 A 12", "00100 Helsinki"]
    assert made["date"] == "23 November 2026"
    assert made["subject"] == "Support until 22:00"
    assert made["greeting"] == "Dear Ville,"
    assert made["ask"] == "Reply with a time for a call."
    assert made["closing"] == "Kind regards"
    assert made["sender"]["house"] == "Kahvila Oy"
    assert made["footer"][0] == "Kahvila Oy · Esimerkkikatu 1 · 00100 Helsinki"


def test_a_touch_says_how_to_object_and_a_notice_does_not() -> None:
    assert any("do not want letters" in line for line in content()["footer"])
    assert not any("do not want letters" in line for line in content(purpose="notice")["footer"])


def test_every_letter_says_where_to_complain() -> None:
    assert any("palaute@kahvila.example" in line for line in content(purpose="notice")["footer"])


def test_an_address_that_begins_with_a_street_leaves_the_letterhead_to_the_writer() -> None:
    made = content(sender=replace(SENDER, postal_address="Esimerkkikatu 1, 00100 Helsinki"))
    assert made["sender"]["house"] == "Aino Virtanen"


def test_links_are_printed_behind_their_words_once() -> None:
    made = content(piece={"body": "[terms](https://a.example/t) https://b.example [c@d.example](mailto:c@d.example)"})
    printed = [span["href"] for span in made["blocks"][0]["spans"]]
    assert [href for href in printed if href] == ["a.example/t"]


def test_emphasis_and_lists_become_data() -> None:
    made = content(piece={"body": "a **b** *c*\n\n- x\n- y"})
    first, x, y = made["blocks"]
    assert [(s["lines"], s["strong"], s["emphasis"]) for s in first["spans"]] == [
        (["a "], False, False),
        (["b"], True, False),
        ([" "], False, False),
        (["c"], False, True),
    ]
    assert (x["marker"], y["marker"], y["tight"]) == ("•", "•", True)


def test_a_name_that_looks_like_markup_stays_a_text() -> None:
    name = '#read("/etc/passwd") **x** {{7*7}} $1+1$'
    made = content(values={"first_name": name})
    assert made["greeting"] == f"Dear {name},"
    assert name in "".join(texts_of(made["blocks"]))


@pytest.mark.parametrize(
    ("tag", "language", "region"),
    [("zh", "zh", "CN"), ("zh-Hant", "zh", "TW"), ("zh-TW", "zh", "TW"), ("en-GB", "en", "GB"), ("fi", "fi", "")],
)
def test_the_language_decides_hyphens_and_forms(tag: str, language: str, region: str) -> None:
    made = content(piece={"language": tag})
    assert (made["language"], made["region"]) == (language, region)


def test_the_reader_decides_where_the_text_has_no_language() -> None:
    made = content(piece={"language": ""}, recipient=replace(POSTAL, language="fi"))
    assert made["closing"] == "Ystävällisin terveisin"


def test_an_empty_letter_is_refused() -> None:
    with pytest.raises(UnsendableError, match="empty text"):
        content(piece={"body": " ", "ask": ""})
