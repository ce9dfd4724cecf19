"""The channel that sends nothing."""

import json
from pathlib import Path

from channels.protocol import Accepted, Failure, Refused, Unknown, Withdrawn
from channels.recording import RecordingChannel
from channels.tasks import CallChannel
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import outgoing


async def test_it_keeps_what_it_was_given() -> None:
    channel = RecordingChannel("email")
    prepared = channel.prepare(outgoing("email"))
    assert isinstance(await channel.hand_over(prepared, CountingMarker()), Accepted)
    assert channel.taken == [prepared]
    assert json.loads(prepared.payload)["subject"] == "Support until 22:00"


async def test_it_answers_what_it_was_told_then_accepts() -> None:
    told = [
        Refused(failure=Failure.CONNECT, permanent=False),
        Refused(failure=Failure.GREYLIST, permanent=False),
        Unknown(phase="dot"),
        Withdrawn(),
    ]
    channel = RecordingChannel(results=told)
    prepared = channel.prepare(outgoing())
    marker = CountingMarker()
    assert [await channel.hand_over(prepared, marker) for _ in range(4)] == told
    assert marker.times == 3
    assert channel.taken == []
    assert isinstance(await channel.hand_over(prepared, marker), Accepted)
    assert len(channel.offered) == 5


async def test_a_no_of_the_marker_keeps_nothing(tmp_path: Path) -> None:
    channel = RecordingChannel(folder=tmp_path)
    assert await channel.hand_over(channel.prepare(outgoing()), CountingMarker(answer=False)) == Withdrawn()
    assert channel.taken == []
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_gets_a_file_with_a_name_of_ours(tmp_path: Path) -> None:
    channel = RecordingChannel(folder=tmp_path / "out")
    await channel.hand_over(channel.prepare(outgoing("email", key="../../x")), CountingMarker())
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "email-.._.._x.json"


async def test_in_the_place_of_another_channel_it_keeps_that_ones_bytes() -> None:
    channel = RecordingChannel("call", composer=CallChannel())
    assert channel.prepare(outgoing("call")) == CallChannel().prepare(outgoing("call"))
    await channel.close()
