"""Kannel's interface against a real HTTP server that answers and misbehaves like one."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from channels.errors import ChannelSettingsError
from channels.protocol import Accepted, Failure, Prepared, Refused, Unknown, Withdrawn
from channels.settings import Secret, SmsSettings
from channels.sms.kannel import KannelChannel
from tests.servers.gateways import PASSWORD, KannelGateway, Reply, Trouble, unused_port
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import outgoing


def settings(url: str, **changes: object) -> SmsSettings:
    usual: dict[str, object] = {
        "url": url,
        "account": "touch",
        "password": Secret(PASSWORD),
        "sender": "KAHVILA",
        "connect_timeout": 2.0,
        "answer_timeout": 5.0,
    }
    return SmsSettings(**{**usual, **changes})  # type: ignore[arg-type]


@pytest.fixture
async def gateway() -> AsyncIterator[KannelGateway]:
    async with KannelGateway() as server:
        yield server


@pytest.fixture
async def channel(gateway: KannelGateway) -> AsyncIterator[KannelChannel]:
    sms = KannelChannel(settings(gateway.url))
    yield sms
    await sms.close()


@pytest.fixture
async def impatient(gateway: KannelGateway) -> AsyncIterator[KannelChannel]:
    sms = KannelChannel(settings(gateway.url, answer_timeout=0.2))
    yield sms
    await sms.close()


def message(channel: KannelChannel, **changes: object) -> Prepared:
    return channel.prepare(outgoing("sms", **changes))  # type: ignore[arg-type]


async def test_a_message_is_taken_with_all_that_kannel_needs(gateway: KannelGateway, channel: KannelChannel) -> None:
    result = await channel.hand_over(message(channel), CountingMarker())
    assert result == Accepted(reference="touch-000042", detail="0: Accepted for delivery")
    (query,) = gateway.taken
    assert query["to"] == "+358401234567"
    assert query["text"].startswith("From Monday our support")
    assert {name: query[name] for name in ("from", "coding", "charset", "validity")} == {
        "from": "KAHVILA",
        "coding": "0",
        "charset": "UTF-8",
        "validity": "240",
    }
    assert "dlr-url" not in query


async def test_another_alphabet_goes_out_as_ucs2(gateway: KannelGateway, channel: KannelChannel) -> None:
    await channel.hand_over(message(channel, values={"first_name": "Василий 😀"}), CountingMarker())
    assert gateway.taken[0]["coding"] == "2"
    assert "Василий 😀" in gateway.taken[0]["text"]


async def test_reports_come_back_under_our_key_with_a_token(gateway: KannelGateway) -> None:
    channel = KannelChannel(settings(gateway.url, callback_base="https://touch.example/", callback_secret=Secret("k")))
    await channel.hand_over(message(channel), CountingMarker())
    await channel.close()
    (query,) = gateway.taken
    assert query["dlr-mask"] == "31"
    assert query["dlr-url"].startswith("https://touch.example/sms/status/kannel?key=touch-000042&token=")
    assert query["dlr-url"].endswith("&state=%d&id=%F&reply=%A&at=%T")


async def test_queued_for_later_is_responsibility_taken(gateway: KannelGateway, channel: KannelChannel) -> None:
    gateway.behave(Reply(status=202, body=b"3: Queued for later delivery"))
    result = await channel.hand_over(message(channel), CountingMarker())
    assert result == Accepted(reference="touch-000042", detail="3: Queued for later delivery")


async def test_the_marker_is_awaited_on_a_standing_connection_before_anything_is_sent(
    gateway: KannelGateway, channel: KannelChannel
) -> None:
    async def marker() -> bool:
        await gateway.connected.wait()
        assert gateway.requests == []
        return True

    assert isinstance(await channel.hand_over(message(channel), marker), Accepted)


async def test_a_no_of_the_marker_leaves_the_gateway_without_a_request(
    gateway: KannelGateway, channel: KannelChannel
) -> None:
    assert await channel.hand_over(message(channel), CountingMarker(answer=False)) == Withdrawn()
    assert isinstance(await channel.hand_over(message(channel), CountingMarker()), Accepted)
    assert len(gateway.requests) == 1


async def test_a_failing_marker_is_not_taken_for_an_answer_of_the_gateway(
    gateway: KannelGateway, channel: KannelChannel
) -> None:
    async def marker() -> bool:
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError, match="database gone"):
        await channel.hand_over(message(channel), marker)
    assert gateway.requests == []


async def test_nobody_listening_is_a_certain_refusal_without_a_marker() -> None:
    channel = KannelChannel(settings(f"http://127.0.0.1:{unused_port()}/cgi-bin/sendsms"))
    marker = CountingMarker()
    result = await channel.hand_over(message(channel), marker)
    await channel.close()
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent, marker.times) == (Failure.CONNECT, False, 0)


async def test_an_unknown_host_is_a_certain_refusal() -> None:
    channel = KannelChannel(settings("http://no-such-host.invalid/cgi-bin/sendsms"))
    result = await channel.hand_over(message(channel), CountingMarker())
    await channel.close()
    assert isinstance(result, Refused)
    assert result.failure is Failure.CONNECT


@pytest.mark.parametrize(
    ("reply", "failure", "permanent"),
    [
        (Reply(status=403, body=b"Authorization failed for sendsms"), Failure.CONFIGURATION, False),
        (Reply(status=404, body=b"Unknown request"), Failure.CONFIGURATION, False),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:1/"}), Failure.CONFIGURATION, False),
        (Reply(status=400, body=b"Invalid receiver, rejected"), Failure.REJECTED, True),
        (Reply(status=408), Failure.TEMPORARY, False),
        (Reply(status=429), Failure.THROTTLED, False),
    ],
)
async def test_a_refusal_that_was_received_is_certain(
    gateway: KannelGateway, channel: KannelChannel, reply: Reply, failure: Failure, permanent: bool
) -> None:
    gateway.behave(reply)
    result = await channel.hand_over(message(channel), CountingMarker())
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent, result.code) == (failure, permanent, str(reply.status))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(status=503, body=b"Temporal failure, try again later."),
        Reply(status=200, body=b"<html>Welcome</html>"),
        Reply(status=202),
        Reply(status=303, headers={"Location": "/"}),
    ],
)
async def test_an_answer_that_proves_nothing_is_unknown(
    gateway: KannelGateway, channel: KannelChannel, reply: Reply
) -> None:
    gateway.behave(reply)
    result = await channel.hand_over(message(channel), CountingMarker())
    assert isinstance(result, Unknown)
    assert result.phase == "answer"


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble.CUT_BEFORE_READING,
        Trouble.CUT_AFTER_REQUEST,
        Trouble.RESET_AFTER_REQUEST,
        Trouble.CUT_INSIDE_HEADERS,
        Trouble.CUT_INSIDE_BODY,
        Trouble.ENDLESS_BODY,
    ],
)
async def test_a_lost_answer_is_unknown_and_not_repeated(
    gateway: KannelGateway, channel: KannelChannel, trouble: Trouble
) -> None:
    gateway.behave(trouble)
    marker = CountingMarker()
    result = await channel.hand_over(message(channel), marker)
    assert isinstance(result, Unknown)
    assert marker.times == 1
    assert len(gateway.requests) <= 1


@pytest.mark.parametrize(
    "trouble", [Trouble.SILENT_BEFORE_READING, Trouble.SILENT_AFTER_REQUEST, Trouble.DRIPPING_BODY]
)
async def test_a_late_answer_is_unknown(gateway: KannelGateway, impatient: KannelChannel, trouble: Trouble) -> None:
    gateway.behave(trouble)
    assert isinstance(await impatient.hand_over(message(impatient), CountingMarker()), Unknown)


async def test_several_messages_at_once_each_arrive_once(gateway: KannelGateway, channel: KannelChannel) -> None:
    keys = [f"touch-{number:06}" for number in range(20)]
    results = await asyncio.gather(*(channel.hand_over(message(channel, key=key), CountingMarker()) for key in keys))
    assert sorted(result.reference for result in results if isinstance(result, Accepted)) == keys
    assert len(gateway.taken) == 20


async def test_the_password_is_in_no_log_line_and_no_error(
    gateway: KannelGateway, channel: KannelChannel, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await channel.hand_over(message(channel), CountingMarker())
        gateway.behave(Trouble.CUT_AFTER_REQUEST)
        result = await channel.hand_over(message(channel), CountingMarker())
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(result)
    assert PASSWORD not in repr(settings(gateway.url))


@pytest.mark.parametrize("url", ["ftp://host/x", "kannel", "http://user:pw@host/x", "http://ho st/"])
def test_an_address_that_cannot_work_is_refused_at_once(url: str) -> None:
    with pytest.raises(ChannelSettingsError, match=r"channels\.sms\.url"):
        KannelChannel(settings(url))
