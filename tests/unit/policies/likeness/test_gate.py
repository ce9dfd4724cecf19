"""The gate: two texts that differ only in a number or a date are never called the same."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policies.likeness import Text, compare, compare_by_meaning
from policies.likeness.facts import read_facts
from policies.likeness.plain import lowered, readable, telling
from tests.unit.policies.likeness.conftest import Answers
from tests.unit.policies.likeness.labelled import HARDER, LabelledPair, RememberingEmbedder, labelled_pairs

PAIRS = labelled_pairs()
NUMBERED = [
    text for pair in PAIRS for text in (pair.a, pair.b) if re.search(r"\d", re.sub(r"\{\{.*?\}\}", "", text.body))
]
FACT_KINDS = {"number", "date", "time", "weekday", "price"}
ONLY_A_FACT = [pair for pair in PAIRS if pair.kind in FACT_KINDS]
HARDER_FACTS = [pair for pair in labelled_pairs(*HARDER) if pair.kind in FACT_KINDS and pair.label == "different"]

MONTHS = {
    code: words.split()
    for code, words in {
        "en": "January February March April May June July August September October November December",
        "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
        "lokakuuta marraskuuta joulukuuta",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "tl": "Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre",
        "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    }.items()
}


@pytest.mark.parametrize("pair", ONLY_A_FACT, ids=lambda pair: pair.id)
def test_no_labelled_pair_that_differs_in_a_fact_is_called_the_same(pair: LabelledPair, by_wording: Answers) -> None:
    assert not by_wording[pair.id].same


@pytest.mark.parametrize("pair", ONLY_A_FACT, ids=lambda pair: pair.id)
def test_meaning_does_not_open_the_gate(pair: LabelledPair, by_meaning: Answers) -> None:
    assert not by_meaning[pair.id].same


def test_neither_method_opens_the_gate_for_reworded_texts(embedder: RememberingEmbedder) -> None:
    assert len(HARDER_FACTS) > 80
    opened = [pair.id for pair in HARDER_FACTS if compare(pair.a, pair.b).same]
    opened += [pair.id for pair in HARDER_FACTS[::3] if compare_by_meaning(pair.a, pair.b, embedder=embedder).same]
    assert opened == []


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_a_text_with_one_number_changed_is_other_news(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(NUMBERED))
    spans = [m.span() for m in re.finditer(r"\d+", text.body)]
    start, end = data.draw(st.sampled_from(spans))
    number = data.draw(st.integers(min_value=1, max_value=10_000).map(str))
    changed = Text(id="changed", language=text.language, body=text.body[:start] + number + text.body[end:])
    assume(_numbers(changed) != _numbers(text) or not _is_another_spelling(text.body, start, end, number))
    assert not compare(text, changed).same


def _numbers(text: Text) -> tuple[str, ...]:
    return read_facts(lowered(telling(readable(text.body))), language=text.language or "en")[0].numbers


def _is_another_spelling(body: str, start: int, end: int, number: str) -> bool:
    """`4.2` for `4.20`, `22` for the `10` of `10 pm`, and the number itself: the same number written otherwise."""
    was = body[start:end]
    decimal = start > 0 and body[start - 1] in ".,"
    return (
        int(was) == int(number)
        or (decimal and was.rstrip("0") == number.rstrip("0"))
        or abs(int(was) - int(number)) == 12
    )


@given(
    st.integers(1, 99_999),
    st.integers(1, 99_999),
    st.sampled_from(["{} pieces left", "only {}", "{} % off", "room {}b", "EUR {}.50"]),
)
def test_any_two_numbers_in_one_frame_are_other_news(one: int, other: int, frame: str) -> None:
    assume(one != other)
    assert not compare(Text(id="a", body=frame.format(one)), Text(id="b", body=frame.format(other))).same


@given(st.sampled_from(sorted(MONTHS)), st.integers(0, 11), st.integers(0, 11), st.integers(1, 28))
def test_any_two_months_in_one_frame_are_other_news(language: str, one: int, other: int, day: int) -> None:
    assume(one != other)
    frame = "{}" + f"{day}日" if language == "zh" else f"{day} " + "{}"
    here, there = (Text(id=str(n), language=language, body=frame.format(MONTHS[language][n])) for n in (one, other))
    assert not compare(here, there).same
