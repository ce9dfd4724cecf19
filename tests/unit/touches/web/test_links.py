"""Tokens as they come back from mail clients, and as people try to forge them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.tokens import Purpose, Signer
from touches.web.links import masked, number_in

SIGNER = Signer(b"k" * 32)
TOKEN = SIGNER.token(Purpose.UNSUBSCRIBE, 4711)
OTHER = SIGNER.token(Purpose.UNSUBSCRIBE, 4712)


def read(path: str, signer: Signer = SIGNER) -> int | None:
    return number_in(path, Purpose.UNSUBSCRIBE, signer)


@pytest.mark.parametrize(
    "damage",
    [
        "{}", "{}.", "{})", "{}>", "<{}>", "{}=3D", "{}%3D", "{} ", "{}%20", "{}%0A", "{}/", "{}?utm_source=x",
        "{}%3Futm",
        "{}&x=1", "{}#top", "{},", "{}%253E", "\u200b{}", "{}\u200b", "{};", "{}\"", "{}'", "{}%E2%80%8B",
    ],
)  # fmt: skip
def test_what_programs_do_to_addresses_is_forgiven(damage: str) -> None:
    assert read(damage.format(TOKEN)) == 4711


def test_upper_case_and_quoting_again_are_forgiven() -> None:
    assert read(TOKEN.upper()) == 4711
    assert read(TOKEN.replace("-", "%2D")) == 4711
    assert read(TOKEN.replace("-", "%252D")) == 4711


FORGED = [
    "", "0", "-1", "4711", "1 OR 1=1", "u", "u-", "uae", "uae-", TOKEN[:-1], TOKEN[1:], TOKEN + "a", TOKEN + "2",
    TOKEN.partition("-")[0], TOKEN.partition("-")[0] + "-", OTHER.partition("-")[0] + "-" + TOKEN.partition("-")[2],
    "u" + "a" * 10_000 + "-" + "a" * 16, TOKEN.replace("-", "\x00"), TOKEN.replace("u", "\u057d", 1),
    "alg=none", '{"alg":"none"}', "eyJhbGciOiJub25lIn0.e30.", "../../etc/passwd", "%00", "%u0000", "\ud800",
    SIGNER.token(Purpose.PREFERENCES, 4711), SIGNER.token(Purpose.TOUCH, 4711), SIGNER.token(Purpose.BROWSER, 4711),
    Signer(b"x" * 32).token(Purpose.UNSUBSCRIBE, 4711),
]  # fmt: skip


@pytest.mark.parametrize("forged", FORGED, ids=range(len(FORGED)))
def test_what_we_did_not_sign_for_this_is_nothing(forged: str) -> None:
    assert read(forged) is None


@pytest.mark.parametrize("place", range(1, len(TOKEN)))
def test_a_token_with_another_letter_is_never_somebody_elses(place: int) -> None:
    for letter in "abcz27":
        changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
        assert read(changed) in (None, 4711)
        assert changed.partition("-")[2] == TOKEN.partition("-")[2] or read(changed) is None


@given(st.text(max_size=80))
def test_no_text_is_a_token_or_an_error(text: str) -> None:
    assert read(text) is None


@given(st.integers(min_value=0, max_value=2**63 - 1), st.sampled_from(list(Purpose)))
def test_every_token_reads_back_for_its_own_purpose_alone(number: int, purpose: Purpose) -> None:
    token = SIGNER.token(purpose, number)
    assert [number_in(token, other, SIGNER) for other in Purpose if other is not purpose] == [None] * (len(Purpose) - 1)
    assert number_in(token, purpose, SIGNER) == number


def test_a_retired_key_still_opens_the_way_out() -> None:
    assert read(TOKEN, Signer(b"n" * 32, retired=(b"k" * 32,))) == 4711


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("aino.virtanen@kahvila.test", "a…@k…a.test"),
        ("a@b.fi", "a…@b….fi"),
        ("+358401234567", "+35…67"),
        ("12345", "…"),
        ("Esimerkkikatu 1\n00100 Helsinki", "Esi… 1"),
    ],
)
def test_an_address_is_shown_to_its_owner_alone(address: str, shown: str) -> None:
    assert masked(address) == shown
