"""What follows a refusal: bounded, ever slower, and nobody blamed for what is ours."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.protocol import Failure, Refused
from touches.planning.retries import (
    GIVE_UP_AFTER,
    GIVE_UP_SMS_AFTER,
    LONGEST_RETRY_AFTER,
    GiveUp,
    PauseTransport,
    Retry,
    TryAgain,
    after_refusal,
)

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
REFUSALS = st.builds(
    Refused,
    failure=st.sampled_from(Failure),
    permanent=st.booleans(),
    code=st.sampled_from(["", "421", "450 4.2.0", "550 5.1.1", "554 5.7.1", "429"]),
    text=st.text(max_size=400),
    retry_after=st.none() | st.floats(-10, 10**6),
)
LEADS_FAULT = {Failure.BAD_ADDRESS}
OURS = {Failure.CONFIGURATION, Failure.CONNECT, Failure.BUSY, Failure.THROTTLED}


def verdict(
    refused: Refused, *, attempts: int = 1, waited: timedelta = timedelta(0), channel: str = "email", key: str = "t1"
) -> Retry:
    return after_refusal(refused, key=key, channel=channel, attempts=attempts, first_at=NOW - waited, now=NOW)


@given(
    REFUSALS, st.integers(1, 1000), st.timedeltas(timedelta(0), timedelta(days=9)), st.sampled_from(["email", "sms"])
)
def test_every_refusal_ends_or_has_a_next_time_within_its_bound(
    refused: Refused, attempts: int, waited: timedelta, channel: str
) -> None:
    found = verdict(refused, attempts=attempts, waited=waited, channel=channel)

    limit = GIVE_UP_SMS_AFTER if channel == "sms" else GIVE_UP_AFTER
    if isinstance(found, TryAgain):
        assert NOW < found.at <= NOW - waited + limit
    if isinstance(found, PauseTransport):
        assert NOW < found.until <= NOW + timedelta(hours=1)
    assert len(found.because) < 400


@given(REFUSALS, st.integers(1, 100), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_an_address_is_only_broken_by_what_is_the_leads_fault(
    refused: Refused, attempts: int, waited: timedelta
) -> None:
    found = verdict(refused, attempts=attempts, waited=waited)

    blamed = isinstance(found, GiveUp) and found.breaks_address
    assert blamed == (refused.failure in LEADS_FAULT)
    if isinstance(found, GiveUp) and found.opts_out:
        assert refused.failure is Failure.OPTED_OUT


@given(st.sampled_from([Failure.TEMPORARY, Failure.GREYLIST, Failure.MAILBOX_FULL, Failure.CONNECT]), st.text())
def test_without_being_told_we_wait_longer_each_time(failure: Failure, key: str) -> None:
    refused = Refused(failure=failure, permanent=False)

    waits = [
        found.at - NOW for n in range(2, 9) if isinstance(found := verdict(refused, attempts=n, key=key), TryAgain)
    ]

    assert len(waits) == 7
    assert all(later >= sooner * 0.83 for sooner, later in pairwise(waits))  # but for the jitter
    assert waits[0] >= timedelta(minutes=15)
    assert waits[-1] <= timedelta(minutes=240 * 1.2)


@given(st.floats(0, 10**6))
def test_a_wait_that_they_ask_for_is_kept_up_to_an_hour(seconds: float) -> None:
    refused = Refused(failure=Failure.THROTTLED, permanent=False, retry_after=seconds)

    found = verdict(refused)

    assert isinstance(found, TryAgain)
    assert found.at - NOW == min(max(timedelta(seconds=seconds), timedelta(seconds=1)), LONGEST_RETRY_AFTER)
    assert not found.counts


@pytest.mark.parametrize("failure", [Failure.CONFIGURATION, Failure.POLICY])
def test_a_refusal_of_us_rests_the_channel_and_fails_no_touch(failure: Failure) -> None:
    assert isinstance(verdict(Refused(failure=failure, permanent=True)), PauseTransport)


@given(REFUSALS, st.integers(1, 20))
def test_equal_refusals_get_equal_answers(refused: Refused, attempts: int) -> None:
    assert verdict(refused, attempts=attempts) == verdict(refused, attempts=attempts)


@given(REFUSALS.filter(lambda refused: refused.failure in OURS), st.integers(1, 20))
def test_tries_that_failed_on_our_side_do_not_count(refused: Refused, attempts: int) -> None:
    found = verdict(refused, attempts=attempts)

    assert not isinstance(found, TryAgain) or not found.counts
