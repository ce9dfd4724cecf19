"""Words that stand for each other, slips of the finger in numbers, weekdays by their common name."""

from collections.abc import Sequence

import pytest

from policies.likeness import Text, compare
from policies.likeness.facts import read_facts
from policies.likeness.lookup import is_slip
from policies.likeness.meaning import judged_by_meaning
from policies.likeness.plain import lowered
from policies.likeness.reading import read


def facts(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found, _ = read_facts(lowered(text), language=language)
    return found.numbers, found.weekdays


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Collect your order at the shop.", "Pick up your order at the store."),
        ("fi", "Hakekaa tilauksenne myymälästä.", "Noutakaa tilauksenne kaupasta."),
        ("de", "Unsere Berater zeigen die Säge.", "Unsere Fachleute präsentieren die Säge."),
        ("ru", "Наши консультанты показывают пилу.", "Наши специалисты представляют пилу."),
        ("zh", "顾问会在展位回答您的问题。", "专家会在展位解答您的问题。"),
    ],
)
def test_a_word_may_give_way_to_one_that_says_the_same(language: str, one: str, other: str) -> None:
    assert compare(Text(id="a", language=language, body=one), Text(id="b", language=language, body=other)).same


@pytest.mark.parametrize(
    ("word", "right"), [("komle", "kolme"), ("thre", "three"), ("sevven", "seven"), ("ninty", "ninety")]
)
def test_a_slip_of_the_finger_is_seen(word: str, right: str) -> None:
    assert is_slip(word, right)


@pytest.mark.parametrize(
    ("word", "right"), [("tree", "three"), ("even", "seven"), ("thirsty", "thirty"), ("six", "six")]
)
def test_another_word_is_no_slip(word: str, right: str) -> None:
    assert not is_slip(word, right)


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("fi", "komle päivää", ("3",)),
        ("fi", "kaksikymmentäviisi", ("25",)),
        ("fi", "kolmella paikkakunnalla", ("3",)),
        ("en", "a tree and an even number", ()),
        ("zh", "九点半开门", ("9:30",)),
        ("zh", "下午三点半", ("15:30",)),
        ("zh", "一个半小时", ("1.5",)),
        ("ru", "полтора часа", ("1.5",)),
    ],
)
def test_numbers_are_read_in_more_of_their_forms(language: str, text: str, numbers: tuple[str, ...]) -> None:
    assert facts(text, language)[0] == numbers


@pytest.mark.parametrize(
    ("language", "name", "days"),
    [
        ("en", "on weekdays", "Monday to Friday"),
        ("de", "werktags", "Montag bis Freitag"),
        ("fi", "viikonloppuisin", "lauantaisin ja sunnuntaisin"),
        ("ru", "по будням", "с понедельника по пятницу"),
        ("zh", "周末", "周六和周日"),
    ],
)
def test_weekdays_have_a_common_name(language: str, name: str, days: str) -> None:
    assert facts(name, language)[1] == facts(days, language)[1] != ()


def test_counted_working_days_are_a_length() -> None:
    assert facts("2 Werktage", "de")[1] == ()


class Fixed:
    """An embedder that knows what it is told."""

    def __init__(self, *same: str) -> None:
        self._same = same

    def embed(self, texts: Sequence[str], *, languages: Sequence[str]) -> list[tuple[float, float]]:
        assert len(texts) == len(languages)
        return [(1.0, 0.0) if text in self._same else (0.0, 1.0) for text in texts]


def test_by_meaning_a_word_that_was_replaced_by_its_like_is_no_other_thing() -> None:
    one = read(Text(id="a", language="en", body="The bakery has a new oven and a second counter."))
    other = read(Text(id="b", language="en", body="The bakery has a new stove and a second counter."))
    assert not judged_by_meaning(one, other, closeness=0.99, embedder=Fixed("oven")).same
    assert judged_by_meaning(one, other, closeness=0.99, embedder=Fixed("oven", "stove")).same
