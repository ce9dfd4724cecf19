"""What speaks for and against two texts saying the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.likeness import Likeness, Text, compare
from tests.unit.policies.likeness.labelled import labelled_pairs


def compared(a: str, b: str, language: str | None = "en") -> Likeness:
    return compare(Text(id="a", language=language, body=a), Text(id="b", language=language, body=b))


def reason(a: str, b: str, language: str = "en") -> str:
    likeness = compared(a, b, language)
    assert not likeness.same
    return "; ".join(likeness.because_against)


OFFER = "Garden chairs are 15 % off until Friday, 5 December. Delivery to the island is free."


def test_a_text_says_the_same_as_itself() -> None:
    likeness = compared(OFFER, OFFER)
    assert likeness.same
    assert likeness.score == 1.0
    assert likeness.because_against == ()
    assert any("15" in because for because in likeness.because_for)


@pytest.mark.parametrize(
    "other",
    [
        "Until Friday 5 December you save 15 percent on all garden chairs, and delivery to the island is free.",
        "Delivery to the island is free, and garden chairs are 15 % off until Friday, 5 December.",
        "GARDEN CHAIRS ARE 15% OFF UNTIL FRIDAY, 5/12. DELIVERY TO THE ISLAND IS FREE.",
        "Gardn chairs are 15 % off untill Friday, 5 December. Delivry to the island is free.",
        (
            "Hi Ann,\n\n**Garden chairs** are fifteen percent off until Friday, Dec 5.\n"
            "Delivery to the island is free.\n\nBest, Tom"
        ),
    ],
)
def test_other_words_order_case_spelling_and_greeting_are_seen_through(other: str) -> None:
    assert compared(OFFER, other).same


@pytest.mark.parametrize(
    ("was", "becomes", "guard"),
    [
        ("15 %", "10 %", "numbers differ"),
        ("15 %", "15 €", "units differ"),
        ("5 December", "6 December", "numbers differ"),
        ("December", "January", "months"),
        ("Friday", "Monday", "weekdays"),
        ("chairs", "lamps", "words replaced"),
        ("is free", "is not free", "negations differ"),
    ],
)
def test_a_changed_word_that_counts_makes_other_news(was: str, becomes: str, guard: str) -> None:
    assert guard in reason(OFFER, OFFER.replace(was, becomes))


def test_numbers_that_change_places_make_other_news() -> None:
    assert "stand elsewhere" in reason("The price goes from 28 to 31.", "The price goes from 31 to 28.")


def test_a_number_that_occurs_more_often_makes_other_news() -> None:
    assert not compared("Rooms 5, 6 and 5 are free.", "Rooms 5, 6 and 6 are free.").same


def test_another_day_makes_other_news() -> None:
    assert "days differ" in reason("The parcel arrives today.", "The parcel arrives tomorrow.")


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("We opened the shop.", "We closed the shop.", "en"),
        ("Your order was shipped.", "Your order was cancelled.", "en"),
        ("Myymälä avataan.", "Myymälä suljetaan.", "fi"),
        ("Das Lager ist geöffnet.", "Das Lager ist geschlossen.", "de"),
        ("Склад открыт.", "Склад закрыт.", "ru"),
        ("订单已经发货。", "订单已经取消。", "zh"),
        ("Bukas ang tindahan.", "Sarado ang tindahan.", "tl"),
    ],
)
def test_opposites_make_other_news(one: str, other: str, language: str) -> None:
    assert not compared(one, other, language).same


def test_an_opposite_that_is_denied_is_none() -> None:
    assert "opposites" not in "; ".join(compared("The shop is not open.", "The shop is closed.").because_against)


def test_another_name_makes_other_news_however_it_is_worded() -> None:
    said = "Your new manager is Maria Lopez, who will call you."
    assert "names differ" in reason(said, "You will get a call from your new manager, a certain Anna Reed.")


def test_two_names_in_each_others_place_make_other_news() -> None:
    one = "The new manager is Maria Lopez. She replaces Peter Hall and will call."
    other = "The new manager is Peter Hall. She replaces Maria Lopez and will call."
    assert "other roles" in reason(one, other)


def test_names_joined_by_and_may_change_places() -> None:
    assert compared(
        "Maria and Peter will call you about the offer.", "Peter and Maria will call you about the offer."
    ).same


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("We can export invoices.", "We can not export invoices.", "en"),
        ("Osaamme viedä laskut tiedostoon.", "Emme osaa viedä laskuja tiedostoon.", "fi"),
        ("Wir liefern am Abend aus.", "Wir liefern nicht am Abend aus.", "de"),
        ("Мы берём деньги за возврат.", "Мы не берём деньги за возврат.", "ru"),
        ("邮费由我们公司付。", "邮费不由我们公司付。", "zh"),
        ("Kami ang magbabayad ng pagpapadala.", "Hindi kami ang magbabayad ng pagpapadala.", "tl"),
    ],
)
def test_a_negation_makes_other_news(one: str, other: str, language: str) -> None:
    assert not compared(one, other, language).same


def test_a_slip_of_the_chinese_input_method_is_seen_through_and_another_town_is_not() -> None:
    assert compared("您的订单已经发货，请查收包裹。", "您的定单已经发货，请查收包裹。", "zh").same
    assert not compared("我们在苏州举办活动，欢迎参加。", "我们在杭州举办活动，欢迎参加。", "zh").same


def test_the_language_may_be_left_to_guess() -> None:
    assert compared(OFFER, OFFER.upper(), None).same
    assert not compared(OFFER, OFFER.replace("15", "10"), None).same


def test_a_language_nobody_described_is_still_compared() -> None:
    assert compared("Butiken öppnar klockan 9 på måndag.", "BUTIKEN ÖPPNAR KLOCKAN 9 PÅ MÅNDAG.", "sv").same
    assert not compared("Butiken öppnar klockan 9.", "Butiken öppnar klockan 8.", "sv").same


@pytest.mark.parametrize("empty", ["", "   \n", "{{ lead.first_name }}", "***", "…", "\x00\x1b"])
def test_nothing_says_the_same_as_nothing(empty: str) -> None:
    assert not compared(empty, empty).same
    assert not compared(empty, OFFER).same


def test_what_is_too_long_to_be_read_whole_is_never_called_the_same() -> None:
    long = "We moved to Leeds. " * 2000
    assert "too long" in reason(long + "5", long + "6")


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 1_000_000,
        "{{" * 200_000,
        "[" * 200_000,
        "<a" * 200_000,
        "not open " * 100_000,
        "1 " * 300_000,
        "1.1." * 100_000,
        "十" * 300_000,
        "\x00\u202e\ud800" * 1000,
        "9" * 20_000 + " тысяч",
        "٣٤ ½ ① x² 第一百",
        "99:99 0/0 13.13. 0000-00-00 99月99日",
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_a_hostile_text_is_compared_like_any_other(hostile: str) -> None:
    for language in (None, "en", "fi", "zh", "ru", "tl"):
        compared(hostile, OFFER, language)
        compared(hostile, hostile, language)


@given(
    st.text(max_size=200),
    st.text(max_size=200),
    st.sampled_from([None, "en", "fi", "de", "zh", "tl", "ru", "sv", "??"]),
)
@settings(max_examples=200, deadline=None)
def test_comparing_never_fails_and_is_symmetric(a: str, b: str, language: str | None) -> None:
    assert compared(a, b, language) == compared(b, a, language)


def test_comparing_the_labelled_pairs_is_symmetric() -> None:
    for pair in labelled_pairs():
        assert compare(pair.a, pair.b) == compare(pair.b, pair.a), pair.id
