"""The labelled pairs are what they claim to be, and the methods reach what the documentation says they reach."""

import hashlib
from collections import Counter

import pytest

from tests.unit.policies.likeness.conftest import Answers
from tests.unit.policies.likeness.labelled import (
    FIRST,
    HARDER,
    LATER,
    LabelledPair,
    labelled_pairs,
    measured,
)

LANGUAGES = {"en", "fi", "de", "zh", "tl", "ru"}
STRATA = [
    ("support-hours", "order-shipped"),
    ("oak-tables", "hotel-laundry"),
    ("second-cafe", "stocktaking"),
    ("export", "returns"),
    ("copper-price", "heat-pump-grant"),
    ("account-manager", "single-sign-on"),
    ("open-evening", "descaling"),
]


def half(name: str, *, in_one_language: bool) -> list[LabelledPair]:
    return [p for p in labelled_pairs() if p.half == name and (p.in_one_language or not in_one_language)]


def test_there_are_three_hundred_pairs_in_six_languages_with_translations() -> None:
    pairs = labelled_pairs(FIRST)
    assert len(pairs) >= 300
    assert {language for pair in pairs for language in pair.languages} == LANGUAGES
    assert sum(not pair.in_one_language for pair in pairs) >= 40


def test_every_language_is_balanced_in_both_halves() -> None:
    counted = Counter((p.half, p.languages[0], p.label) for p in labelled_pairs(FIRST) if p.in_one_language)
    assert set(counted.values()) == {14}
    assert len(counted) == 2 * 6 * 2


def test_the_split_follows_its_rule_and_no_theme_is_in_both_halves() -> None:
    rule = {}
    for stratum in STRATA:
        first, second = sorted(stratum, key=lambda theme: hashlib.sha256(theme.encode()).hexdigest())
        rule |= {first: "tuning", second: "held-out"}
    rule["own-cup"] = rule["single-sign-on"]
    assert {pair.theme: pair.half for pair in labelled_pairs(FIRST)} == rule


def test_what_was_added_later_is_for_tuning_and_on_other_themes() -> None:
    later = labelled_pairs(*LATER, *HARDER)
    assert {pair.half for pair in later} == {"tuning"}
    assert {p.theme for p in later}.isdisjoint(p.theme for p in labelled_pairs(FIRST))


def test_ids_are_unique() -> None:
    ids = [pair.id for pair in (*labelled_pairs(), *labelled_pairs(*HARDER))]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("name", "precision", "recall"), [("tuning", 0.96, 0.94), ("held-out", 0.97, 0.92)])
def test_the_default_method_reaches_its_floor(name: str, precision: float, recall: float, by_wording: Answers) -> None:
    result = measured(half(name, in_one_language=True), lambda pair: by_wording[pair.id].same)
    assert result.precision >= precision
    assert result.recall >= recall


@pytest.mark.parametrize(("name", "precision", "recall"), [("tuning", 0.90, 0.97), ("held-out", 0.93, 0.95)])
def test_the_method_by_meaning_reaches_its_floor_translations_included(
    name: str, precision: float, recall: float, by_meaning: Answers
) -> None:
    result = measured(half(name, in_one_language=False), lambda pair: by_meaning[pair.id].same)
    assert result.precision >= precision
    assert result.recall >= recall
