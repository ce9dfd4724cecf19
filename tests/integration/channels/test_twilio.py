"""Twilio's interface against a real HTTP server that answers, refuses and loses answers like one."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from channels.errors import ChannelSettingsError
from channels.proof import CannotTell, Prover
from channels.protocol import Accepted, Failure, Prepared, Refused, Unknown
from channels.settings import Secret, SmsSettings
from channels.sms.twilio import PAGE, TwilioChannel
from tests.servers.gateways import PASSWORD, Reply, Trouble, TwilioGateway, twilio_error, unused_port
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import outgoing

NUMBER = "+358401234567"
OURS = "+358409999999"


def settings(url: object, **changes: object) -> SmsSettings:
    usual: dict[str, object] = {
        "provider": "twilio",
        "url": url,
        "account": "AC1",
        "password": Secret(PASSWORD),
        "sender": OURS,
        "answer_timeout": 5.0,
    }
    return SmsSettings(**{**usual, **changes})  # type: ignore[arg-type]


@pytest.fixture
async def gateway() -> AsyncIterator[TwilioGateway]:
    async with TwilioGateway() as server:
        yield server


@pytest.fixture
async def channel(gateway: TwilioGateway) -> AsyncIterator[TwilioChannel]:
    sms = TwilioChannel(settings(gateway.origin))
    yield sms
    await sms.close()


def message(channel: TwilioChannel) -> Prepared:
    return channel.prepare(outgoing("sms"))


async def test_a_message_is_taken_and_named_by_its_sid(gateway: TwilioGateway, channel: TwilioChannel) -> None:
    result = await channel.hand_over(message(channel), CountingMarker())
    (taken,) = gateway.taken
    assert result == Accepted(reference=taken["sid"], detail="queued")
    assert (taken["To"], taken["From"], taken["ValidityPeriod"]) == (NUMBER, OURS, "14400")


async def test_a_messaging_service_chooses_the_number_itself(gateway: TwilioGateway) -> None:
    channel = TwilioChannel(
        settings(
            gateway.origin,
            messaging_service="MG1",
            sender="",
            callback_base="https://touch.example",
            callback_secret=Secret("k"),
        )
    )
    await channel.hand_over(message(channel), CountingMarker())
    await channel.close()
    form = gateway.requests[0].form
    assert form["MessagingServiceSid"] == "MG1"
    assert "From" not in form
    assert form["StatusCallback"].startswith("https://touch.example/sms/status/twilio?key=touch-000042&token=")


@pytest.mark.parametrize(
    ("status", "code", "failure", "permanent"),
    [
        (400, 21610, Failure.OPTED_OUT, True),
        (400, 21211, Failure.BAD_ADDRESS, True),
        (400, 21614, Failure.BAD_ADDRESS, True),
        (401, 20003, Failure.CONFIGURATION, False),
        (403, 20005, Failure.CONFIGURATION, False),
        (400, 21606, Failure.CONFIGURATION, False),
        (400, 21408, Failure.POLICY, True),
        (400, 21617, Failure.REJECTED, True),
    ],
)
async def test_their_codes_decide_who_is_blamed(
    gateway: TwilioGateway,
    channel: TwilioChannel,
    status: int,
    code: int,
    failure: Failure,
    permanent: bool,
) -> None:
    gateway.behave(twilio_error(status, code, "Because."))
    result = await channel.hand_over(message(channel), CountingMarker())
    assert result == Refused(failure=failure, permanent=permanent, code=str(code), text="Because.")


async def test_a_wrong_token_pauses_the_transport_instead_of_blaming_the_lead(gateway: TwilioGateway) -> None:
    channel = TwilioChannel(settings(gateway.origin, password=Secret("wrong")))
    result = await channel.hand_over(message(channel), CountingMarker())
    await channel.close()
    assert isinstance(result, Refused)
    assert result.failure is Failure.CONFIGURATION


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("Mon, 23 Nov 2026 10:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 09:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 23:00:00 GMT", 3600.0),
        ("99999999999999999999", 3600.0),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
async def test_a_throttle_says_how_long_in_seconds_or_as_a_date_and_never_over_an_hour(
    gateway: TwilioGateway, channel: TwilioChannel, value: str, seconds: float | None
) -> None:
    gateway.behave(
        twilio_error(429, 20429, "Too Many Requests", Retry_After=value, Date="Mon, 23 Nov 2026 10:00:00 GMT")
    )
    result = await channel.hand_over(message(channel), CountingMarker())
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent, result.retry_after) == (Failure.THROTTLED, False, seconds)


@pytest.mark.parametrize(
    "instead",
    [
        Reply(status=500, body=b'{"code": 20500}'),
        Reply(status=504),
        Reply(status=201, body=b"not json"),
        Reply(status=201, body=b'{"status": "queued"}'),
        Reply(status=200, body=b"[" * 60_000),
        Trouble.CUT_AFTER_REQUEST,
        Trouble.ENDLESS_BODY,
    ],
)
async def test_what_proves_nothing_is_unknown(
    gateway: TwilioGateway, channel: TwilioChannel, instead: Reply | Trouble
) -> None:
    gateway.behave(instead)
    assert isinstance(await channel.hand_over(message(channel), CountingMarker()), Unknown)


async def look_up(channel: TwilioChannel, since: datetime) -> object:
    return await channel.find(key="touch-000042", address=NUMBER, since=since)


def form(to: str = NUMBER) -> dict[str, str]:
    return {"To": to, "From": OURS, "Body": "x"}


async def test_a_lost_answer_is_proven_by_the_list(gateway: TwilioGateway, channel: TwilioChannel) -> None:
    since = datetime.now(UTC)
    gateway.behave(Trouble.CUT_AFTER_REQUEST)
    assert isinstance(await channel.hand_over(message(channel), CountingMarker()), Unknown)
    found = await look_up(channel, since)
    assert found == Accepted(reference=gateway.taken[0]["sid"], detail="queued")


async def test_an_empty_list_proves_that_nothing_was_taken(gateway: TwilioGateway, channel: TwilioChannel) -> None:
    now = datetime.now(UTC)
    gateway.take(form(), made_at=now - timedelta(days=3))
    gateway.take(form("+358400000000"), made_at=now)
    assert await look_up(channel, now) is None


async def test_two_messages_to_one_number_prove_nothing(gateway: TwilioGateway, channel: TwilioChannel) -> None:
    now = datetime.now(UTC)
    gateway.take(form(), made_at=now)
    gateway.take(form(), made_at=now + timedelta(seconds=5))
    assert isinstance(await look_up(channel, now), CannotTell)


async def test_a_message_shortly_before_proves_nothing_since_clocks_differ(
    gateway: TwilioGateway, channel: TwilioChannel
) -> None:
    now = datetime.now(UTC)
    gateway.take(form(), made_at=now - timedelta(seconds=30))
    assert isinstance(await look_up(channel, now), CannotTell)


async def test_a_full_page_proves_nothing(gateway: TwilioGateway, channel: TwilioChannel) -> None:
    now = datetime.now(UTC)
    for _ in range(PAGE):
        gateway.take(form(), made_at=now - timedelta(days=1))
    assert isinstance(await look_up(channel, now), CannotTell)


def _two_messages_of_now() -> Reply:
    """Made when the test runs: what counts as now has passed when a long suite comes here."""
    second = format_datetime(datetime.now(UTC)).encode()
    return Reply(status=200, body=b'{"messages": [{"sid": "a"}, {"sid": "b", "date_created": "' + second + b'"}]}')


@pytest.mark.parametrize(
    "instead",
    [
        Reply(status=500),
        Reply(status=200, body=b"{}"),
        _two_messages_of_now,
        Trouble.CUT_AFTER_REQUEST,
    ],
)
async def test_an_unreadable_list_proves_nothing(
    gateway: TwilioGateway, channel: TwilioChannel, instead: Reply | Trouble | Callable[[], Reply]
) -> None:
    gateway.behave(instead() if callable(instead) else instead)
    assert isinstance(await look_up(channel, datetime.now(UTC)), CannotTell)


async def test_a_list_that_cannot_be_reached_proves_nothing() -> None:
    channel = TwilioChannel(settings(f"http://127.0.0.1:{unused_port()}"))
    assert isinstance(channel, Prover)
    assert isinstance(await look_up(channel, datetime.now(UTC)), CannotTell)
    await channel.close()


@pytest.mark.parametrize(
    ("changes", "setting"),
    [
        ({"url": "http://api.example"}, "channels.sms.url"),
        ({"account": ""}, "channels.sms.account"),
        ({"password": Secret()}, "channels.sms.account"),
        ({"sender": ""}, "channels.sms.sender"),
        ({"max_parts": 0}, "channels.sms.max_parts"),
    ],
)
def test_a_setting_that_cannot_work_is_named(changes: dict[str, object], setting: str) -> None:
    with pytest.raises(ChannelSettingsError) as refused:
        TwilioChannel(settings(**{"url": "https://api.example", **changes}))
    assert refused.value.setting == setting
