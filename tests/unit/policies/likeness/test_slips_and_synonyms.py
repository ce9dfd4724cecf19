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


def judged(one: str, other: str, *, closeness: float, language: str = "en") -> bool:
    first, second = (read(Text(id=name, language=language, body=body)) for name, body in (("a", one), ("b", other)))
    return judged_by_meaning(first, second, closeness=closeness).same


COOKERS = "Our camp site now rents out stoves. You will find them at the reception."


def test_by_meaning_many_words_may_be_replaced_if_the_meaning_stays() -> None:
    reworded = "Our camp site now lends burners. You will find them at the reception."
    assert judged(COOKERS, reworded, closeness=0.9)
    assert not judged(COOKERS, reworded, closeness=0.65)


def test_by_meaning_one_replaced_word_of_many_is_another_thing_however_close_the_texts() -> None:
    assert not judged(COOKERS, COOKERS.replace("stoves", "tents"), closeness=0.999)


def test_by_meaning_things_that_changed_places_are_other_news() -> None:
    one = "Invoices come by telegram from now on. If you want a parchment invoice, tell us."
    other = "Invoices come by parchment from now on. If you want a telegram invoice, tell us."
    assert not judged(one, other, closeness=0.98)


def test_by_meaning_what_was_replaced_wherever_it_stood_is_another_thing() -> None:
    one = "All boilers have a guarantee now. Register the boiler online once the boiler is installed."
    assert not judged(one, one.replace("boiler", "radiator"), closeness=0.98)


@pytest.mark.parametrize(
    ("language", "closed", "reopens"),
    [
        (
            "en",
            "The hall is closed on Monday while we check ropes.",
            "We check our ropes on Monday, then the hall reopens.",
        ),
        ("de", "Am Montag ist die Halle geschlossen.", "Die Halle öffnet wieder nach Montag, an dem wir prüfen."),
        ("fi", "Maanantaina halli on kiinni.", "Maanantain tarkastuksen päätyttyä halli avataan uudelleen."),
        ("ru", "В понедельник зал закрыт.", "Зал снова открыт после проверки в понедельник."),
    ],
)
def test_what_opens_again_was_closed(language: str, closed: str, reopens: str) -> None:
    one, other = (Text(id=text, language=language, body=text) for text in (closed, reopens))
    assert not any("opposites" in reason for reason in compare(one, other).because_against)


def test_in_one_text_that_was_edited_opening_again_is_not_closing() -> None:
    one = Text(id="a", language="en", body="The swimming hall in the old town opens again on Monday.")
    other = Text(id="b", language="en", body=one.body.replace("opens again", "closes"))
    assert not compare(one, other).same
