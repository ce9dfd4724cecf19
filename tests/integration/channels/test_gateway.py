"""The exchange under every provider: when nothing may be sent any more, and what a question may not do."""

from collections.abc import AsyncIterator

import pytest

from channels.gateway import ANSWER_LIMIT, Answer, Call, Gateway
from channels.protocol import Failure, Refused
from tests.servers.gateways import KannelGateway, Reply, Trouble
from tests.unit.channels.marker import CountingMarker


class Steady:
    """A clock that somebody pushes."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def server() -> AsyncIterator[KannelGateway]:
    async with KannelGateway() as running:
        yield running


@pytest.fixture
def clock() -> Steady:
    return Steady()


@pytest.fixture
async def gateway(clock: Steady) -> AsyncIterator[Gateway]:
    made = Gateway(connect_timeout=2, answer_timeout=5, connections=2, clock=clock)
    yield made
    await made.close()


async def test_a_marker_from_before_a_pause_sends_nothing(
    server: KannelGateway, gateway: Gateway, clock: Steady
) -> None:
    async def frozen() -> bool:
        clock.now += 11
        return True

    result = await gateway.offer(Call(method="GET", url=server.url), frozen)
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent) == (Failure.TEMPORARY, False)
    assert server.requests == []


async def test_a_marker_that_is_quick_enough_sends(server: KannelGateway, gateway: Gateway, clock: Steady) -> None:
    async def slow() -> bool:
        clock.now += 9
        return True

    assert isinstance(await gateway.offer(Call(method="GET", url=server.url), slow), Answer)


async def test_an_answer_is_read_up_to_the_limit(server: KannelGateway, gateway: Gateway) -> None:
    server.behave(Trouble.ENDLESS_BODY)
    answer = await gateway.offer(Call(method="GET", url=server.url), CountingMarker())
    assert isinstance(answer, Answer)
    assert len(answer.body) == ANSWER_LIMIT


async def test_a_redirect_is_not_followed(server: KannelGateway, gateway: Gateway) -> None:
    server.behave(Reply(status=307, headers={"Location": server.url}))
    answer = await gateway.offer(Call(method="GET", url=server.url), CountingMarker())
    assert isinstance(answer, Answer)
    assert answer.status == 307
    assert len(server.requests) == 1


@pytest.mark.parametrize("trouble", [Trouble.CUT_AFTER_REQUEST, Trouble.CUT_INSIDE_BODY])
async def test_a_question_without_a_whole_answer_has_none(
    server: KannelGateway, gateway: Gateway, trouble: Trouble
) -> None:
    server.behave(trouble)
    assert await gateway.look_up(Call(method="GET", url=server.url)) is None


def test_what_is_shown_of_an_answer_is_one_printable_line() -> None:
    body = b"bad\x00 \x1b[31mthing\r\nsecond " + b"x" * 500
    assert Answer(status=500, headers={}, body=body).line() == "bad [31mthing"
    assert len(Answer(status=500, headers={}, body=b"x" * 500).line()) == 200


def test_a_call_shows_no_field_that_may_hold_a_password() -> None:
    call = Call(method="POST", url="http://a.example", query={"password": "canary"}, form={"t": "canary"},
                account=("a", "canary"))  # fmt: skip
    assert "canary" not in repr(call)
