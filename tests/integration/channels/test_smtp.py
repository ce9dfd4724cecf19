"""Each way an SMTP session can go wrong, against a real server that does it. What counts is what was certain, and what
the server holds afterwards."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from channels.protocol import Accepted, Failure, Prepared, Refused, Result, Unknown, Withdrawn
from channels.receiver import ReceiverOptions, Stage
from channels.smtp import SmtpChannel, SmtpSettings, Timeouts
from tests.servers.smtpd import Act, Smtpd
from tests.unit.channels.mail.samples import OUTGOING, mail_to

QUICK = Timeouts(connect=5, greeting=0.3, mail=0.3, rcpt=0.3, data=0.3, block=0.3, dot=0.3, quit=0.3)


@pytest.fixture
async def server() -> AsyncIterator[Smtpd]:
    async with Smtpd() as running:
        yield running


@pytest.fixture
async def channel(server: Smtpd) -> AsyncIterator[SmtpChannel]:
    made = channel_to(server)
    yield made
    await made.close()


def channel_to(server: Smtpd, **settings: object) -> SmtpChannel:
    return SmtpChannel(
        SmtpSettings(host="127.0.0.1", port=server.port, security="none", **settings)  # type: ignore[arg-type]
    )


class Markers:
    """Counts how often a marker was asked for, and answers it."""

    def __init__(self, answer: bool = True) -> None:
        self.asked = 0
        self.answer = answer

    async def __call__(self) -> bool:
        self.asked += 1
        return self.answer


def mail(address: str = "matti@customer.test") -> Prepared:
    return SmtpChannel(SmtpSettings()).prepare(mail_to(address=address))


async def handed_over(channel: SmtpChannel, prepared: Prepared | None = None) -> tuple[Result, int]:
    marker = Markers()
    result = await channel.hand_over(prepared or mail(), marker)
    return result, marker.asked


async def test_a_mail_arrives_byte_for_byte_under_the_servers_own_name(server: Smtpd, channel: SmtpChannel) -> None:
    prepared = channel.prepare(OUTGOING)
    assert await handed_over(channel, prepared) == (
        Accepted(reference="Q000001", detail="250 2.0.0 Ok: queued as Q000001"),
        1,
    )
    (received,) = server.mails
    assert received.content == prepared.payload
    assert (received.sender, received.recipients) == ("bounce+t1@kahvila.example", ("matti@customer.test",))
    assert received.parameters == (f"SIZE={len(prepared.payload)}",)


async def test_a_connection_is_kept_and_takes_one_packet_each_way_for_the_envelope(
    server: Smtpd, channel: SmtpChannel
) -> None:
    for _ in range(5):
        await handed_over(channel)
    assert (len(server.mails), server.connections) == (5, 1)


async def test_no_more_connections_than_set_are_open_at_once(server: Smtpd) -> None:
    channel = channel_to(server, connections=3)
    marker = Markers()
    await asyncio.gather(*(channel.hand_over(mail(), marker) for _ in range(20)))
    assert (len(server.mails), marker.asked) == (20, 20)
    assert server.connections <= 3
    await channel.close()
    await channel.close()


@pytest.mark.parametrize("offer", ["pipelining", "eight_bit", "smtputf8"])
async def test_a_server_that_offers_less_gets_its_mail_as_well(offer: str) -> None:
    async with Smtpd(replace(ReceiverOptions(), **{offer: False})) as server:
        channel = channel_to(server)
        for _ in range(2):
            result, _ = await handed_over(channel)
            assert isinstance(result, Accepted)
        assert len(server.mails) == 2
        await channel.close()


async def test_a_server_that_knows_only_helo_gets_its_mail() -> None:
    """F30"""
    async with Smtpd(ReceiverOptions(extended=False)) as server:
        channel = channel_to(server)
        assert isinstance((await handed_over(channel))[0], Accepted)
        assert "SIZE" not in "".join(server.commands)
        await channel.close()


async def test_a_message_that_is_taken_back_before_the_dot_never_arrives(server: Smtpd, channel: SmtpChannel) -> None:
    """F61: an opt-out that came first."""
    no = Markers(answer=False)
    assert await channel.hand_over(mail(), no) == Withdrawn()
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert (no.asked, len(server.mails)) == (1, 1)


async def test_the_body_is_there_and_the_dot_is_not_while_the_marker_is_asked_for(
    server: Smtpd, channel: SmtpChannel
) -> None:
    prepared = mail()

    async def marker() -> bool:
        (session,) = server.sessions
        while session.frames.waiting < len(prepared.payload) - 2:
            await asyncio.sleep(0.001)
        assert not server.mails
        return True

    assert isinstance(await channel.hand_over(prepared, marker), Accepted)


async def test_a_marker_that_grew_old_is_not_acted_on(server: Smtpd) -> None:
    """F05: a process that slept between marker and dot."""
    channel = channel_to(server, timeouts=replace(QUICK, marker=0.001))

    async def slow() -> bool:
        await asyncio.sleep(0.01)
        return True

    result = await channel.hand_over(mail(), slow)
    assert isinstance(result, Refused)
    assert (result.failure, result.text[:11]) == (Failure.TEMPORARY, "not offered")
    assert not server.mails
    await channel.close()


async def test_a_marker_that_fails_takes_the_message_along(server: Smtpd, channel: SmtpChannel) -> None:
    async def broken() -> bool:
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError, match="no database"):
        await channel.hand_over(mail(), broken)
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert len(server.mails) == 1


async def test_a_cancelled_hand_over_leaves_nothing_behind_on_the_connection(
    server: Smtpd, channel: SmtpChannel
) -> None:
    reached = asyncio.Event()

    async def waiting() -> bool:
        reached.set()
        await asyncio.Event().wait()
        return True

    task = asyncio.create_task(channel.hand_over(mail(), waiting))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert len(server.mails) == 1


REFUSALS = [
    (Stage.CONNECT, "421 4.3.2 Busy", Failure.BUSY, False),  # F29
    (Stage.CONNECT, "554 5.7.1 Go away", Failure.CONFIGURATION, False),
    (Stage.MAIL, "451 4.3.0 Later", Failure.TEMPORARY, False),  # F33
    (Stage.MAIL, "550 5.1.8 Bad sender", Failure.CONFIGURATION, False),
    (Stage.RCPT, "450 4.2.0 Greylisted", Failure.GREYLIST, False),  # F34
    (Stage.RCPT, "550 5.1.1 User unknown", Failure.BAD_ADDRESS, True),  # F35
    (Stage.RCPT, "452 4.2.2 Mailbox full", Failure.MAILBOX_FULL, False),  # F36
    (Stage.RCPT, "552 5.2.2 Mailbox full", Failure.MAILBOX_FULL, False),
    (Stage.RCPT, "452 4.5.3 Too many recipients", Failure.THROTTLED, False),
    (Stage.RCPT, "421 4.7.0 Too much", Failure.BUSY, False),
    (Stage.RCPT, "550 5.7.1 Blocked", Failure.POLICY, True),
    (Stage.RCPT, "554 5.7.1 <x>: Relay access denied", Failure.CONFIGURATION, False),
    (Stage.DATA, "451 4.3.0 Later", Failure.TEMPORARY, False),  # F37
    (Stage.DATA, "554 5.6.0 No", Failure.REJECTED, True),
    (Stage.DOT, "451 4.3.0 Later", Failure.TEMPORARY, False),  # F42
    (Stage.DOT, "421 4.3.2 Shutting down", Failure.BUSY, False),
    (Stage.DOT, "550 5.7.26 DMARC", Failure.POLICY, True),
    (Stage.DOT, "554 5.6.0 No", Failure.REJECTED, True),
]


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(("stage", "text", "failure", "permanent"), REFUSALS)
async def test_a_refusal_is_certain_and_the_next_mail_goes(
    *, stage: Stage, text: str, failure: Failure, permanent: bool, pipelining: bool
) -> None:
    async with Smtpd(ReceiverOptions(pipelining=pipelining)) as server:
        channel = channel_to(server)
        server.fail(stage, Act.REPLY, text)
        result, asked = await handed_over(channel)
        assert isinstance(result, Refused)
        assert (result.failure, result.permanent) == (failure, permanent)
        assert result.code in text
        assert asked == (1 if stage is Stage.DOT else 0)
        assert not server.mails
        assert isinstance((await handed_over(channel))[0], Accepted)
        assert len(server.mails) == 1
        await channel.close()


async def test_many_bad_addresses_do_not_cost_a_connection_each(server: Smtpd, channel: SmtpChannel) -> None:
    server.fail(Stage.RCPT, Act.REPLY, "550 5.1.1 User unknown", times=-1, about="nobody@")
    for _ in range(5):
        assert isinstance((await handed_over(channel, mail("nobody@customer.test")))[0], Refused)
        assert isinstance((await handed_over(channel))[0], Accepted)
    assert (server.connections, len(server.mails)) == (1, 5)


async def test_a_greylisting_server_gets_the_same_mail_once() -> None:
    """F34"""
    async with Smtpd(greylist=True) as server:
        channel, prepared = channel_to(server), mail()
        first, _ = await handed_over(channel, prepared)
        assert isinstance(first, Refused)
        assert first.failure is Failure.GREYLIST
        assert isinstance((await handed_over(channel, prepared))[0], Accepted)
        assert [received.content for received in server.mails] == [prepared.payload]
        await channel.close()


@pytest.mark.parametrize("act", [Act.CLOSE, Act.RESET])
@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA])
async def test_an_end_before_the_dot_is_certain(server: Smtpd, channel: SmtpChannel, stage: Stage, act: Act) -> None:
    """F28, F38"""
    server.fail(stage, act)
    result, asked = await handed_over(channel)
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent, asked) == (Failure.CONNECT, False, 0)
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert len(server.mails) == 1


@pytest.mark.parametrize("after", [0, 1, 100, 4096])
async def test_a_cut_inside_the_body_is_certain(server: Smtpd, channel: SmtpChannel, after: int) -> None:
    """F38: the marker waits until the server has left, as a slow store would."""
    server.cut_body(after=after)
    prepared = replace(mail(), payload=b"x" * 70 + b"\r\n" + mail().payload * 2, transparent=False)

    async def marker() -> bool:
        while server.sessions:
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
        return True

    result = await channel.hand_over(prepared, marker)
    assert isinstance(result, Refused)
    assert not result.permanent
    assert not server.mails
    assert isinstance((await handed_over(channel))[0], Accepted)


@pytest.mark.parametrize("act", [Act.CLOSE, Act.RESET])
async def test_a_lost_answer_to_the_dot_is_doubt_and_nothing_else(
    server: Smtpd, channel: SmtpChannel, act: Act
) -> None:
    """F40"""
    server.fail(Stage.DOT, act)
    result, asked = await handed_over(channel)
    assert isinstance(result, Unknown)
    assert (result.phase, asked, len(server.mails)) == ("dot", 1, 1)
    assert isinstance((await handed_over(channel))[0], Accepted)


async def test_a_late_answer_to_the_dot_is_waited_for(server: Smtpd, channel: SmtpChannel) -> None:
    """F41"""
    server.fail(Stage.DOT, Act.LATE)
    task = asyncio.create_task(handed_over(channel))
    await server.misbehaved.wait()
    assert not task.done()
    server.release.set()
    assert isinstance((await task)[0], Accepted)


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.CONNECT, Refused),
        (Stage.EHLO, Refused),
        (Stage.MAIL, Refused),
        (Stage.RCPT, Refused),
        (Stage.DATA, Refused),
        (Stage.DOT, Unknown),
    ],
)
@pytest.mark.parametrize("act", [Act.SILENT, Act.DRIP])
async def test_a_silent_server_costs_the_limit_of_its_phase(server: Smtpd, stage: Stage, kind: type, act: Act) -> None:
    """F29, F41: also one that sends a byte now and then."""
    channel = channel_to(server, timeouts=QUICK)
    server.fail(stage, act)
    async with asyncio.timeout(4):
        result, _ = await handed_over(channel)
    assert isinstance(result, kind)
    server.behave()
    assert isinstance((await handed_over(channel))[0], Accepted)
    await channel.close()


@pytest.mark.parametrize("act", [Act.ENDLESS, Act.LONG_LINE])
@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT])
async def test_an_endless_reply_ends_the_session_early(
    server: Smtpd, channel: SmtpChannel, stage: Stage, act: Act
) -> None:
    """F45: bounded memory, no waiting."""
    server.fail(stage, act)
    async with asyncio.timeout(20):
        result, _ = await handed_over(channel)
    assert isinstance(result, Unknown if stage is Stage.DOT else Refused)
    assert isinstance((await handed_over(channel))[0], Accepted)


@pytest.mark.parametrize(
    "text",
    ["\r\n", "what?\r\n", "\xff\xfe\x00\x01\r\n", "25\r\n", "999 x\r\n", "250-a\r\n251 b\r\n", "HTTP/1.1 200 OK\r\n"],
)
@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT])
async def test_garbage_is_no_answer(server: Smtpd, channel: SmtpChannel, stage: Stage, text: str) -> None:
    """F45"""
    server.fail(stage, Act.GARBAGE, text)
    result, _ = await handed_over(channel)
    if stage is Stage.DOT:
        assert isinstance(result, Unknown)
    else:
        assert isinstance(result, Refused)
        assert not result.permanent
        assert not server.mails
    assert isinstance((await handed_over(channel))[0], Accepted)


@pytest.mark.parametrize("text", ["250 2.0.0 Ok", "451 4.3.0 Later", "354 Go on"])
@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT])
async def test_a_reply_too_many_before_the_dot_drops_the_session(
    server: Smtpd, channel: SmtpChannel, stage: Stage, text: str
) -> None:
    """F44: nothing may be sent on a connection whose answers belong to something else."""
    server.fail(stage, Act.TWICE, text)
    result, _ = await handed_over(channel)
    assert isinstance(result, Refused)
    assert not server.mails
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert (len(server.mails), server.connections) == (1, 2)


async def test_a_stray_line_behind_the_go_ahead_drops_the_session(server: Smtpd, channel: SmtpChannel) -> None:
    """F44"""
    server.fail(Stage.DATA, Act.TWICE, "250 2.0.0 Ok: queued as FALSE")
    result, asked = await handed_over(channel)
    assert isinstance(result, Refused)
    assert (asked, server.mails) == (0, [])


async def test_two_answers_that_contradict_each_other_are_doubt(server: Smtpd, channel: SmtpChannel) -> None:
    """F44: one of them answers the dot, and nobody knows which."""
    server.fail(Stage.DOT, Act.TWICE, "554 5.6.0 No")
    assert isinstance((await handed_over(channel))[0], Unknown)
    server.fail(Stage.DOT, Act.TWICE)
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert server.connections == 3


async def test_an_early_refusal_inside_the_body_is_certain(server: Smtpd, channel: SmtpChannel) -> None:
    prepared = mail()

    async def marker() -> bool:
        (session,) = server.sessions
        session.hang_up(Stage.OTHER, "421 4.3.2 Going down")
        await asyncio.sleep(0.02)
        return True

    result = await channel.hand_over(prepared, marker)
    assert isinstance(result, Refused)
    assert (result.failure, result.code) == (Failure.BUSY, "421 4.3.2")
    assert not server.mails


async def test_an_accepted_mail_stays_accepted_when_the_farewell_fails(server: Smtpd, channel: SmtpChannel) -> None:
    """F43"""
    server.fail(Stage.QUIT, Act.RESET)
    assert isinstance((await handed_over(channel))[0], Accepted)
    await channel.close()
    channel = channel_to(server, timeouts=QUICK)
    server.fail(Stage.QUIT, Act.SILENT)
    assert isinstance((await handed_over(channel))[0], Accepted)
    await channel.close()


async def test_connections_closed_while_they_rested_are_no_failure(server: Smtpd, channel: SmtpChannel) -> None:
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert server.drop_idle() == 1
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert (len(server.mails), server.connections) == (2, 2)


@pytest.mark.parametrize("act", [Act.CLOSE, Act.RESET])
async def test_a_kept_connection_that_ends_at_mail_is_replaced(server: Smtpd, channel: SmtpChannel, act: Act) -> None:
    await handed_over(channel)
    server.fail(Stage.MAIL, act)
    assert isinstance((await handed_over(channel))[0], Accepted)
    assert (len(server.mails), server.connections) == (2, 2)


async def test_a_kept_connection_that_says_goodbye_at_mail_is_replaced(server: Smtpd, channel: SmtpChannel) -> None:
    """Servers limit the messages of a connection, and how long it may rest."""
    await handed_over(channel)
    server.fail(Stage.MAIL, Act.REPLY_AND_CLOSE, "421 4.4.2 Timeout exceeded")
    result, asked = await handed_over(channel)
    assert isinstance(result, Accepted)
    assert (asked, len(server.mails)) == (1, 2)


async def test_a_kept_connection_that_ends_later_is_an_honest_failure(server: Smtpd, channel: SmtpChannel) -> None:
    await handed_over(channel)
    server.fail(Stage.RCPT, Act.CLOSE)
    assert isinstance((await handed_over(channel))[0], Refused)


async def test_a_connection_that_rested_too_long_is_replaced_unasked(server: Smtpd) -> None:
    channel = channel_to(server, idle=0.0)
    await handed_over(channel)
    await asyncio.sleep(0.01)
    await handed_over(channel)
    assert (len(server.mails), server.connections) == (2, 2)
    await channel.close()


async def test_nobody_listening_is_a_failure_of_the_way() -> None:
    """F28"""
    async with Smtpd() as server:
        port = server.port
    channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=port, security="none"))
    result, asked = await handed_over(channel)
    assert isinstance(result, Refused)
    assert (result.failure, asked) == (Failure.CONNECT, 0)


@pytest.mark.parametrize(
    ("options", "change"),
    [
        (ReceiverOptions(size_limit=1000), {}),
        (ReceiverOptions(smtputf8=False), {"smtputf8": True}),
        (ReceiverOptions(smtputf8=False), {"address": "käyrä@customer.test"}),
        (ReceiverOptions(eight_bit=False), {"payload": "Subject: ä\r\n\r\n".encode()}),
        (ReceiverOptions(), {"address": "a@x.test>\r\nDATA"}),
        (ReceiverOptions(), {"return_path": "a@x.test SIZE=1"}),
        (ReceiverOptions(), {"return_path": "a@x.test> RET=FULL"}),
        (ReceiverOptions(), {"address": ""}),
    ],
)
async def test_what_a_server_cannot_take_is_not_offered(
    options: ReceiverOptions, change: dict[str, Callable[[], Awaitable[bool]]]
) -> None:
    async with Smtpd(options) as server:
        channel = channel_to(server)
        result, asked = await handed_over(channel, replace(mail(), **change))  # type: ignore[arg-type]
        assert isinstance(result, Refused)
        assert (result.failure, result.permanent, asked) == (Failure.REJECTED, True, 0)
        assert not any(command.startswith("MAIL") for command in server.commands)
        await channel.close()


async def test_an_address_beyond_ascii_travels_where_it_is_offered(server: Smtpd, channel: SmtpChannel) -> None:
    prepared = channel.prepare(mail_to(address="käyrä@customer.test"))
    assert isinstance((await handed_over(channel, prepared))[0], Accepted)
    (received,) = server.mails
    assert received.recipients == ("käyrä@customer.test",)
    assert set(received.parameters) >= {"SMTPUTF8", "BODY=8BITMIME"}
    assert received.content == prepared.payload


async def in_a_row(channel: SmtpChannel, mails: list[Prepared], markers: Markers | None = None) -> list[Result]:
    """One after the other as a drain does it: each begun with the end of the one before."""
    every = [*mails, None]
    pairs = zip(mails, every[1:], strict=True)
    return [await channel.hand_over_and_begin(one, markers or Markers(), following) for one, following in pairs]


def three() -> list[Prepared]:
    return [replace(mail(f"{name}@customer.test"), key=name) for name in ("one", "two", "three")]


async def test_a_mail_that_is_begun_with_the_end_of_another_arrives_as_itself(
    server: Smtpd, channel: SmtpChannel
) -> None:
    mails = three()
    results = await in_a_row(channel, mails)
    assert [isinstance(result, Accepted) for result in results] == [True, True, True]
    assert [received.recipients for received in server.mails] == [(each.address,) for each in mails]
    assert [received.content for received in server.mails] == [each.payload for each in mails]
    assert server.connections == 1


async def test_what_was_begun_and_forgotten_never_arrives(server: Smtpd, channel: SmtpChannel) -> None:
    first, second, third = three()
    assert isinstance(await channel.hand_over_and_begin(first, Markers(), second), Accepted)
    channel.forget(second)
    assert isinstance(await channel.hand_over(third, Markers()), Accepted)
    assert [received.recipients for received in server.mails] == [("one@customer.test",), ("three@customer.test",)]


async def test_what_was_begun_when_the_channel_closes_never_arrives(server: Smtpd, channel: SmtpChannel) -> None:
    first, second, _ = three()
    await channel.hand_over_and_begin(first, Markers(), second)
    await channel.close()
    assert [received.recipients for received in server.mails] == [("one@customer.test",)]


async def test_a_refusal_of_the_next_is_not_blamed_on_the_one_before(server: Smtpd, channel: SmtpChannel) -> None:
    server.fail(Stage.RCPT, Act.REPLY, "550 5.1.1 no such user", about="two@")
    results = await in_a_row(channel, three())
    assert isinstance(results[0], Accepted)
    assert isinstance(results[1], Refused)
    assert results[1].failure is Failure.BAD_ADDRESS
    assert isinstance(results[2], Accepted)
    assert [received.recipients for received in server.mails] == [("one@customer.test",), ("three@customer.test",)]


async def test_a_mail_begun_on_a_connection_that_ends_goes_by_another(server: Smtpd, channel: SmtpChannel) -> None:
    server.fail(Stage.DOT, Act.REPLY_AND_CLOSE, "250 2.0.0 Ok: queued as Q1")
    results = await in_a_row(channel, three())
    assert [isinstance(result, Accepted) for result in results] == [True, True, True]
    assert [received.recipients[0][:3] for received in server.mails[-2:]] == ["two", "thr"]
    assert server.connections == 2


async def test_an_answer_too_many_is_not_taken_for_one_about_the_next(server: Smtpd, channel: SmtpChannel) -> None:
    """Nobody knows any more which answer is about what: the session goes, and the next is tried again later."""
    server.fail(Stage.DOT, Act.TWICE, "550 5.7.1 no")
    _, second, third = await in_a_row(channel, three())
    assert isinstance(second, Refused)
    assert (second.failure, second.permanent) == (Failure.CONNECT, False)
    assert isinstance(third, Accepted)
    assert [received.recipients[0][:3] for received in server.mails] == ["one", "thr"]


async def test_a_marker_that_says_no_to_what_was_begun_keeps_it_back(server: Smtpd, channel: SmtpChannel) -> None:
    first, second, _ = three()
    assert isinstance(await channel.hand_over_and_begin(first, Markers(), second), Accepted)
    assert await channel.hand_over(second, Markers(answer=False)) == Withdrawn()
    assert [received.recipients for received in server.mails] == [("one@customer.test",)]
