"""The last word on each channel counts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.model.care import Activity
from touches.model.people import CHANNELS, KIND_FOR_CHANNEL, PointKind
from touches.people.wishes import ALL, OPT_IN, OPT_OUT, Wishes, wishes_of

AT = datetime(2026, 11, 22, tzinfo=UTC)


def said(*words: str) -> Wishes:
    """Of words as `-sms` (stop) and `+sms` (start)."""
    kinds = {"-": OPT_OUT, "+": OPT_IN}
    return wishes_of(Activity(lead_id=1, kind=kinds[word[0]], at=AT, source=f"{word[1:]}: mail") for word in words)


def closed(wishes: Wishes) -> set[tuple[str, PointKind]]:
    """Each channel at each kind of address that it could use."""
    return {
        (channel, kind)
        for channel, kinds in KIND_FOR_CHANNEL.items()
        for kind in kinds
        if kind in wishes.get(channel, ()) or kind in wishes.get(ALL, ())
    }


EVERYTHING = {(channel, kind) for channel, kinds in KIND_FOR_CHANNEL.items() for kind in kinds}


@pytest.mark.parametrize(
    ("words", "open_again"),
    [
        (("-all", "+sms"), {"sms"}),
        (("-all", "+sms", "+call"), {"sms", "call"}),
        (("-all", "+all"), set(CHANNELS)),
        (("-all", "+sms", "-sms"), set()),
        (("-all", "+sms", "-all"), set()),
        (("-sms", "-all", "+all"), set(CHANNELS) - {"sms"}),
    ],
)
def test_the_last_word_counts(words: tuple[str, ...], open_again: set[str]) -> None:
    assert closed(said(*words)) == {pair for pair in EVERYTHING if pair[0] not in open_again}


words_of = st.lists(st.sampled_from([f"{sign}{channel}" for sign in "+-" for channel in (*CHANNELS, ALL)]), max_size=8)


@given(words=words_of, channel=st.sampled_from(CHANNELS))
def test_an_opt_in_opens_its_channel_and_no_other(words: list[str], channel: str) -> None:
    before = closed(said(*words))
    assert closed(said(*words, f"+{channel}")) == {pair for pair in before if pair[0] != channel}


@given(words=words_of, channel=st.sampled_from(CHANNELS))
def test_an_opt_out_closes_its_channel_and_no_other(words: list[str], channel: str) -> None:
    mine = {pair for pair in EVERYTHING if pair[0] == channel}
    assert closed(said(*words, f"-{channel}")) == closed(said(*words)) | mine


@given(words=words_of)
def test_an_opt_out_of_everything_closes_everything(words: list[str]) -> None:
    assert closed(said(*words, "-all")) == EVERYTHING
