"""Dot-stuffing and line ends: what a strict receiver cuts out again is what was put in, and always one message."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from channels.receiver.framing import Frames
from channels.smtp.transaction import DOT, body_on_the_wire

PAYLOADS = st.lists(
    st.sampled_from(
        [b"\r\n", b"\n", b"\r", b".", b"..", b"x", b"\x00", b"\xff", b" ", b"MAIL FROM:<a@b>", b"\r\n.\r\n"]
    ),
    max_size=20,
).map(b"".join)


@given(PAYLOADS | st.binary(max_size=200), st.integers(1, 50))
@settings(deadline=None)
def test_exactly_one_message_comes_out_whatever_goes_in(payload: bytes, packet: int) -> None:
    wire = body_on_the_wire(payload) + DOT + b"QUIT\r\n"
    frames = Frames(1_000_000)
    contents: list[bytes] = []
    for start in range(0, len(wire), packet):
        frames.feed(wire[start : start + packet])
        if not contents and (content := frames.content()) is not None:
            contents.append(content)
    expected = re.sub(rb"\r\n|\r|\n", b"\r\n", payload)
    assert contents == [expected if expected.endswith(b"\r\n") else expected + b"\r\n"]
    assert frames.line() == "QUIT"


@given(PAYLOADS)
@settings(deadline=None)
def test_no_bare_line_end_is_left_for_a_careless_server(payload: bytes) -> None:
    wire = body_on_the_wire(payload) + DOT
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", wire) is None
    assert wire.count(b"\r\n.\r\n") == 1
