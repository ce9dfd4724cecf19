"""What every channel promises. A new channel adds one line to `receivers.CASES`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.errors import UnsendableError
from channels.protocol import Accepted, Channel, Refused, Withdrawn
from tests.conformance.receivers import CASES, Case
from tests.unit.channels.marker import CountingMarker

HOSTILE = ["{{7*7}}", "<b>x</b>", "**x** _y_", "a&b=c%0d%0a", 'O\'Neill "Bob"', "王小明", "#read(1)", "=1+1"]


@pytest.fixture(params=sorted(CASES))
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Case]:
    async with CASES[request.param](tmp_path) as opened:
        yield opened
        await opened.channel.close()


def arrived(case: Case) -> int:
    return len(case.received())


async def test_it_is_a_channel_with_a_name_and_a_limit(case: Case) -> None:
    assert isinstance(case.channel, Channel)
    assert case.channel.name
    assert case.channel.concurrency >= 1


async def test_preparing_twice_gives_the_same_frozen_bytes(case: Case) -> None:
    first, second = (case.channel.prepare(case.message()) for _ in range(2))
    assert first == second
    assert first.key == "touch-000042"
    assert len(first.digest) >= 32


async def test_another_text_has_another_digest(case: Case) -> None:
    other = case.message(values={"first_name": "Aino"})
    assert case.channel.prepare(case.message()).digest != case.channel.prepare(other).digest


async def test_preparing_reaches_nobody(case: Case) -> None:
    case.channel.prepare(case.message())
    assert arrived(case) == 0


async def test_an_accepted_message_arrives_exactly_once_after_one_marker(case: Case) -> None:
    marker = CountingMarker(look=lambda: arrived(case))
    result = await case.channel.hand_over(case.channel.prepare(case.message()), marker)
    assert isinstance(result, Accepted)
    assert result.reference
    assert marker.seen == [0]
    assert arrived(case) <= 1
    if case.channel.name not in ("call", "meeting"):
        assert arrived(case) == 1
    if case.keys is not None:
        assert case.keys() == ["touch-000042"]


async def test_a_no_of_the_marker_withdraws_and_the_next_message_still_goes(case: Case) -> None:
    prepared = case.channel.prepare(case.message())
    no = CountingMarker(answer=False)
    assert await case.channel.hand_over(prepared, no) == Withdrawn()
    assert (no.times, arrived(case)) == (1, 0)
    assert isinstance(await case.channel.hand_over(prepared, CountingMarker()), Accepted)


async def test_an_error_of_the_marker_goes_up_and_nothing_leaves(case: Case) -> None:
    async def broken() -> bool:
        raise LookupError("the database is gone")

    with pytest.raises(LookupError):
        await case.channel.hand_over(case.channel.prepare(case.message()), broken)
    assert arrived(case) == 0


async def test_a_receiver_that_is_gone_is_a_certain_refusal_for_now(case: Case) -> None:
    if case.take_away is None:
        pytest.skip("nothing outside that could be gone")
    prepared = case.channel.prepare(case.message())
    gone = case.take_away()
    if gone is not None:
        await gone
    result = await case.channel.hand_over(prepared, CountingMarker())
    assert isinstance(result, Refused)
    assert not result.permanent


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_arrives_as_the_text_it_is(case: Case, name: str) -> None:
    prepared = case.channel.prepare(case.message(values={"first_name": name}))
    assert isinstance(await case.channel.hand_over(prepared, CountingMarker()), Accepted)
    for text in case.received():
        shown = name.replace('"', '\\"') if text.startswith("{") else name
        assert shown.replace(" ", "") in text.replace(" ", "").replace("\n", "")


async def test_what_it_cannot_carry_is_said_before_anything_is_offered(case: Case) -> None:
    with pytest.raises(UnsendableError) as refused:
        case.channel.prepare(case.message(**case.hopeless))
    assert refused.value.reason


async def test_an_unknown_variable_is_said_by_every_channel(case: Case) -> None:
    with pytest.raises(UnsendableError, match="unknown variable"):
        case.channel.prepare(case.message(values={}))


async def test_closing_twice_is_closing(case: Case) -> None:
    await case.channel.close()
    await case.channel.close()
