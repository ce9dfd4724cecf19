"""Replies are read whole, in any packets, and never without a limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.smtp.replies import LINE_LIMIT, LINES_LIMIT, MalformedReplyError, Reply, ReplyReader, reference_in


def read(data: bytes) -> list[Reply]:
    reader = ReplyReader()
    reader.feed(data)
    return taken(reader)


def taken(reader: ReplyReader) -> list[Reply]:
    found = []
    while (reply := reader.take()) is not None:
        found.append(reply)
    return found


def test_a_reply_has_code_enhanced_code_and_words() -> None:
    (reply,) = read(b"250-2.1.0 Sender\r\n250 2.1.0 ok\r\n")
    assert (reply.code, reply.enhanced, reply.text) == (250, "2.1.0", "Sender ok")
    assert reply.accepted
    assert not reply.refused


@pytest.mark.parametrize("line", [b"250\r\n", b"250 \r\n", b"250 ok\n"])
def test_short_and_plain_forms_are_understood(line: bytes) -> None:
    assert [reply.code for reply in read(line)] == [250]


def test_control_characters_of_a_server_do_not_reach_a_log() -> None:
    (reply,) = read(b"550 5.1.1 a\x1b[31mb\xff\x00\r\n")
    assert reply.text.isprintable()


@given(st.lists(st.integers(1, 40), max_size=30))
@settings(deadline=None)
def test_packets_do_not_matter(cuts: list[int]) -> None:
    data = b"250-a\r\n250-b\r\n250 c\r\n354 go\r\n550 5.1.1 no\r\n"
    reader, found, rest = ReplyReader(), [], data
    for cut in [*cuts, len(data)]:
        reader.feed(rest[:cut])
        rest = rest[cut:]
        found += taken(reader)
    assert found == read(data)
    assert [reply.code for reply in found] == [250, 354, 550]
    assert reader.empty


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    try:
        for reply in read(data):
            assert 200 <= reply.code < 600
    except MalformedReplyError:
        pass


@pytest.mark.parametrize(
    "data",
    [
        b"x\r\n",
        b"\r\n",
        b"25 ok\r\n",
        b"2500 ok\r\n",
        b"150 ok\r\n",
        b"650 ok\r\n",
        b"250-a\r\n251 b\r\n",
        b"250_a\r\n",
        b"250 " + b"x" * LINE_LIMIT + b"\r\n",
        b"2" * (LINE_LIMIT + 1),
        b"250-x\r\n" * (LINES_LIMIT + 1),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_reply_or_too_long_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedReplyError):
        read(data)


def test_what_piles_up_is_refused_before_it_is_read() -> None:
    reader = ReplyReader()
    many = b"250 ok\r\n" * (LINE_LIMIT * LINES_LIMIT // 10)
    reader.feed(many)
    with pytest.raises(MalformedReplyError):
        reader.feed(many)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("250 2.0.0 Ok: queued as 4XyZ7k3Rz1zQ", "4XyZ7k3Rz1zQ"),
        ("250 OK id=1rABcd-0003xy-Qz", "1rABcd-0003xy-Qz"),
        ("250 2.0.0 x3F0abc012345 Message accepted for delivery", "x3F0abc012345"),
        ("250 ok 1700000000 qp 12345", "12345"),
        ("250 2.6.0 <a@b.test> [InternalId=123456789, Hostname=x] Queued mail for delivery", "123456789"),
        ("250 Ok 0100018bcf2d3c4e-aa11-000000", "0100018bcf2d3c4e-aa11-000000"),
        ("250 Ok", ""),
        ("250 2.0.0 Ok", ""),
    ],
)
def test_the_servers_own_name_for_a_message_is_found(text: str, reference: str) -> None:
    (reply,) = read(text.encode() + b"\r\n")
    assert reference_in(reply) == reference
