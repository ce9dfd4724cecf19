"""Calls and meetings: what the seller reads."""

from dataclasses import replace

import pytest

from channels.errors import UnsendableError
from channels.protocol import Accepted, Withdrawn
from channels.tasks import CallChannel, MeetingChannel, read_script
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import RECIPIENT, outgoing


def test_the_script_says_whom_what_is_new_and_what_to_agree_on() -> None:
    script = read_script(CallChannel().prepare(outgoing("call")).payload)
    assert script.name == "Ville Mäkinen"
    assert script.news == "From Monday our support answers until 22:00, Ville."
    assert script.ask == "Reply with a time for a call."


@pytest.mark.parametrize(
    "payload", [b"Say hello.", b"[1, 2]", b'"Say"', b'{"text": "other keys"}', b"\xff\xfe", b"null"]
)
def test_a_script_that_something_else_wrote_is_shown_as_it_stands(payload: bytes) -> None:
    assert read_script(payload).news == payload.decode("utf-8", "replace")


async def test_handing_over_is_the_marker_and_nothing_else() -> None:
    call = CallChannel()
    prepared = call.prepare(outgoing("call"))
    assert await call.hand_over(prepared, CountingMarker()) == Accepted(reference="touch-000042")
    assert await call.hand_over(prepared, CountingMarker(answer=False)) == Withdrawn()


def test_a_call_without_a_number_is_refused() -> None:
    with pytest.raises(UnsendableError, match="no address"):
        CallChannel().prepare(outgoing("call", recipient=replace(RECIPIENT, address=" ")))


def test_a_meeting_with_nothing_to_tell_is_refused() -> None:
    with pytest.raises(UnsendableError, match="empty text"):
        MeetingChannel().prepare(outgoing("meeting", piece={"body": "", "ask": ""}))
